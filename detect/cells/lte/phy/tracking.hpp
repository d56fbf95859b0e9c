// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/subframe.hpp"

#include <optional>

namespace gacsong::detect::lte {

/// What the reference signals of the 6 innermost resource blocks say of a cell, over all of a stretch.
struct Measured {
    Place place;
    std::optional<double> pace;   ///< seen duration of a second, from the timing alone where it is clear
    double reference_power = 0.0; ///< of a reference signal of the strongest of ports 0 and 1
    double noise = 0.0;           ///< of a resource element, other cells in it
    double total = 0.0;           ///< of a resource element of the symbols with reference signals
    double evidence = 0.0;        ///< −ln of the chance that noise adds up so well over port 0's reference signals
};

/// Sharpens frequency, timing and pace of a cell with reference signals of subframes 0 and 5, which every cell sends.
/// Where they are clear enough, each half frame's own timing is followed, so that samples that were lost do no harm.
/// `reader` reads 6 resource blocks. Where they are weak, the `others` are tried as well: over a short stretch the
/// primary signal does not tell carriers of the raster apart that lie 100 kHz from each other.
[[nodiscard]] Measured track(SubframeReader& reader, ChannelEstimator& estimator, Identity identity, Place place,
                             double seconds, const OtherPaces& others = {});

} // namespace gacsong::detect::lte
