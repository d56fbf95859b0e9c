// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Power spectrum of a stretch of samples, cell k at k·step_hz, negative frequencies in the upper half; the sum over a
/// line's cells is its power times its length squared over `norm`.
struct LineSpectrum {
    std::vector<float> power;
    double step_hz = 0.0;

    [[nodiscard]] bool empty() const { return power.empty(); }
    /// Cell of a frequency of either sign.
    [[nodiscard]] std::size_t cell(double hz) const;
    [[nodiscard]] double frequency(std::size_t k) const;
};

/// Adds up the spectra of stretches that do not continue each other: Hann window over each, zeros up to the next power
/// of two above the longest, which is cut at 2^18. Amplitudes are those of a sum weighted to 1.
class LineSpectra {
public:
    /// `longest`: of the stretches that will come; 1 … 2^18.
    LineSpectra(double rate_hz, std::size_t longest);

    void add(std::span<const std::complex<float>> x);
    void add(std::span<const float> x);

    /// The sum so far.
    [[nodiscard]] const LineSpectrum& sum() const { return sum_; }

private:
    std::size_t size_;
    LineSpectrum sum_;
};

/// A peak of a LineSpectrum.
struct SpectralLine {
    double frequency_hz = 0.0; ///< refined by a parabola through the logarithms
    double power = 0.0;        ///< of its highest cell
    double ratio = 0.0;        ///< of that to the median of the cells looked at
};

/// The highest cell between low_hz and high_hz (of either sign, low < high). Nothing where fewer than 8 cells lie
/// there.
[[nodiscard]] std::optional<SpectralLine> strongest_line(const LineSpectrum& spectrum, double low_hz, double high_hz);

/// Sum of the cells within ±half_hz of a frequency.
[[nodiscard]] double power_around(const LineSpectrum& spectrum, double hz, double half_hz);

} // namespace gacsong::dsp
