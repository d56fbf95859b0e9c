// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/features.hpp"

#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gacsong::detect {

namespace {

constexpr double threshold = 0.25;    ///< −6 dB of the level while on
constexpr double high_quantile = 0.9; ///< of the smoothed power: the transmitter is on there
constexpr double least_cells = 60.0;  ///< bandwidth × time below which nothing can be told
constexpr double brief_cells = 10.0;  ///< … but that it is a line, where it lasts as long as the recording
constexpr std::size_t most_stretches = 8;
constexpr double shortest_pause = 8.0; ///< in 1/bandwidth; dips of linear modulations are shorter
constexpr double unsure_noise = 0.15;  ///< relative error of the noise level
constexpr double line_half_hz = 25.0;  ///< a carrier with its phase noise lies within this

struct Runs {
    std::vector<On> on;
    std::vector<On> off;
};

Runs runs_of(const std::vector<bool>& mask, std::size_t first, std::size_t count)
{
    Runs runs;
    for (std::size_t i = first; i < first + count;) {
        std::size_t j = i;
        while (j < first + count && mask[j] == mask[i])
            ++j;
        (mask[i] ? runs.on : runs.off).push_back({i, j - i});
        i = j;
    }
    return runs;
}

/// Median of the lengths where each counts by its length.
double weighted_median(std::vector<std::size_t> lengths)
{
    if (lengths.empty())
        return 0.0;
    std::sort(lengths.begin(), lengths.end());
    const double half = 0.5 * static_cast<double>(std::accumulate(lengths.begin(), lengths.end(), std::size_t{0}));
    double sum = 0.0;
    for (const std::size_t length : lengths) {
        sum += static_cast<double>(length);
        if (sum >= half)
            return static_cast<double>(length);
    }
    return static_cast<double>(lengths.back());
}

/// Where the smoothed power lies above the threshold, with hysteresis.
std::vector<bool> mask_of(std::span<const float> smooth, double on_power, double noise)
{
    const auto rise = static_cast<float>(noise + 1.4 * threshold * on_power);
    const auto fall = static_cast<float>(noise + threshold / 1.4 * on_power);
    std::vector<bool> mask(smooth.size());
    bool on = false;
    for (std::size_t i = 0; i < smooth.size(); ++i) {
        on = smooth[i] >= (on ? fall : rise);
        mask[i] = on;
    }
    return mask;
}

/// On-times between which the dips are too short to be pauses.
std::vector<On> closed(const std::vector<On>& runs, std::size_t pause)
{
    std::vector<On> out;
    for (const On& run : runs) {
        if (!out.empty() && run.first < out.back().first + out.back().count + pause)
            out.back().count = run.first + run.count - out.back().first;
        else
            out.push_back(run);
    }
    return out;
}

double mean_power(std::span<const float> power, const std::vector<On>& runs)
{
    double sum = 0.0;
    double count = 0.0;
    for (const On& run : runs) {
        for (std::size_t i = run.first; i < run.first + run.count; ++i)
            sum += static_cast<double>(power[i]);
        count += static_cast<double>(run.count);
    }
    return count > 0.0 ? sum / count : 0.0;
}

Keying keying_of(Look& look, double bandwidth_hz, double noise)
{
    const Clip& clip = look.clip();
    const auto power = look.power();
    const double cell = clip.rate_hz / bandwidth_hz; // samples
    const auto smooth = dsp::moving_mean(power, static_cast<std::size_t>(0.5 * cell));
    Keying out;
    out.on_power = std::max(1e-20, static_cast<double>(dsp::quantile(smooth, high_quantile)) - noise);
    const auto mask = mask_of(smooth, out.on_power, noise);
    const auto edge = static_cast<std::size_t>(std::ceil(cell));
    std::vector<std::size_t> on_lengths;
    std::vector<std::size_t> off_lengths;
    double on_sum = 0.0;
    double on_count = 0.0;
    double off_sum = 0.0;
    double off_count = 0.0;
    const auto add_up = [&](const On& run, double& sum, double& count) {
        for (std::size_t i = run.first + edge; i + edge < run.first + run.count; ++i) {
            sum += static_cast<double>(power[i]);
            count += 1.0;
        }
    };
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const Piece& piece = clip.pieces[p];
        const Runs runs = runs_of(mask, piece.first, piece.count);
        for (const On& run : closed(runs.on, static_cast<std::size_t>(shortest_pause * cell)))
            if (static_cast<double>(run.count) > 4.0 * cell)
                out.whole.push_back({run.first + edge, run.count - 2 * edge});
        for (const On& run : runs.on) {
            on_lengths.push_back(run.count);
            add_up(run, on_sum, on_count);
            if (static_cast<double>(run.count) > 4.0 * cell)
                out.on.push_back({run.first + edge, run.count - 2 * edge});
            for (const std::size_t place : {run.first, run.first + run.count}) {
                if (place != piece.first && place != piece.first + piece.count) {
                    out.edges_s.push_back(static_cast<double>(place) / clip.rate_hz);
                    out.edges_of_piece.push_back(p);
                }
            }
        }
        for (const On& run : runs.off) {
            // What lies before the first and after the last edge is no pause.
            if (run.first != piece.first && run.first + run.count != piece.first + piece.count)
                off_lengths.push_back(run.count);
            add_up(run, off_sum, off_count);
        }
    }
    const auto total_on = static_cast<double>(std::accumulate(on_lengths.begin(), on_lengths.end(), std::size_t{0}));
    out.on_share = total_on / static_cast<double>(clip.samples.size());
    out.pulses = on_lengths.size();
    out.median_on_s = weighted_median(on_lengths) / clip.rate_hz;
    out.median_off_s = weighted_median(off_lengths) / clip.rate_hz;
    if (!on_lengths.empty()) {
        const double mean = total_on / static_cast<double>(on_lengths.size());
        double squares = 0.0;
        for (const std::size_t length : on_lengths)
            squares += (static_cast<double>(length) - mean) * (static_cast<double>(length) - mean);
        out.spread_on = std::sqrt(squares / static_cast<double>(on_lengths.size())) / mean;
    }
    if (on_count > 0.0)
        out.on_power = std::max(1e-20, on_sum / on_count - noise);
    if (off_count > 0.0)
        out.off_level = std::max(0.0, off_sum / off_count - noise) / out.on_power;
    return out;
}

void take_stretches(Features& f, Look& look)
{
    auto on = f.keying.whole;
    std::stable_sort(on.begin(), on.end(), [](const On& a, const On& b) { return a.count > b.count; });
    on.resize(std::min(on.size(), most_stretches));
    const auto scale = static_cast<float>(1.0 / std::sqrt(std::max(1e-30, f.scale)));
    for (const On& run : on) {
        const auto part = std::span(look.clip().samples).subspan(run.first, run.count);
        std::vector<std::complex<float>> stretch(part.size());
        std::transform(part.begin(), part.end(), stretch.begin(), [scale](const auto& z) { return z * scale; });
        f.stretches.push_back(std::move(stretch));
    }
}

void measure_kappa(Features& f, Look& look)
{
    const auto power = look.power();
    f.kappa_on = kappa_of(power, f.keying.on, f.noise);
    f.kappa = kappa_of(power, f.keying.whole, f.noise);
    double count = 0.0;
    for (const On& run : f.keying.whole)
        count += static_cast<double>(run.count);
    const double independent = std::max(1.0, count * f.bandwidth_hz / look.clip().rate_hz);
    f.kappa_error = std::abs(kappa_of(power, f.keying.whole, f.noise * (1.0 + unsure_noise)) - f.kappa) +
                    2.0 / std::sqrt(independent);
}

/// Whether the clip holds all that was recorded: how long the transmitter is on is then not known.
bool whole_recording(const Look& look, const Clip& clip)
{
    constexpr double nearly_s = 0.9;
    const auto& replay = look.replay();
    const auto recorded = static_cast<double>(replay.history->end() - replay.history->first());
    return clip.pieces.size() == 1 && clip.seconds() >= nearly_s * recorded / replay.sample_rate_hz;
}

} // namespace

double kappa_of(std::span<const float> power, std::span<const On> runs, double noise)
{
    double fourth = 0.0;
    double second = 0.0;
    double count = 0.0;
    for (const On& run : runs) {
        for (std::size_t i = run.first; i < run.first + run.count; ++i) {
            const auto p = static_cast<double>(power[i]);
            fourth += p * p;
            second += p;
            count += 1.0;
        }
    }
    if (count == 0.0)
        return 0.0;
    second /= count;
    fourth /= count;
    const double rest = std::min(0.9 * second, noise);
    const double signal = std::max(1e-6 * second, second - rest);
    return (fourth - 4.0 * signal * rest - 2.0 * rest * rest) / (signal * signal);
}

std::optional<Features> measure_features(Look& look)
{
    const Clip& clip = look.clip();
    Features f;
    f.bandwidth_hz = std::max(look.emission().bandwidth_hz, 1000.0);
    if (clip.empty())
        return std::nullopt;
    const double cells = clip.seconds() * f.bandwidth_hz;
    f.brief = cells < least_cells;
    if (f.brief && (cells < brief_cells || !whole_recording(look, clip)))
        return std::nullopt;
    f.noise = look.noise_power();
    f.keying = keying_of(look, f.bandwidth_hz, f.noise);
    f.scale = mean_power(look.power(), f.keying.whole);
    const double signal_power = f.keying.whole.empty() ? f.keying.on_power : f.scale - f.noise;
    f.snr = std::max(signal_power, 0.01 * f.noise) / std::max(1e-30, f.noise);
    take_stretches(f, look);
    measure_kappa(f, look);
    if (f.stretches.empty())
        return f;
    const auto spectrum = spectrum_of(
        f, clip.rate_hz, [](const auto& z) -> const auto& { return z; });
    double total = 0.0;
    for (const float p : spectrum.power)
        total += static_cast<double>(p);
    if (const auto line = dsp::strongest_line(spectrum, -0.49 * clip.rate_hz, 0.49 * clip.rate_hz)) {
        f.line_hz = line->frequency_hz;
        const double half = std::max(line_half_hz, 3.0 * clip.rate_hz / static_cast<double>(f.stretches[0].size()));
        const double signal = total * f.snr / (1.0 + f.snr);
        const double noise = total - signal;
        const double noise_inside = noise * 2.0 * half / clip.noise_bandwidth_hz;
        f.line_share =
            std::clamp((dsp::power_around(spectrum, line->frequency_hz, half) - noise_inside) / signal, 0.0, 1.0);
    }
    return f;
}

} // namespace gacsong::detect
