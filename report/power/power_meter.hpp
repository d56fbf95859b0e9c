// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "dsp/spectrum_pass.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace gacsong {

/// Mean power of one tuning by frequency.
class PowerMeter {
public:
    /// Bins of half a step or less. `step_hz` ≤ rate_hz / 8.
    PowerMeter(SampleFormat format, double rate_hz, double step_hz);

    /// Takes whole raw samples, in order; forgets what came before where the stream breaks.
    void add(std::span<const std::byte> bytes);
    void restart() { pending_.clear(); }
    /// Forgets all.
    void clear();

    /// Transforms that were added up.
    [[nodiscard]] std::uint64_t frames() const { return frames_; }
    [[nodiscard]] std::size_t bins() const { return shape_.bins; }

    /// Power in low_hz ≤ f < high_hz, offsets from the tuned centre inside ±rate/2, relative to full scale. 0 where
    /// nothing was added.
    [[nodiscard]] double power(double low_hz, double high_hz) const;

private:
    void take(std::span<const std::byte> bytes, std::size_t frames);

    SampleFormat format_;
    double rate_hz_;
    dsp::SpectrumShape shape_;
    dsp::SpectrumPass pass_;
    std::vector<std::byte> pending_;
    std::vector<float> row_;
    std::vector<double> sum_;
    std::uint64_t frames_ = 0;
};

} // namespace gacsong
