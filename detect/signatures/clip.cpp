// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/clip.hpp"

#include "dsp/demod/downconverter.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_pieces = 256;
constexpr std::size_t least_samples = 16; ///< of a piece

struct Span {
    double start_s = 0.0;
    double end_s = 0.0;
};

/// When the emission was on, with margins, pauses up to Cut::join_s closed.
std::vector<Span> spans_of(const Emission& emission, const Cut& wanted)
{
    std::vector<Span> spans;
    const auto add = [&](double start_s, double end_s) {
        const Span next{start_s - wanted.margin_s, end_s + wanted.margin_s};
        if (!spans.empty() && next.start_s - spans.back().end_s <= wanted.join_s)
            spans.back().end_s = std::max(spans.back().end_s, next.end_s);
        else
            spans.push_back(next);
    };
    for (const Burst& burst : emission.burst_list)
        add(burst.start_s, burst.end_s);
    if (spans.empty())
        add(emission.start_s, emission.end_s);
    return spans;
}

/// What of them is looked at.
std::vector<Span> chosen(std::vector<Span> spans, double most_s, bool spread)
{
    std::vector<Span> out;
    if (spread && spans.size() == 1 && spans[0].end_s - spans[0].start_s > 2.0 * most_s) {
        const double middle = 0.5 * (spans[0].start_s + spans[0].end_s);
        return {{spans[0].start_s, spans[0].start_s + 0.5 * most_s}, {middle, middle + 0.5 * most_s}};
    }
    double left = most_s;
    for (const Span& span : spans) {
        if (left <= 0.0 || out.size() == most_pieces)
            break;
        const double length = std::min(left, span.end_s - span.start_s);
        out.push_back({span.start_s, span.start_s + length});
        left -= length;
    }
    return out;
}

} // namespace

std::span<const std::complex<float>> Clip::longest() const
{
    const auto most = std::max_element(pieces.begin(), pieces.end(),
                                       [](const Piece& a, const Piece& b) { return a.count < b.count; });
    if (most == pieces.end())
        return {};
    return piece(static_cast<std::size_t>(most - pieces.begin()));
}

double raw_offset_hz(const Emission& emission, const Replay& replay)
{
    if (!replay.center_hz || replay.clock_correction_ppm == 0.0)
        return emission.offset_hz;
    const double correction = 1.0 - replay.clock_correction_ppm * 1e-6;
    return (*replay.center_hz + emission.offset_hz) / correction - *replay.center_hz;
}

Clip cut(const Emission& emission, const Replay& replay, const Cut& wanted)
{
    Clip clip;
    if (replay.history == nullptr || replay.sample_rate_hz <= 0.0 || wanted.rate_hz <= 0.0)
        return clip;
    const auto decimation =
        static_cast<std::size_t>(std::max(1.0, std::floor(replay.sample_rate_hz / wanted.rate_hz + 1e-9)));
    const dsp::Downconverter converter(replay.sample_rate_hz, wanted.offset_hz, wanted.half_width_hz, decimation);
    clip.rate_hz = converter.rate_hz();
    clip.half_width_hz = wanted.half_width_hz;
    clip.noise_bandwidth_hz = converter.noise_bandwidth_hz();
    const double most_s = std::min({wanted.most_s, static_cast<double>(wanted.most_samples) / clip.rate_hz,
                                    static_cast<double>(wanted.most_input) / replay.sample_rate_hz});
    const double have_first = static_cast<double>(replay.history->first());
    const double have_end = static_cast<double>(replay.history->end());
    const auto index = [&](double at_s) {
        const double sample =
            static_cast<double>(replay.first_sample) + std::round((at_s - replay.origin_s) * replay.sample_rate_hz);
        return std::min(have_end, std::max({sample, have_first, static_cast<double>(replay.first_sample)}));
    };
    for (const Span& span : chosen(spans_of(emission, wanted), most_s, wanted.spread)) {
        const double first = index(span.start_s);
        const auto count =
            static_cast<std::size_t>(std::max(0.0, index(span.end_s) - first) / static_cast<double>(decimation));
        if (count < least_samples)
            continue;
        const auto samples = converter.convert(*replay.history, static_cast<std::uint64_t>(first), count);
        const double start_s =
            replay.origin_s + (first - static_cast<double>(replay.first_sample)) / replay.sample_rate_hz;
        clip.pieces.push_back({start_s, clip.samples.size(), count});
        clip.samples.insert(clip.samples.end(), samples.begin(), samples.end());
    }
    return clip;
}

} // namespace gacsong::detect
