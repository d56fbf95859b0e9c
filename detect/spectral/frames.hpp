// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace gacsong::detect {

/// Reads back what lies between two times and transforms it frame by frame: for tests of tracks by their samples.
class FrameReader {
public:
    /// As Detector.
    FrameReader(double sample_rate_hz, const History& history, std::uint64_t base_sample, double base_s)
        : rate_(sample_rate_hz), history_(history), base_sample_(base_sample), base_s_(base_s)
    {
    }

    /// Frames of n samples side by side.
    struct Range {
        std::uint64_t first = 0; ///< sample
        std::size_t frames = 0;
        std::size_t n = 0;
    };

    /// What is at hand of start_s … end_s, from the recording's start: 2048 frames and 2^21 samples at most.
    [[nodiscard]] Range between(double start_s, double end_s, std::size_t n) const;

    /// Gives the spectrum of each frame under a Hann window to `take`; bin 0 is 0 Hz. False where samples are gone.
    [[nodiscard]] bool each(const Range& range,
                            const std::function<void(std::size_t, std::span<const std::complex<float>>)>& take) const;

    [[nodiscard]] double rate() const { return rate_; }

private:
    double rate_;
    const History& history_;
    std::uint64_t base_sample_;
    double base_s_;
};

} // namespace gacsong::detect
