// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/frames.hpp"
#include "detect/spectral/tracker.hpp"

#include <optional>

namespace gacsong::detect {

/// Tells by their samples whether two emissions are the sidebands of a carrier between them. What modulates an
/// amplitude is real, so the upper sideband is the mirror image of the lower one, turned by twice the phase of the
/// carrier; so is, but for its sign, what modulates a phase a little. Stations of a raster are at equal distances
/// without that.
class MirrorTest {
public:
    explicit MirrorTest(const FrameReader& frames) : frames_(frames) {}

    /// True where the products of both sides' bins and the conjugate square of the carrier add up to 0.3 of what they
    /// would in step; chance does that less than once in 10^7 tests. Nothing where there are fewer than 200 products.
    [[nodiscard]] std::optional<bool> mirrored(const Track& carrier, const Track& a, const Track& b) const;

private:
    FrameReader frames_;
};

} // namespace gacsong::detect
