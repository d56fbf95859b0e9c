// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/channel_search.hpp"

#include "detect/cells/lte/phy/primary_refinement.hpp"
#include "detect/cells/lte/raster.hpp"
#include "detect/cells/lte/wide_channels.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace gacsong::detect::lte {

namespace {

constexpr double searched_s = 0.16;
constexpr double half_width_hz = 540e3;     ///< of six resource blocks
constexpr double own_rate_up_to_hz = 2.6e6; ///< such recordings are searched as they are
constexpr double channel_rate_hz = 1.92e6;
constexpr double primary_threshold = 15.0;   ///< of evidence; one place in three million of noise
constexpr double secondary_threshold = 13.0; ///< one candidate of noise in three hundred
constexpr double second_best = 0.5; ///< of the best one's evidence; others share half of their sequence with it
constexpr unsigned most_of_peak = 2;
constexpr double sector_evidence = 60.0; ///< of a cell beside which sectors of its station are looked for
constexpr std::size_t most_sectors = 6;
constexpr std::size_t most_peaks = 16;     ///< of an identity in a channel
constexpr std::size_t most_peaks_wide = 6; ///< the same where a recording has many channels
constexpr double coarse_s = 0.02;
constexpr double promising_s = 0.046; ///< of a channel, for the half frames that promising() looks at
constexpr double coarse_threshold = 10.0;
constexpr std::size_t most_coarse = 24; ///< a strong signal is seen at many wrong frequencies
constexpr int half_subcarriers = 2;     ///< of hypotheses in the coarse search, in a subcarrier
constexpr double same_pace = 8e-6;

/// Whether the coarse search looks for an identity at the frequency of this number, which is counted in half
/// subcarriers: each of the others is the likeness of one of these.
bool is_looked_at(int number, int subcarriers)
{
    const int width = half_subcarriers * subcarriers;
    return ((number % (3 * width)) + 3 * width) % (3 * width) < width;
}

} // namespace

ChannelSearch::ChannelSearch(const CellInput& input, SearchSpan span)
    : input_(input), span_(span), limit_hz_(input.sample_rate_hz / 2.0 - half_width_hz)
{
    for (double hz = -limit_hz_; hz <= limit_hz_ && !any_; hz += raster_hz / 4.0)
        any_ = !paces(hz).empty();
}

std::vector<double> ChannelSearch::paces(double baseband_hz) const
{
    std::vector<double> out;
    if (!input_.center_hz) {
        for (double ppm = -span_.ppm; ppm <= span_.ppm; ppm += 2e6 * same_pace)
            out.push_back(1.0 - ppm * 1e-6);
        return out;
    }
    const double seen = *input_.center_hz + baseband_hz;
    const double reach = std::max(span_.offset_hz, span_.ppm * 1e-6 * seen);
    for (const Channel& channel : channels_near(seen, reach)) {
        const double pace = 1.0 - (seen - channel.carrier_hz) / channel.carrier_hz;
        const bool there = std::ranges::any_of(out, [&](double other) { return std::abs(other - pace) < same_pace; });
        if (!there)
            out.push_back(pace);
    }
    return out;
}

std::vector<Hypothesis> ChannelSearch::fine_hypotheses(double bin_hz, double middle_hz, double reach_hz) const
{
    constexpr double apart_hz = 5.6e3;
    std::vector<Hypothesis> out;
    const int step = std::max(1, static_cast<int>(std::lround(apart_hz / bin_hz)));
    const auto last = static_cast<int>(reach_hz / bin_hz) / step * step;
    for (int bin = -last; bin <= last; bin += step) {
        const double hz = middle_hz + bin * bin_hz;
        if (auto lasting = paces(hz); std::abs(hz) <= limit_hz_ && !lasting.empty())
            out.push_back({bin, std::nullopt, std::move(lasting)});
    }
    return out;
}

std::vector<Hypothesis> ChannelSearch::coarse_hypotheses(double bin_hz, double middle_hz, double reach_hz) const
{
    constexpr double apart_hz = subcarrier_hz / half_subcarriers;
    std::vector<Hypothesis> possible;
    const auto last = static_cast<int>(reach_hz / apart_hz);
    for (int number = -last; number <= last; ++number) {
        const auto bin = static_cast<int>(std::lround(number * apart_hz / bin_hz));
        const double hz = middle_hz + bin * bin_hz;
        Hypothesis one{bin, std::nullopt, {}};
        // In the coarse search's few half frames the pace hardly matters.
        if (const auto lasting = paces(hz); std::abs(hz) <= limit_hz_ && !lasting.empty())
            one.lasting = {lasting[lasting.size() / 2]};
        possible.push_back(std::move(one));
    }
    const auto is_possible = [&](int number) {
        return std::abs(number) <= last && !possible[static_cast<std::size_t>(number + last)].lasting.empty();
    };
    std::vector<Hypothesis> out;
    for (int number = -last; number <= last; ++number)
        for (unsigned identity = 0; identity < 3 && is_possible(number); ++identity) {
            const int subcarriers = likeness(identity).subcarriers;
            const auto seen_at = [&](int other) { return is_looked_at(other, subcarriers) && is_possible(other); };
            const int step = half_subcarriers * subcarriers;
            if (is_looked_at(number, subcarriers) || (!seen_at(number - step) && !seen_at(number + step))) {
                out.push_back(possible[static_cast<std::size_t>(number + last)]);
                out.back().identity = identity;
            }
        }
    return out;
}

std::vector<PrimaryPeak> ChannelSearch::begin_of(std::span<const Sample> samples, double rate_hz, double middle_hz,
                                                 double reach_hz) const
{
    const double bin_hz = rate_hz / static_cast<double>(PrimarySearch::transform);
    const auto hypotheses = coarse_hypotheses(bin_hz, middle_hz, reach_hz);
    if (hypotheses.empty())
        return {};
    const auto begin = samples.first(std::min(samples.size(), static_cast<std::size_t>(coarse_s * rate_hz)));
    const auto coarse =
        PrimarySearch(begin, rate_hz, true).search(hypotheses, coarse_threshold, most_coarse, input_.threads);
    return promising(samples, rate_hz, with_originals(coarse, bin_hz),
                     [&](int bin) { return paces(middle_hz + bin * bin_hz); });
}

void ChannelSearch::identify_all(std::span<const Sample> samples, double rate_hz, double middle_hz,
                                 std::span<const PrimaryPeak> peaks, std::vector<Candidate>& found) const
{
    if (peaks.empty())
        return;
    const double bin_hz = rate_hz / static_cast<double>(PrimarySearch::transform);
    const Stretch channel{SampleFormat::of(Component::f32), std::as_bytes(samples), rate_hz};
    Extractor extractor(channel, channel_rate_hz);
    std::vector<Candidate> own;
    std::vector<PrimaryPeak> sectors;
    const auto take = [&](const PrimaryPeak& peak) {
        const auto candidates = identify(extractor, peak, peak.bin * bin_hz, own);
        unsigned taken = 0;
        for (const Candidate& one : candidates) {
            const bool good = one.secondary_evidence >= secondary_threshold &&
                              one.secondary_evidence >= second_best * candidates[0].secondary_evidence;
            if (one.beneath || (good && taken < most_of_peak))
                own.push_back(one);
            taken += one.beneath ? 0 : 1;
        }
        return candidates.empty() ? 0.0 : candidates.front().secondary_evidence;
    };
    for (const PrimaryPeak& peak : peaks)
        if (take(peak) >= sector_evidence && sectors.size() < most_sectors)
            for (const unsigned next : {1U, 2U}) {
                sectors.push_back(peak);
                sectors.back().identity = (peak.identity + next) % 3;
                sectors.back().evidence = 0.0;
            }
    // Other sectors of a station send at the same time, their primary signals beneath that of a clear one.
    for (const PrimaryPeak& peak : sectors)
        take(peak);
    for (Candidate& one : own) {
        one.place.shift_hz += middle_hz;
        found.push_back(one);
    }
}

/// Most channels of a wide recording are soon seen to be empty.
void ChannelSearch::search_wide(const Stretch& stretch, std::vector<Candidate>& found) const
{
    WideChannels channels(stretch, limit_hz_);
    const double rate_hz = channels.rate_hz();
    const double bin_hz = rate_hz / static_cast<double>(PrimarySearch::transform);
    channels.extend(promising_s);
    std::vector<std::vector<PrimaryPeak>> peaks;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        peaks.push_back(begin_of(channels.samples(i), rate_hz, channels.middle_hz(i), channels.reach_hz()));
        if (peaks.back().empty())
            channels.drop(i);
    }
    channels.extend(stretch.seconds());
    for (std::size_t i = 0; i < channels.size(); ++i) {
        if (peaks[i].empty())
            continue;
        const double middle_hz = channels.middle_hz(i);
        const auto refined = refine(
            channels.samples(i), rate_hz, peaks[i], [&](int bin) { return paces(middle_hz + bin * bin_hz); },
            primary_threshold, most_peaks_wide);
        identify_all(channels.samples(i), rate_hz, middle_hz, refined, found);
    }
}

std::vector<Candidate> ChannelSearch::search(const Stretch& whole) const
{
    Stretch stretch = whole;
    const auto most = static_cast<std::size_t>(searched_s * stretch.rate_hz);
    const std::size_t width = stretch.format.bytes_per_sample();
    stretch.bytes = stretch.bytes.first(std::min(most, stretch.samples()) * width);
    std::vector<Candidate> found;
    if (stretch.rate_hz <= own_rate_up_to_hz) {
        std::vector<Sample> samples(stretch.samples());
        load(stretch, 0, samples);
        const double bin_hz = stretch.rate_hz / static_cast<double>(PrimarySearch::transform);
        const auto hypotheses = fine_hypotheses(bin_hz, 0.0, limit_hz_);
        if (!hypotheses.empty())
            identify_all(samples, stretch.rate_hz, 0.0,
                         PrimarySearch(samples, stretch.rate_hz)
                             .search(hypotheses, primary_threshold, most_peaks, input_.threads),
                         found);
    } else {
        search_wide(stretch, found);
    }
    std::ranges::stable_sort(found, std::greater{}, &Candidate::secondary_evidence);
    std::vector<Candidate> out;
    for (const Candidate& one : found) {
        const bool there = std::ranges::any_of(out, [&](const Candidate& other) {
            const double apart = std::remainder(one.place.frame_s - other.place.frame_s, 1e-2 * one.place.lasting);
            return other.identity.pci == one.identity.pci &&
                   std::abs(other.place.shift_hz - one.place.shift_hz) < 20e3 && std::abs(apart) < 20e-6;
        });
        if (!there)
            out.push_back(one);
    }
    if (!input_.center_hz)
        return out; // whatever the frequency, any pace was tried
    for (Candidate& one : out) {
        one.other_paces = {paces(one.place.shift_hz), 0.5 * stretch.seconds()};
        std::erase_if(one.other_paces.lasting,
                      [&](double pace) { return std::abs(pace - one.place.lasting) < same_pace; });
    }
    return out;
}

} // namespace gacsong::detect::lte
