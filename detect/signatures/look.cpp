// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/look.hpp"

#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double least_width_hz = 1000.0;
constexpr double flat_share = 0.6;        ///< of the bandwidth on each side of the centre
constexpr double samples_per_hertz = 4.0; ///< of the bandwidth
constexpr double usual_s = 0.4;           ///< of signal
constexpr double many_symbols = 15000.0;  ///< bandwidth × time that narrow signals get instead
constexpr double longest_s = 12.0;

} // namespace

const Clip& Look::clip()
{
    if (!clip_) {
        const double width = std::max(emission_.bandwidth_hz, least_width_hz);
        Cut wanted;
        wanted.half_width_hz = flat_share * width;
        wanted.rate_hz = samples_per_hertz * width;
        wanted.most_s = std::clamp(many_symbols / width, usual_s, longest_s);
        wanted.join_s = std::max(5e-3, 20.0 / width);
        wanted.margin_s = 4.0 / width;
        clip_ = cut(wanted);
    }
    return *clip_;
}

double Look::noise_density() const
{
    const double width = std::max(emission_.bandwidth_hz, 1.0);
    return std::pow(10.0, (emission_.power_dbfs - emission_.snr_db) / 10.0) / width;
}

std::span<const float> Look::frequency()
{
    if (frequency_.empty()) {
        for (std::size_t i = 0; i < clip().pieces.size(); ++i) {
            const auto part = dsp::instantaneous_frequency(clip().piece(i), clip().rate_hz);
            frequency_.insert(frequency_.end(), part.begin(), part.end());
        }
    }
    return frequency_;
}

std::span<const float> Look::power()
{
    if (power_.empty())
        power_ = dsp::powers(clip().samples);
    return power_;
}

Clip Look::cut(Cut wanted, double shift_hz) const
{
    wanted.offset_hz = raw_offset_hz(emission_, replay_) + shift_hz;
    if (channel_ == nullptr || !channel_->holds(wanted))
        return detect::cut(emission_, replay_, wanted);
    wanted.offset_hz -= channel_->offset_hz();
    wanted.most_input /= channel_->decimation();
    return detect::cut(emission_, channel_->replay(), wanted);
}

} // namespace gacsong::detect
