// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace gacsong::dsp {

enum class WindowKind { rectangular, hann, blackman_harris };

/// Periodic window of n samples (n ≥ 1): Hann, or the four-term Blackman–Harris (0.35875, 0.48829, 0.14128, 0.01168).
[[nodiscard]] std::vector<float> make_window(WindowKind kind, std::size_t n);

/// Sum of w and of w².
struct WindowSums {
    double u1 = 0.0;
    double u2 = 0.0;
};
[[nodiscard]] WindowSums window_sums(const std::vector<float>& window);

/// What a window does to averaged spectra (monitoring.md §2.2; valid for n ≥ 64).
struct WindowFacts {
    double enbw_bins = 1.0;         ///< equivalent noise bandwidth, N·U2/U1²
    double half_overlap_gain = 1.0; ///< independent averages per FFT at half overlap
    double cells_per_bin = 1.0;     ///< independent cells per bin when neighbouring bins are added up
    double skirt_bins = 0.5;        ///< beyond this offset a carrier leaks less than −90 dB (Hann: −48 dB)
};
[[nodiscard]] WindowFacts window_facts(WindowKind kind);

} // namespace gacsong::dsp
