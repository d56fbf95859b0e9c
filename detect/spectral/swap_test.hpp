// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/frames.hpp"
#include "detect/spectral/tracker.hpp"

namespace gacsong::detect {

/// Tells by their samples whether two emissions that are on together are one: the power of a transmitter that is keyed
/// or swung in frequency moves from one part of its spectrum to another, so that one part falls when the other rises.
/// Powers of different transmitters do not know of each other.
class SwapTest {
public:
    explicit SwapTest(const FrameReader& frames) : frames_(frames) {}

    /// True where, in three quarters of eight stretches, the changes of both powers from moment to moment are opposed
    /// (correlation below −0.3 over at least 64 moments; chance gives that less than once in 10^10 tests) and of one
    /// size within a factor of 2, and both powers vary by 20 % and more. Reads 2^21 samples at most; false where too
    /// few are at hand.
    [[nodiscard]] bool opposed(const Track& a, const Track& b) const;

private:
    FrameReader frames_;
};

} // namespace gacsong::detect
