// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::test {

/// Frequencies that enclose a share of a signal's power.
struct Occupied {
    double low_hz = 0.0;
    double high_hz = 0.0;
    [[nodiscard]] double bandwidth_hz() const { return high_hz - low_hz; }
    [[nodiscard]] double center_hz() const { return 0.5 * (low_hz + high_hz); }
};

/// Mean power spectrum: 4-term Blackman–Harris window, half overlap, frames of `size` (a power of two). Bin k stands
/// for (k − size/2)·rate/size; the bins add up to the mean power. Fewer samples than one frame are padded with zeros
/// and not windowed: then it is the energy spectrum of a burst, and the bins add up to its energy / size.
[[nodiscard]] std::vector<double> welch(std::span<const std::complex<double>> samples, std::size_t size);
[[nodiscard]] std::vector<double> welch(std::span<const std::complex<float>> samples, std::size_t size);

/// Edges that leave (1 − share)/2 of the power outside on each side (RR No. 1.153, ITU-R SM.328), interpolated
/// within a bin. `spectrum` as from welch, without noise.
[[nodiscard]] Occupied occupied(std::span<const double> spectrum, double rate_hz, double share = 0.99);

/// Power of a welch spectrum between two frequencies, whole bins whose middle lies within.
[[nodiscard]] double band_power(std::span<const double> spectrum, double rate_hz, double low_hz, double high_hz);

} // namespace gacsong::test
