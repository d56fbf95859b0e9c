// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/spectrum_pass.hpp"
#include "report/figures/waterfall_figure.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

namespace gacsong::figures {
namespace {

constexpr std::size_t wanted_rows = 160;
constexpr std::size_t fewest_rows = 16;
constexpr std::size_t reads_of_a_row = 4;
constexpr std::size_t frames_of_a_read = 4;
constexpr std::size_t most_bins = 1 << 14;
constexpr std::size_t fewest_bins = 64;
constexpr double wanted_columns = 300.0;
constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// As many bins as the columns want, but no transform longer than a row when there are `wanted_rows` of them.
std::size_t bins_for(double rate, double width, double samples)
{
    std::size_t bins = fewest_bins;
    while (bins < most_bins && static_cast<double>(bins) < wanted_columns * rate / width)
        bins *= 2;
    while (bins > fewest_bins && static_cast<double>(bins) > samples / static_cast<double>(fewest_rows))
        bins /= 2;
    return bins;
}

/// Reads short spectra at places in time.
class Reader {
public:
    Reader(const History& history, const Timeline& timeline, std::size_t bins)
        : history_(history), timeline_(timeline),
          pass_(SampleFormat::of(Component::f32), {.bins = bins, .hop = bins / 2, .frames = frames_of_a_read}),
          samples_(pass_.shape().row_span()), row_(4 * bins), bins_(bins)
    {
    }

    /// Takes the larger of `into` and what was there at most `room` samples from `at` on; false where nothing was.
    bool add(std::int64_t at, std::int64_t room, std::span<float> into)
    {
        const Stretch* home = timeline_.stretch_at(at);
        if (home == nullptr)
            return false;
        const auto there = static_cast<std::size_t>(std::max<std::int64_t>(0, std::min(at + room, home->end()) - at));
        const std::size_t length = std::max(there, std::min(bins_, static_cast<std::size_t>(home->end() - at)));
        if (length < bins_)
            return false;
        const std::size_t frames = std::min(frames_of_a_read, 1 + (length - bins_) / (bins_ / 2));
        const auto part = std::span(samples_).first(bins_ + (frames - 1) * (bins_ / 2));
        if (!history_.read(home->stored + static_cast<std::uint64_t>(at - home->first), part))
            return false;
        const std::span<float> all(row_);
        pass_.row(std::as_bytes(part), frames,
                  {all.first(bins_), all.subspan(bins_, bins_), all.subspan(2 * bins_, bins_), all.subspan(3 * bins_)});
        for (std::size_t k = 0; k < bins_; ++k)
            into[k] = std::max(into[k], row_[k]);
        return true;
    }

private:
    const History& history_;
    const Timeline& timeline_;
    dsp::SpectrumPass pass_;
    std::vector<std::complex<float>> samples_;
    std::vector<float> row_;
    std::size_t bins_;
};

} // namespace

std::optional<WaterfallData> measure_waterfall(const Emission& emission, const History& history,
                                               const Timeline& timeline)
{
    const double rate = timeline.sample_rate_hz();
    const double margin = 0.1 * (emission.end_s - emission.start_s);
    WaterfallData data;
    data.from_s = std::max(0.0, emission.start_s - margin);
    data.to_s = std::min(timeline.duration_s(), emission.end_s + margin);
    const double samples = (data.to_s - data.from_s) * rate;
    const double width = std::clamp(3.0 * emission.bandwidth_hz, rate / 4'096.0, rate);
    data.bins = bins_for(rate, width, samples);
    if (samples < static_cast<double>(data.bins * fewest_rows))
        return std::nullopt;
    data.rows = std::min(wanted_rows, static_cast<std::size_t>(2.0 * samples / static_cast<double>(data.bins)));
    data.bin_hz = rate / static_cast<double>(data.bins);
    const double middle = std::clamp(emission.offset_hz, -0.5 * (rate - width), 0.5 * (rate - width));
    const auto bin_at = [&](double hz) {
        return static_cast<std::size_t>(
            std::clamp((hz + 0.5 * rate) / data.bin_hz, 0.0, static_cast<double>(data.bins - 1)));
    };
    const std::size_t first = bin_at(middle - 0.5 * width);
    const std::size_t last = bin_at(middle + 0.5 * width);
    data.columns = last - first + 1;
    data.low_hz = static_cast<double>(first) * data.bin_hz - 0.5 * rate;
    data.high_hz = static_cast<double>(last + 1) * data.bin_hz - 0.5 * rate;
    Reader reader(history, timeline, data.bins);
    std::vector<float> largest(data.bins);
    bool any = false;
    for (std::size_t row = 0; row < data.rows; ++row) {
        const double step = samples / static_cast<double>(data.rows);
        const double from = data.from_s * rate + step * static_cast<double>(row);
        std::ranges::fill(largest, 0.0F);
        bool heard = false;
        for (std::size_t part = 0; part < reads_of_a_row; ++part) {
            const double at = from + step * static_cast<double>(part) / static_cast<double>(reads_of_a_row);
            heard = reader.add(static_cast<std::int64_t>(at),
                               static_cast<std::int64_t>(step / static_cast<double>(reads_of_a_row)), largest) ||
                    heard;
        }
        any = any || heard;
        for (std::size_t k = first; k <= last; ++k)
            data.levels_db.push_back(heard ? 10.0F * std::log10(std::max(largest[k], 1e-30F)) : nothing);
    }
    return any ? std::optional(std::move(data)) : std::nullopt;
}

} // namespace gacsong::figures
