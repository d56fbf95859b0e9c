// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/broadcast_channel.hpp"
#include "detect/cells/lte/phy/tracking.hpp"

#include <optional>

namespace gacsong::detect::lte {

/// What the reference signals of a stretch show of the transmitter. Nothing of what could not be told from noise.
struct ReferenceQuality {
    /// Error vector of a reference signal, root mean square, against its twin of the other slot, so that neither the
    /// channel nor the carrier's offset counts. Only where what is received beside the channel is so weak that noise
    /// explains at most 5.6 % (25 dB).
    std::optional<double> evm_percent;
    std::optional<unsigned> ports;  ///< 1, 2 or 4 that send reference signals
    std::optional<unsigned> blocks; ///< whose reference signals are there: what the broadcast channel says, or another
};

/// `place` and `measured` are what track() found, `master` what the broadcast channel says.
[[nodiscard]] ReferenceQuality measure_references(const Stretch& stretch, const Measured& measured, Identity identity,
                                                  const MasterInformation& master);

/// Whether a cell's reference signals are there from the begin of the stretch to its end: down to 9 dB below everything
/// else on the carrier.
[[nodiscard]] bool is_steady(const Stretch& stretch, const Place& place, Identity identity);

/// Power of the noise in a resource element, in the units of a reader of 6 resource blocks, from what is received
/// beside a channel of `blocks` resource blocks at `shift_hz`; nothing where the stretch holds too little beside it.
[[nodiscard]] std::optional<double> noise_beside(const Stretch& stretch, double shift_hz, unsigned blocks);

} // namespace gacsong::detect::lte
