// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/fine_spectrum.hpp"

#include "dsp/window.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_values = 4096;

FineSpectrum regrid(const FineSpectrum& from, double low_hz, double step_hz, std::size_t count)
{
    FineSpectrum out = from;
    out.low_hz = low_hz;
    out.step_hz = step_hz;
    out.power.assign(count, 0.0);
    out.weights.assign(count, 0.0);
    const double share = from.step_hz / step_hz;
    for (std::size_t i = 0; i < from.power.size(); ++i) {
        const double middle = from.low_hz + (static_cast<double>(i) + 0.5) * from.step_hz;
        const double place = std::floor((middle - low_hz) / step_hz);
        if (place >= 0.0 && place < static_cast<double>(count)) {
            out.power[static_cast<std::size_t>(place)] += from.power[i];
            out.weights[static_cast<std::size_t>(place)] += share * from.weights[i];
        }
    }
    return out;
}

} // namespace

void FineSpectrum::add(const FineSpectrum& other)
{
    if (other.empty())
        return;
    if (empty()) {
        *this = other;
        return;
    }
    const double step = std::max(step_hz, other.step_hz);
    // Both grids are multiples of the finest step, so the lower edge of either serves both.
    const double low = std::min(low_hz, other.low_hz);
    const double high = std::max(low_hz + step_hz * static_cast<double>(power.size()),
                                 other.low_hz + other.step_hz * static_cast<double>(other.power.size()));
    const auto count = static_cast<std::size_t>(std::ceil((high - low) / step - 1e-9));
    FineSpectrum sum = regrid(*this, low, step, count);
    const FineSpectrum second = regrid(other, low, step, count);
    for (std::size_t i = 0; i < count; ++i) {
        sum.power[i] += second.power[i];
        sum.weights[i] += second.weights[i];
    }
    sum.weight += second.weight;
    sum.noise_per_hz += second.noise_per_hz;
    sum.frames += second.frames;
    *this = std::move(sum);
}

FineAnalyser::FineAnalyser(double sample_rate_hz, std::size_t bins)
    : rate_(sample_rate_hz), bins_(bins), plan_(bins, dsp::Direction::forward), frame_(bins), spectrum_(bins),
      sum_(bins)
{
}

void FineAnalyser::add_frame(std::span<const std::complex<float>> samples, double weight)
{
    if (window_.size() != samples.size()) {
        window_ = dsp::make_window(dsp::WindowKind::hann, samples.size());
        window_power_ = dsp::window_sums(window_).u2;
    }
    for (std::size_t i = 0; i < samples.size(); ++i)
        frame_[i] = samples[i] * window_[i];
    std::fill(frame_.data() + samples.size(), frame_.data() + bins_, std::complex<float>{});
    plan_.execute(frame_.data(), spectrum_.data());
    const double scale = weight / (static_cast<double>(bins_) * window_power_);
    for (std::size_t k = 0; k < bins_; ++k)
        sum_[(k + bins_ / 2) & (bins_ - 1)] += scale * static_cast<double>(std::norm(spectrum_[k]));
    sum_weight_ += weight;
}

bool FineAnalyser::sum_up(const Stretch& stretch)
{
    std::fill(sum_.begin(), sum_.end(), 0.0);
    sum_weight_ = 0.0;
    // Short bursts get one shorter frame; longer ones half-overlapping frames of full length.
    const std::size_t length = std::min<std::uint64_t>(bins_, stretch.count);
    const std::size_t hop = std::max<std::size_t>(1, length / 2);
    frames_ = 0.0;
    bool whole = true;
    samples_.resize(length);
    for (std::uint64_t at = 0; length > 0 && at + length <= stretch.count; at += hop) {
        whole = stretch.history->read(stretch.first + at, samples_).has_value();
        if (!whole)
            break;
        add_frame(samples_, static_cast<double>(hop));
        frames_ += frames_ == 0.0 ? 1.0 : dsp::window_facts(dsp::WindowKind::hann).half_overlap_gain;
    }
    if (sum_weight_ > 0.0 && stretch.dc_line) {
        // Short frames spread the line over more of the grid.
        const std::size_t half = 3 * (bins_ / length);
        const std::size_t centre = bins_ / 2;
        const double level = 0.5 * (sum_[centre - half - 1] + sum_[centre + half + 1]);
        for (std::size_t k = centre - half; k <= centre + half; ++k)
            sum_[k] = std::min(sum_[k], level);
    }
    return whole;
}

FineSpectrum FineAnalyser::analyse(const History& history, std::uint64_t first, std::uint64_t count, double low_hz,
                                   double high_hz, bool dc_line)
{
    // Stations that are on all the time ask for one stretch after the other, each for its own range.
    const Stretch asked{&history, first, count, dc_line};
    if (asked != summed_) {
        summed_ = sum_up(asked) ? asked : Stretch{};
    }
    FineSpectrum out;
    if (sum_weight_ <= 0.0)
        return out;
    const double bin = rate_ / static_cast<double>(bins_);
    const auto index = [&](double hz) {
        const double k = std::floor(hz / bin) + 0.5 * static_cast<double>(bins_);
        return static_cast<std::size_t>(std::clamp(k, 0.0, static_cast<double>(bins_ - 1)));
    };
    std::size_t group = 1;
    while ((index(high_hz) - index(low_hz)) / group >= most_values)
        group *= 2;
    const std::size_t from = index(low_hz) / group * group;
    const std::size_t to = std::min(bins_, (index(high_hz) / group + 1) * group);
    out.step_hz = bin * static_cast<double>(group);
    out.low_hz = (static_cast<double>(from) - 0.5 * static_cast<double>(bins_) - 0.5) * bin;
    out.power.assign((to - from) / group, 0.0);
    for (std::size_t k = from; k < to; ++k)
        out.power[(k - from) / group] += sum_[k];
    out.weight = sum_weight_;
    out.weights.assign(out.power.size(), sum_weight_);
    out.frames = frames_;
    return out;
}

} // namespace gacsong::detect
