// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Low-pass filter of linear phase: windowed sinc (Kaiser), gain 1 at 0 Hz. `cutoff` is where it is at −6 dB and
/// `transition` the width of its slope, both in cycles per sample; the length is odd and at most 4095.
[[nodiscard]] std::vector<float> low_pass(double cutoff, double transition, double attenuation_db = 65.0);

/// Cuts one channel out of samples that have passed: shifted to 0 Hz, filtered, at a lower rate. A stop of 65 dB.
/// What comes out depends on the samples alone, not on how it is asked for.
class Downconverter {
public:
    /// `offset_hz`: centre of the channel; `pass_hz`: half of its width, flat up to there and at −65 dB 30 % further;
    /// `decimation` ≥ 1 with pass_hz ≤ 0.4·rate/decimation. Where the channel fills more than that, nothing is
    /// filtered.
    Downconverter(double sample_rate_hz, double offset_hz, double pass_hz, std::size_t decimation);

    [[nodiscard]] double rate_hz() const { return rate_out_; }

    /// Equivalent noise bandwidth of a channel, hertz.
    [[nodiscard]] double noise_bandwidth_hz() const { return noise_bandwidth_hz_; }

    /// `count` samples; sample m stands at input sample first + m·decimation. Where `history` has nothing, zeros are
    /// filtered instead.
    [[nodiscard]] std::vector<std::complex<float>> convert(const History& history, std::uint64_t first,
                                                           std::size_t count) const;

private:
    [[nodiscard]] std::vector<std::complex<float>> decimated(const History& history, std::int64_t first,
                                                             std::size_t count) const;
    [[nodiscard]] std::vector<std::complex<float>> filtered(std::span<const std::complex<float>> in,
                                                            std::size_t count) const;

    double rate_in_;
    double rate_out_;
    std::size_t decimation_;
    double residual_hz_ = 0.0; ///< what is left of the offset after the first mixing
    double noise_bandwidth_hz_ = 0.0;
    std::vector<std::complex<float>> table_; ///< the first mixing, periodic
    std::vector<float> coarse_;              ///< taps before decimation, each twice
    std::size_t coarse_half_ = 0;
    std::vector<float> fine_; ///< taps after decimation, each twice
    std::size_t fine_half_ = 0;
};

} // namespace gacsong::dsp
