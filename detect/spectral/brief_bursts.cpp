// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/detector_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gacsong::detect {

namespace {

constexpr double least_wide_snr = 4.0; ///< 6 dB: below, a wide burst is a rise of the noise
constexpr float umbrella_level = 0.1F; ///< −10 dB: cells of one wide emission
constexpr double umbrella_snr = 10.0;
constexpr std::ptrdiff_t least_umbrella = 8; ///< brief cells
constexpr double umbrella_memory_s = 2.0;
constexpr double gap_level = 0.03;    ///< −15 dB from what the brief rows spread over the place: a gap
constexpr double least_filled = 0.75; ///< of the bins; channels of a raster leave a third of theirs free, or more

} // namespace

void Detector::remember_umbrella(const Patch& patch, bool open)
{
    const double step_s = static_cast<double>(narrow_->shape.row_step()) / resolutions_.sample_rate_hz;
    const Activity whole = describe(patch, *brief_, Sight::brief);
    if (whole.time.length() < 2.0 * step_s)
        return;
    const auto peak = std::max_element(patch.excess.begin(), patch.excess.end());
    const float level = umbrella_level * *peak;
    const auto at = static_cast<std::ptrdiff_t>(peak - patch.excess.begin());
    const auto reach_from = [&](std::ptrdiff_t step) {
        std::ptrdiff_t last = at;
        for (std::ptrdiff_t i = at; i >= 0 && i < static_cast<std::ptrdiff_t>(patch.excess.size()); i += step) {
            if (patch.excess[static_cast<std::size_t>(i)] >= level)
                last = i;
            else
                break;
        }
        return last;
    };
    const std::ptrdiff_t first = reach_from(-1);
    const std::ptrdiff_t last = reach_from(1);
    if (last - first + 1 < least_umbrella)
        return;
    const auto part = [&](const std::vector<float>& values) {
        return std::accumulate(values.begin() + first, values.begin() + last + 1, 0.0);
    };
    if (part(patch.excess) < umbrella_snr * part(patch.noise))
        return; // a rise of the noise
    const auto edge = [&](std::ptrdiff_t i) {
        return brief_->edge_hz(static_cast<double>(static_cast<std::ptrdiff_t>(patch.low) + i));
    };
    std::erase_if(umbrellas_, [&](const Umbrella& u) { return u.id == patch.id; });
    umbrellas_.push_back({patch.id, whole.time, {edge(first), edge(last + 1)}, filled(patch, first, last), open});
}

bool Detector::filled(const Patch& brief, std::ptrdiff_t first, std::ptrdiff_t last) const
{
    const auto place = [&](std::ptrdiff_t i) {
        return brief_->edge_hz(static_cast<double>(static_cast<std::ptrdiff_t>(brief.low) + i));
    };
    const double low_hz = place(first);
    const auto bins = static_cast<std::size_t>((place(last + 1) - low_hz) / narrow_->bin_hz);
    // Mean density of what the narrow rows see there, now and lately.
    std::vector<double> seen(bins, 0.0);
    const auto see = [&](const Patch& narrow) {
        for (std::size_t i = 0; i < narrow.excess.size(); ++i) {
            const double at = (narrow_->edge_hz(static_cast<double>(narrow.low + i) + 0.5) - low_hz) / narrow_->bin_hz;
            if (at < 0.0 || at >= static_cast<double>(bins))
                continue;
            double& bin = seen[static_cast<std::size_t>(at)];
            bin = std::max(bin, static_cast<double>(narrow.excess[i]) / static_cast<double>(narrow.rows_on));
        }
    };
    for (const auto& patch : narrow_->builder.open())
        see(*patch);
    for (const auto& sighting : waiting_)
        see(*sighting.patch);
    std::size_t full = 0;
    for (std::size_t i = 0; i < bins; ++i) {
        const double cell = (static_cast<double>(i) + 0.5) * narrow_->bin_hz / brief_->bin_hz;
        const auto at = std::min(first + static_cast<std::ptrdiff_t>(cell), last);
        const double spread = static_cast<double>(brief.excess[static_cast<std::size_t>(at)]) /
                              static_cast<double>(brief.rows_on) * narrow_->bin_hz / brief_->bin_hz;
        full += seen[i] >= gap_level * spread ? 1U : 0U;
    }
    const bool anything = std::any_of(seen.begin(), seen.end(), [](double level) { return level > 0.0; });
    return !anything || static_cast<double>(full) >= least_filled * static_cast<double>(bins);
}

std::uint64_t Detector::umbrella_of(const Activity& activity) const
{
    const double slack_s = static_cast<double>(narrow_->shape.row_step()) / resolutions_.sample_rate_hz;
    for (const auto& u : umbrellas_) {
        if (!u.filled)
            continue;
        const double common = std::min(u.time.end_s + slack_s, activity.time.end_s) -
                              std::max(u.time.start_s - slack_s, activity.time.start_s);
        if (common >= 0.8 * activity.time.length() && u.core.overlap(activity.core) >= 0.8 * activity.core.width())
            return u.id;
    }
    return 0;
}

void Detector::add_brief()
{
    const double old_s = base_s_ + static_cast<double>(samples_) / resolutions_.sample_rate_hz - umbrella_memory_s;
    std::erase_if(umbrellas_, [&](const Umbrella& u) { return u.time.end_s < old_s; });
    const double slack_hz = 1.5 * resolutions_.brief_bin_hz();
    const double slack_s = static_cast<double>(resolutions_.narrow.row_step()) / resolutions_.sample_rate_hz;
    std::vector<Activity> others;
    for (const auto& patch : narrow_->builder.open())
        others.push_back(describe(*patch, *narrow_, Sight::narrow));
    for (const auto& sighting : waiting_)
        others.push_back(describe(*sighting.patch, *narrow_, Sight::narrow));
    for (const auto& patch : brief_->builder.open())
        remember_umbrella(*patch, true);
    for (auto& patch : brief_->builder.take_closed()) {
        remember_umbrella(*patch, false);
        Activity burst = describe(*patch, *brief_, Sight::brief);
        // What lies where the narrow rows see something at that time needs no second mention.
        std::vector<double> rest(patch->excess.begin(), patch->excess.end());
        double beside = 0.0;
        for (const auto& other : others) {
            if (other.time.start_s - slack_s > burst.time.end_s || other.time.end_s + slack_s < burst.time.start_s)
                continue;
            beside = std::max(beside, other.power);
            for (std::size_t i = 0; i < rest.size(); ++i) {
                const double low = brief_->edge_hz(static_cast<double>(patch->low + i));
                if (low < other.core.high_hz + slack_hz && low + brief_->bin_hz > other.core.low_hz - slack_hz)
                    rest[i] = 0.0;
            }
        }
        const double all = std::accumulate(patch->excess.begin(), patch->excess.end(), 0.0);
        const double left = std::accumulate(rest.begin(), rest.end(), 0.0);
        if (left < 0.5 * all)
            continue;
        const double noise = std::accumulate(patch->noise.begin(), patch->noise.end(), 0.0);
        if (all < least_wide_snr * noise && burst.reach.width() > 8.0 * resolutions_.brief_bin_hz()) {
            ++count_.by_products; // the noise itself is unsteady
            continue;
        }
        if (burst.power < 0.1 * beside) {
            ++count_.by_products; // splatter of keying that the narrow rows do not part
            continue;
        }
        const auto first =
            static_cast<std::uint64_t>(std::max(0.0, burst.time.start_s - base_s_) * resolutions_.sample_rate_hz);
        const auto count = std::min<std::uint64_t>(
            fine_budget, static_cast<std::uint64_t>(burst.time.length() * resolutions_.sample_rate_hz));
        burst.spectrum =
            analyser_.analyse(history_, base_sample_ + first, count, burst.reach.low_hz - burst.reach.width(),
                              burst.reach.high_hz + burst.reach.width(), dc_line_);
        burst.spectrum.noise_per_hz =
            burst.spectrum.weight * static_cast<double>(estimate_.brief[patch->low]) / resolutions_.brief_bin_hz();
        burst.bursts = {burst.time};
        burst.sharp = true;
        tracker_.add(std::move(burst));
    }
}

} // namespace gacsong::detect
