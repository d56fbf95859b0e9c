// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Sizes of an overlap-save channeliser. Frame f covers input samples f·hop − hop/2 … f·hop + 3·hop/2 − 1, so that
/// sample m of every channel stands at m / channel_rate seconds from the first sample of the segment.
struct BankShape {
    std::size_t transform = 0; ///< points of the forward transform; a multiple of 4
    std::size_t channel = 0;   ///< points of a channel's inverse transform; a multiple of 4, at most `transform`

    [[nodiscard]] std::size_t hop() const { return transform / 2; }
    [[nodiscard]] std::size_t channel_hop() const { return channel / 2; }
    [[nodiscard]] double bin_hz(double sample_rate_hz) const { return sample_rate_hz / static_cast<double>(transform); }
    [[nodiscard]] double channel_rate_hz(double sample_rate_hz) const
    {
        return bin_hz(sample_rate_hz) * static_cast<double>(channel);
    }
};

/// Bins of about `bin_hz` and channels of at least `channel_rate_hz`, or of the whole rate where that is less.
[[nodiscard]] BankShape choose_bank(double sample_rate_hz, double bin_hz, double channel_rate_hz);

/// Cuts channels out of a wide stream by fast convolution (overlap-save): one forward transform for all, one small
/// inverse transform for each channel wanted, at any bin. The filter is a windowed low-pass of transform/2 taps, so
/// nothing wraps around. Not thread-safe; one instance for each thread, all alike.
class OverlapBank {
public:
    /// `cutoff_hz`: half of the channel's width at −6 dB.
    OverlapBank(BankShape shape, double sample_rate_hz, double cutoff_hz);

    [[nodiscard]] const BankShape& shape() const { return shape_; }

    /// Where transform() takes its input from: shape().transform samples of frame `f`.
    [[nodiscard]] std::span<std::complex<float>> input() { return in_.span(); }

    /// Transforms input().
    void transform();

    /// The spectrum of the last frame, bin k at k·bin_hz, negative frequencies in the upper half.
    [[nodiscard]] std::span<const std::complex<float>> spectrum() const { return spectrum_.span(); }

    /// Samples frame·channel_hop … (frame + 1)·channel_hop − 1 of the channel around `bin` (of either sign).
    void channel(std::ptrdiff_t bin, std::uint64_t frame, std::span<std::complex<float>> out);

    /// Equivalent noise bandwidth of a channel, hertz.
    [[nodiscard]] double noise_bandwidth_hz() const { return noise_bandwidth_hz_; }

private:
    void design(double sample_rate_hz, double cutoff_hz);

    BankShape shape_;
    FftPlan forward_;
    FftPlan inverse_;
    AlignedArray<std::complex<float>> in_;
    AlignedArray<std::complex<float>> spectrum_;
    AlignedArray<std::complex<float>> narrow_;
    AlignedArray<std::complex<float>> time_;
    std::vector<float> weights_; ///< of bins −channel/2 … channel/2 − 1
    double noise_bandwidth_hz_ = 0.0;
};

} // namespace gacsong::dsp
