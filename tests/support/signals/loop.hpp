// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::test {

/// A periodic complex table, read at any time by a Kaiser-windowed sinc of 10 taps. The content must lie within a
/// quarter of the table's rate: images and ripple then stay below −70 dB.
class ComplexLoop {
public:
    ComplexLoop(std::vector<std::complex<float>> table, double rate_hz);

    [[nodiscard]] std::complex<double> at(double t_s) const;
    [[nodiscard]] double rate_hz() const { return rate_hz_; }
    [[nodiscard]] double length_s() const { return static_cast<double>(size_) / rate_hz_; }

private:
    std::vector<std::complex<float>> table_; ///< with the first taps repeated at its end
    std::size_t size_;
    double rate_hz_;
};

/// A periodic frequency in hertz and its integral in cycles. Sampled at least five times as fast as its highest
/// component; the integral between samples is the cubic through both phases and both slopes.
class PhaseLoop {
public:
    /// The mean of `frequency_hz` is taken out, so that the phase is periodic too.
    PhaseLoop(std::vector<double> frequency_hz, double rate_hz);

    /// Phase in cycles, 0 at t = 0.
    [[nodiscard]] double cycles_at(double t_s) const;
    /// Largest |frequency| in the table.
    [[nodiscard]] double peak_hz() const;
    [[nodiscard]] double length_s() const { return static_cast<double>(cycles_.size()) / rate_hz_; }

private:
    std::vector<double> frequency_hz_;
    std::vector<double> cycles_;
    double rate_hz_;
};

/// Remainder of a / b in [0, b).
[[nodiscard]] double wrap(double a, double b);

/// exp(j2π·cycles).
[[nodiscard]] std::complex<double> unit_phasor(double cycles);

} // namespace gacsong::test
