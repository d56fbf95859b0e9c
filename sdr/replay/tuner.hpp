// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::sdr {

/// Shifts, filters and decimates: a narrow receiver inside a wide recording. The first sample comes when the filter is
/// full, so that nothing rings at the beginning. The middle 0.8 of the new band is flat; what lies outside the band is
/// at least 60 dB down but for its last hundredth, as in a real receiver.
class Tuner {
public:
    /// `shift_hz` is subtracted from every frequency; `decimation` ≥ 1.
    Tuner(double rate_hz, double shift_hz, std::size_t decimation);

    void retune(double shift_hz);

    /// Appends to `out` what `in` gives; keeps what it needs for the next call.
    void process(std::span<const std::complex<float>> in, std::vector<std::complex<float>>& out);

private:
    double rate_hz_;
    std::size_t decimation_;
    std::vector<float> taps_; ///< each twice, for both parts of a sample, padded with zeros to a multiple of `lanes`
    std::size_t length_ = 0;  ///< samples that one output needs
    std::vector<std::complex<float>> waiting_; ///< shifted, not yet used up
    std::complex<double> phase_{1.0, 0.0};
    std::complex<double> turn_{1.0, 0.0};
};

} // namespace gacsong::sdr
