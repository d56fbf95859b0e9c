// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/emission_plots.hpp"

#include "dsp/spectrum_pass.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

namespace gacsong::picture {
namespace {

constexpr std::size_t steps = 200;          ///< of the level over time
constexpr std::size_t frames_of_a_step = 4; ///< transforms that stand for one of them
constexpr std::size_t wanted_bins = 160;    ///< over the width that is shown
constexpr std::size_t most_bins = 1 << 16;

float level(double power) { return power > 1e-30 ? static_cast<float>(10.0 * std::log10(power)) : -300.0F; }

/// Transforms at chosen places.
class Looker {
public:
    Looker(const History& history, std::size_t bins)
        : history_(history),
          pass_(SampleFormat::of(Component::f32), {.bins = bins, .hop = bins / 2, .frames = frames_of_a_step}),
          samples_(pass_.shape().row_span()), mean(bins), rest_(bins)
    {
    }
    bool look(std::uint64_t stored, std::uint64_t available)
    {
        const auto& shape = pass_.shape();
        if (available < shape.bins)
            return false;
        const std::size_t frames =
            std::min<std::size_t>(shape.frames, 1 + static_cast<std::size_t>((available - shape.bins) / shape.hop));
        const auto part = std::span(samples_).first(shape.bins + (frames - 1) * shape.hop);
        if (!history_.read(stored, part))
            return false;
        std::vector<float> other(shape.bins);
        std::vector<float> more(shape.bins);
        pass_.row(std::as_bytes(part), frames, {mean, rest_, other, more});
        return true;
    }

private:
    const History& history_;
    dsp::SpectrumPass pass_;
    std::vector<std::complex<float>> samples_;

public:
    std::vector<float> mean;

private:
    std::vector<float> rest_;
};

} // namespace

EmissionPlots make_plots(const Emission& emission, const History& history, const Timeline& timeline,
                         const std::stop_token& stop)
{
    EmissionPlots plots;
    const double rate = timeline.sample_rate_hz();
    const double width = std::clamp(3.0 * emission.bandwidth_hz, rate / 2'048.0, rate);
    const double middle = std::clamp(emission.offset_hz, -0.5 * (rate - width), 0.5 * (rate - width));
    plots.low_hz = middle - 0.5 * width;
    plots.high_hz = middle + 0.5 * width;
    const double span_s = std::max(emission.end_s - emission.start_s, 1e-3);
    plots.from_s = std::max(0.0, emission.start_s - 0.05 * span_s);
    plots.to_s = std::min(timeline.duration_s(), emission.end_s + 0.05 * span_s);
    std::size_t bins = 64;
    while (bins < most_bins && static_cast<double>(bins) < wanted_bins * rate / width)
        bins *= 2;
    while (bins > 64 && static_cast<double>(bins) > (plots.to_s - plots.from_s) * rate / 4.0)
        bins /= 2;
    Looker looker(history, bins);
    const double bin_hz = rate / static_cast<double>(bins);
    const auto bin_at = [&](double hz) {
        return static_cast<std::size_t>(
            std::clamp((hz + 0.5 * rate) / bin_hz + 0.5, 0.0, static_cast<double>(bins - 1)));
    };
    const std::size_t first = bin_at(plots.low_hz);
    const std::size_t last = bin_at(plots.high_hz);
    const std::size_t low = bin_at(emission.offset_hz - 0.5 * emission.bandwidth_hz);
    const std::size_t high = bin_at(emission.offset_hz + 0.5 * emission.bandwidth_hz);
    std::vector<double> sum(last - first + 1, 0.0);
    int summed = 0;
    for (std::size_t i = 0; i < steps && !stop.stop_requested(); ++i) {
        const double at_s = plots.from_s + (plots.to_s - plots.from_s) * static_cast<double>(i) / steps;
        const auto from = static_cast<std::int64_t>(at_s * rate);
        const Stretch* home = timeline.stretch_at(from);
        const auto room = home == nullptr ? 0 : static_cast<std::uint64_t>(home->end() - from);
        if (home == nullptr || !looker.look(home->stored + static_cast<std::uint64_t>(from - home->first), room)) {
            plots.level_db.push_back(plots.level_db.empty() ? -300.0F : plots.level_db.back());
            continue;
        }
        double power = 0.0;
        for (std::size_t k = low; k <= high; ++k)
            power += static_cast<double>(looker.mean[k]);
        plots.level_db.push_back(level(power));
        if (at_s < emission.start_s || at_s > emission.end_s)
            continue;
        for (std::size_t k = first; k <= last; ++k)
            sum[k - first] += static_cast<double>(looker.mean[k]);
        ++summed;
    }
    for (const double power : sum)
        plots.spectrum_db.push_back(level(power / std::max(1, summed)));
    const auto strongest = std::ranges::max_element(plots.level_db) - plots.level_db.begin();
    const double at_s = plots.from_s + (plots.to_s - plots.from_s) * static_cast<double>(strongest) / steps;
    const auto from = static_cast<std::int64_t>(at_s * rate);
    const Stretch* home = timeline.stretch_at(from);
    if (home != nullptr && !stop.stop_requested())
        plots.modulation =
            view_modulation(emission, history, rate, home->stored + static_cast<std::uint64_t>(from - home->first),
                            static_cast<std::uint64_t>(home->end() - from));
    return plots;
}

} // namespace gacsong::picture
