// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/spectrum_pass.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace gacsong::detect {

/// The two resolutions that run over the same samples, and how rows are cut into pieces of work.
struct Resolutions {
    dsp::SpectrumShape narrow;    ///< for channels: Blackman–Harris, half overlap, 16 frames a row
    dsp::SpectrumShape brief;     ///< for bursts: Hann, half overlap, 4 frames a row, a step of 0.5 ms or less
    std::size_t slab_rows = 1;    ///< narrow rows in one slab, the unit that a thread works on
    std::size_t window_slabs = 1; ///< slabs over which the noise floor is learnt
    double sample_rate_hz = 0.0;

    [[nodiscard]] std::size_t slab_step() const { return slab_rows * narrow.row_step(); }
    [[nodiscard]] std::size_t window_rows() const { return slab_rows * window_slabs; }
    [[nodiscard]] double narrow_bin_hz() const { return sample_rate_hz / static_cast<double>(narrow.bins); }
    [[nodiscard]] double brief_bin_hz() const { return sample_rate_hz / static_cast<double>(brief.bins); }
};

/// Resolutions for a sample rate (design.md §4). `length` is the number of samples where the whole input is shorter
/// than a window, so that even a capture of a few milliseconds gives rows enough to learn the floor from.
[[nodiscard]] Resolutions choose_resolutions(double sample_rate_hz, std::optional<std::uint64_t> length);

/// Samples after which the length of the input no longer decides the resolution.
[[nodiscard]] std::uint64_t short_input_limit(double sample_rate_hz);

} // namespace gacsong::detect
