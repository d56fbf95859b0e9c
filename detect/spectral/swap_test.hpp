// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/tracker.hpp"
#include "dsp/sample_source.hpp"

#include <cstdint>

namespace gacsong::detect {

/// Tells by their samples whether two emissions that are on together are one: the power of a transmitter that is keyed
/// or swung in frequency moves from one part of its spectrum to another, so that one part falls when the other rises.
/// Powers of different transmitters do not know of each other.
class SwapTest {
public:
    /// As Detector.
    SwapTest(double sample_rate_hz, const History& history, std::uint64_t base_sample, double base_s)
        : rate_(sample_rate_hz), history_(history), base_sample_(base_sample), base_s_(base_s)
    {
    }

    /// True where, in three quarters of eight stretches, the changes of both powers from moment to moment are opposed
    /// (correlation below −0.3 over at least 64 moments; chance gives that less than once in 10^10 tests) and of one
    /// size within a factor of 2, and both powers vary by 20 % and more. Reads 2^21 samples at most; false where too
    /// few are at hand.
    [[nodiscard]] bool opposed(const Track& a, const Track& b) const;

private:
    double rate_;
    const History& history_;
    std::uint64_t base_sample_;
    double base_s_;
};

} // namespace gacsong::detect
