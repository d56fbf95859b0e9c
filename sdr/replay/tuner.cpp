// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/replay/tuner.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::sdr {

namespace {

constexpr std::size_t lanes = 16; ///< sums that run side by side

constexpr double passband = 0.46;        ///< of the new rate, to the middle of the transition
constexpr std::size_t taps_a_step = 48U; ///< filter length by decimation: a transition of 0.115 of the new rate

std::vector<float> low_pass(std::size_t decimation)
{
    if (decimation == 1)
        return {1.0F};
    const std::size_t length = taps_a_step * decimation + 1;
    const double cutoff = passband / static_cast<double>(decimation);
    std::vector<double> taps(length);
    double sum = 0.0;
    for (std::size_t i = 0; i < length; ++i) {
        const double t = static_cast<double>(i) - 0.5 * static_cast<double>(length - 1);
        const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(length - 1);
        const double blackman = 0.42 - 0.5 * std::cos(angle) + 0.08 * std::cos(2.0 * angle);
        const double x = 2.0 * std::numbers::pi * cutoff * t;
        taps[i] = blackman * (t == 0.0 ? 1.0 : std::sin(x) / x);
        sum += taps[i];
    }
    std::vector<float> out;
    out.reserve(length);
    for (const double tap : taps)
        out.push_back(static_cast<float>(tap / sum));
    return out;
}

} // namespace

Tuner::Tuner(double rate_hz, double shift_hz, std::size_t decimation) : rate_hz_(rate_hz), decimation_(decimation)
{
    for (const float tap : low_pass(decimation))
        taps_.insert(taps_.end(), 2, tap);
    taps_.resize((taps_.size() + lanes - 1) / lanes * lanes, 0.0F);
    length_ = taps_.size() / 2;
    retune(shift_hz);
}

void Tuner::retune(double shift_hz) { turn_ = std::polar(1.0, -2.0 * std::numbers::pi * shift_hz / rate_hz_); }

void Tuner::process(std::span<const std::complex<float>> in, std::vector<std::complex<float>>& out)
{
    for (const auto& sample : in) {
        waiting_.push_back(sample * std::complex<float>(phase_));
        phase_ *= turn_;
    }
    phase_ /= std::abs(phase_);
    std::size_t at = 0;
    for (; at + length_ <= waiting_.size(); at += decimation_) {
        const auto* const parts = reinterpret_cast<const float*>(waiting_.data() + at);
        std::array<float, lanes> sum{};
        for (std::size_t k = 0; k < taps_.size(); k += lanes)
            for (std::size_t i = 0; i < lanes; ++i)
                sum[i] += taps_[k + i] * parts[k + i];
        std::complex<float> sample;
        for (std::size_t i = 0; i < lanes; i += 2)
            sample += std::complex<float>(sum[i], sum[i + 1]);
        out.push_back(sample);
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(at, waiting_.size())));
}

} // namespace gacsong::sdr
