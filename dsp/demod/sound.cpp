// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/sound.hpp"

#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::dsp {
namespace {

struct KindFacts {
    double pass_hz;
    double least_rate_hz; ///< of the channel
    double audio_hz;
    double slope_hz; ///< beyond the audio
    double full_hz;  ///< deviation of a value of 1; AM: unused
    double margin_s; ///< what the slowest of its means looks at
};

constexpr KindFacts facts_of(SoundKind kind)
{
    switch (kind) {
    case SoundKind::am:
        return {5e3, 48e3, 4.5e3, 1e3, 0.0, 0.06};
    case SoundKind::nfm:
        return {8e3, 48e3, 3.4e3, 1e3, 5e3, 0.03};
    case SoundKind::wfm:
        break;
    }
    return {100e3, 250e3, 15e3, 3.5e3, 75e3, 0.03};
}

constexpr double carrier_mean_s = 0.05; ///< AM is levelled by the carrier over so long
constexpr double offset_mean_s = 0.05;  ///< what is left of the tuning is taken out over so long
constexpr double de_emphasis_s = 50e-6;
constexpr double audio_rate_hz = 96e3; ///< at least, before the last change of rate

std::size_t decimation_for(double sample_rate_hz, SoundKind kind)
{
    return static_cast<std::size_t>(std::max(1.0, std::floor(sample_rate_hz / facts_of(kind).least_rate_hz)));
}

void take_out_mean(std::vector<float>& values, double rate_hz, double mean_s)
{
    const std::vector<float> mean = moving_mean(values, static_cast<std::size_t>(0.5 * mean_s * rate_hz));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] -= mean[i];
}

void de_emphasise(std::vector<float>& values, double rate_hz)
{
    const auto share = static_cast<float>(1.0 - std::exp(-1.0 / (de_emphasis_s * rate_hz)));
    float held = 0.0F;
    for (float& value : values) {
        held += share * (value - held);
        value = held;
    }
}

/// Third-order polynomial through the four values around `at`.
float between(const std::vector<float>& values, double at)
{
    const auto middle = static_cast<std::int64_t>(std::floor(at));
    const auto value = [&](std::int64_t i) {
        return i < 0 || i >= static_cast<std::int64_t>(values.size())
                   ? 0.0
                   : static_cast<double>(values[static_cast<std::size_t>(i)]);
    };
    const double x = at - static_cast<double>(middle);
    const std::array<double, 4> y{value(middle - 1), value(middle), value(middle + 1), value(middle + 2)};
    const double sum = -y[0] * x * (x - 1.0) * (x - 2.0) / 6.0 + y[1] * (x + 1.0) * (x - 1.0) * (x - 2.0) / 2.0 -
                       y[2] * (x + 1.0) * x * (x - 2.0) / 2.0 + y[3] * (x + 1.0) * x * (x - 1.0) / 6.0;
    return static_cast<float>(std::clamp(sum, -1.0, 1.0));
}

} // namespace

SoundMaker::SoundMaker(double sample_rate_hz, double offset_hz, SoundKind kind)
    : kind_(kind), sample_rate_hz_(sample_rate_hz), decimation_(decimation_for(sample_rate_hz, kind)),
      channel_(sample_rate_hz, offset_hz, facts_of(kind).pass_hz, decimation_)
{
    const KindFacts facts = facts_of(kind);
    const double rate = channel_.rate_hz();
    step_ = static_cast<std::size_t>(std::max(1.0, std::floor(rate / audio_rate_hz)));
    const double most = 0.45; // of the rate; a channel slower than its audio passes it whole
    audio_filter_ = low_pass(std::min(most, facts.audio_hz / rate), std::min(0.1, facts.slope_hz / rate));
    margin_ = static_cast<std::int64_t>(facts.margin_s * rate) + static_cast<std::int64_t>(audio_filter_.size()) + 4;
}

std::uint64_t SoundMaker::look_ahead() const { return static_cast<std::uint64_t>(margin_ + 4) * decimation_; }

std::vector<float> SoundMaker::demodulated(const History& history, std::int64_t begin, std::size_t count) const
{
    const auto x = channel_.convert(history, static_cast<std::uint64_t>(begin) * decimation_, count);
    const double rate = channel_.rate_hz();
    if (kind_ == SoundKind::am) {
        std::vector<float> envelope = powers(x);
        for (float& value : envelope)
            value = std::sqrt(value);
        const auto carrier = moving_mean(envelope, static_cast<std::size_t>(0.5 * carrier_mean_s * rate));
        for (std::size_t i = 0; i < envelope.size(); ++i)
            envelope[i] = carrier[i] > 0.0F ? envelope[i] / carrier[i] - 1.0F : 0.0F;
        return envelope;
    }
    std::vector<float> values = instantaneous_frequency(x, rate);
    const auto scale = static_cast<float>(1.0 / facts_of(kind_).full_hz);
    for (float& value : values)
        value *= scale;
    take_out_mean(values, rate, offset_mean_s);
    if (kind_ == SoundKind::wfm)
        de_emphasise(values, rate);
    return values;
}

std::vector<float> SoundMaker::make(const History& history, std::int64_t first, std::size_t count) const
{
    std::vector<float> out(count, 0.0F);
    if (count == 0)
        return out;
    const double rate = sample_rate_hz_ / static_cast<double>(decimation_);
    const double channel_per_value = rate / rate_hz;
    const double wanted_from = static_cast<double>(first) * channel_per_value;
    const double wanted_to = static_cast<double>(first + static_cast<std::int64_t>(count)) * channel_per_value;
    // On a grid of its own, so that it never matters where a block begins.
    const auto step = static_cast<std::int64_t>(step_);
    std::int64_t begin = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(wanted_from)) - margin_);
    begin -= begin % step;
    const std::int64_t end = static_cast<std::int64_t>(std::ceil(wanted_to)) + margin_;
    if (end <= begin)
        return out;
    const auto values = demodulated(history, begin, static_cast<std::size_t>(end - begin));
    const auto audio = filtered(values, audio_filter_, step_);
    for (std::size_t n = 0; n < count; ++n) {
        const double at = (static_cast<double>(first + static_cast<std::int64_t>(n)) * channel_per_value -
                           static_cast<double>(begin)) /
                          static_cast<double>(step_);
        if (at >= 0.0)
            out[n] = between(audio, at);
    }
    return out;
}

double LevelTone::pitch_hz(double level_db)
{
    return 200.0 * std::pow(10.0, (std::clamp(level_db, -120.0, 0.0) + 120.0) / 120.0);
}

std::vector<float> LevelTone::next(std::optional<double> level_db, std::size_t count)
{
    constexpr double fade = 1.0 / (0.005 * SoundMaker::rate_hz);
    constexpr double glide = 1.0 / (0.01 * SoundMaker::rate_hz);
    constexpr double loudest = 0.4;
    if (level_db && loudness_ == 0.0)
        pitch_hz_ = pitch_hz(*level_db);
    std::vector<float> out(count);
    for (float& value : out) {
        if (level_db)
            pitch_hz_ += glide * (pitch_hz(*level_db) - pitch_hz_);
        loudness_ = std::clamp(loudness_ + (level_db ? fade : -fade), 0.0, 1.0);
        value = static_cast<float>(loudest * loudness_ * std::sin(2.0 * std::numbers::pi * phase_));
        phase_ += pitch_hz_ / SoundMaker::rate_hz;
        phase_ -= std::floor(phase_);
    }
    return out;
}

} // namespace gacsong::dsp
