// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/spectrum_pass.hpp"
#include "report/papers/spectrum_figure.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

namespace gacsong::papers {
namespace {

constexpr std::size_t most_steps = 120;
constexpr std::size_t frames_of_a_step = 16;
constexpr double wanted_bins = 500.0; ///< over the width that is shown
constexpr std::size_t most_bins = 1 << 16;
constexpr std::size_t fewest_bins = 64;

float level(double power) { return power > 1e-30 ? static_cast<float>(10.0 * std::log10(power)) : -300.0F; }

std::size_t bins_for(double rate, double width, double samples)
{
    std::size_t bins = fewest_bins;
    while (bins < most_bins && static_cast<double>(bins) < wanted_bins * rate / width)
        bins *= 2;
    while (bins > fewest_bins && static_cast<double>(bins) > samples / 4.0)
        bins /= 2;
    return bins;
}

/// Sums of rows, and how many frames they hold.
struct Sums {
    std::vector<double> mean;
    std::vector<double> maximum;
    std::size_t frames = 0;
};

/// Averages rows that stand evenly within the emission's time.
std::optional<Sums> sum_rows(const Emission& emission, const History& history, const Timeline& timeline,
                             std::size_t bins)
{
    dsp::SpectrumPass pass(SampleFormat::of(Component::f32),
                           {.bins = bins, .hop = bins / 2, .frames = frames_of_a_step});
    std::vector<std::complex<float>> samples(pass.shape().row_span());
    std::vector<float> row(4 * bins);
    const std::span<float> all(row);
    Sums sums{std::vector<double>(bins), std::vector<double>(bins), 0};
    const double rate = timeline.sample_rate_hz();
    const auto first = static_cast<std::int64_t>(std::max(0.0, emission.start_s) * rate);
    const auto last = static_cast<std::int64_t>(emission.end_s * rate);
    const auto step = std::max<std::int64_t>(static_cast<std::int64_t>(pass.shape().row_step()),
                                             (last - first) / static_cast<std::int64_t>(most_steps));
    for (std::int64_t at = first; at < last; at += step) {
        const Stretch* home = timeline.stretch_at(at);
        if (home == nullptr)
            continue;
        const auto room = static_cast<std::size_t>(std::min(last, home->end()) - at);
        if (room < bins)
            continue;
        const std::size_t frames = std::min(frames_of_a_step, 1 + (room - bins) / (bins / 2));
        const auto part = std::span(samples).first(bins + (frames - 1) * (bins / 2));
        if (!history.read(home->stored + static_cast<std::uint64_t>(at - home->first), part))
            return std::nullopt;
        pass.row(std::as_bytes(part), frames,
                 {all.first(bins), all.subspan(bins, bins), all.subspan(2 * bins, bins), all.subspan(3 * bins)});
        for (std::size_t k = 0; k < bins; ++k) {
            sums.mean[k] += static_cast<double>(row[k]) * static_cast<double>(frames);
            sums.maximum[k] = std::max(sums.maximum[k], static_cast<double>(row[bins + k]));
        }
        sums.frames += frames;
    }
    return sums.frames > 0 ? std::optional(std::move(sums)) : std::nullopt;
}

} // namespace

std::optional<SpectrumData> measure_spectrum(const Emission& emission, const History& history, const Timeline& timeline)
{
    const double rate = timeline.sample_rate_hz();
    SpectrumData data;
    const double width = std::clamp(3.0 * emission.bandwidth_hz, rate / 4'096.0, rate);
    const double middle = std::clamp(emission.offset_hz, -0.5 * (rate - width), 0.5 * (rate - width));
    data.bins = bins_for(rate, width, (emission.end_s - emission.start_s) * rate);
    data.bin_hz = rate / static_cast<double>(data.bins);
    const auto sums = sum_rows(emission, history, timeline, data.bins);
    if (!sums)
        return std::nullopt;
    const auto bin_at = [&](double hz) {
        return static_cast<std::size_t>(
            std::clamp((hz + 0.5 * rate) / data.bin_hz, 0.0, static_cast<double>(data.bins - 1)));
    };
    const std::size_t first = bin_at(middle - 0.5 * width);
    const std::size_t last = bin_at(middle + 0.5 * width);
    data.low_hz = static_cast<double>(first) * data.bin_hz - 0.5 * rate;
    data.high_hz = static_cast<double>(last) * data.bin_hz - 0.5 * rate;
    data.frames = sums->frames;
    for (std::size_t k = first; k <= last; ++k) {
        data.mean_db.push_back(level(sums->mean[k] / static_cast<double>(sums->frames)));
        data.max_db.push_back(level(sums->maximum[k]));
    }
    return data.high_hz > data.low_hz ? std::optional(std::move(data)) : std::nullopt;
}

} // namespace gacsong::papers
