// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/occupancy/from_runs.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double second_s = 1.0;
constexpr double usable = 0.8; ///< of a receiver's band

/// The looks that a scan stands for.
std::vector<Look> looks_of_scan(const WatchedRun& one)
{
    std::vector<Look> looks;
    const StreamInfo& stream = one.run.stream;
    if (!stream.center_hz || stream.sample_rate_hz <= 0.0)
        return looks;
    const double half = 0.5 * usable * stream.sample_rate_hz;
    double lost_s = 0.0;
    for (const Gap& gap : one.gaps)
        lost_s += static_cast<double>(gap.samples) / stream.sample_rate_hz;
    const double length_s = static_cast<double>(one.end.samples) / stream.sample_rate_hz + lost_s;
    for (double at = 0.0; at < length_s; at += second_s) {
        const double seconds = std::min(second_s, length_s - at);
        const bool blind = std::ranges::any_of(one.gaps, [&](const Gap& gap) {
            const double end = gap.at_s + static_cast<double>(gap.samples) / stream.sample_rate_hz;
            return gap.at_s < at + seconds && end > at;
        });
        if (!blind)
            looks.push_back(
                {at, seconds, *stream.center_hz, *stream.center_hz - half, *stream.center_hz + half, "scan"});
    }
    return looks;
}

bool on_during(const Emission& e, const Look& look)
{
    const auto meets = [&](double start, double end) { return start < look.at_s + look.seconds && end > look.at_s; };
    if (!meets(e.start_s, e.end_s))
        return false;
    if (e.burst_list.empty() || e.bursts > e.burst_list.size())
        return true;
    return std::ranges::any_of(e.burst_list, [&](const Burst& burst) { return meets(burst.start_s, burst.end_s); });
}

double low_of(const Emission& e) { return e.low_hz.value_or(*e.center_hz - 0.5 * e.bandwidth_hz); }
double high_of(const Emission& e) { return e.high_hz.value_or(*e.center_hz + 0.5 * e.bandwidth_hz); }

/// Channels of one run as its looks saw them.
class Watch {
public:
    explicit Watch(const OccupancyOrder& order) : order_(order) {}

    void take(const WatchedRun& one)
    {
        if (!one.run.stream.start)
            return;
        const auto looks = one.looks.empty() ? looks_of_scan(one) : one.looks;
        for (const Look& look : looks)
            take(one, look);
    }

    std::vector<ChannelSample> samples;
    double cells = 0.0;
    double occupied_cells = 0.0;

private:
    void take(const WatchedRun& one, const Look& look)
    {
        const double from = std::ceil((look.low_hz - order_.low_hz) / order_.channel_hz - 1e-6);
        const double to = std::floor((look.high_hz - order_.low_hz) / order_.channel_hz + 1e-6);
        const auto first = static_cast<std::size_t>(std::max(0.0, from));
        const auto last = static_cast<std::size_t>(std::clamp(to, 0.0, static_cast<double>(order_.channels())));
        std::vector<const Emission*> on;
        for (const Emission& e : one.emissions)
            if (e.center_hz && on_during(e, look))
                on.push_back(&e);
        const Instant when{one.run.stream.start->unix_ns + static_cast<std::int64_t>(std::llround(look.at_s * 1e9))};
        for (std::size_t channel = first; channel < last; ++channel) {
            const double low = order_.center_hz(channel) - 0.5 * order_.channel_hz;
            const double high = low + order_.channel_hz;
            double filled = 0.0;
            bool occupied = false;
            for (const Emission* e : on) {
                const double common = std::min(high, high_of(*e)) - std::max(low, low_of(*e));
                const bool inside = *e->center_hz >= low && *e->center_hz < high;
                occupied = occupied || inside || common >= 0.5 * order_.channel_hz ||
                           (e->bandwidth_hz > 0.0 && common >= 0.5 * e->bandwidth_hz);
                filled += std::max(0.0, common);
            }
            samples.push_back({channel, when, occupied});
            cells += 1.0;
            occupied_cells += std::min(1.0, filled / order_.channel_hz);
        }
    }

    const OccupancyOrder& order_;
};

bool looked_into(const Run& run, const OccupancyOrder& order)
{
    if (run.low_hz && run.high_hz)
        return *run.low_hz<order.high_hz&& * run.high_hz> order.low_hz;
    if (!run.stream.center_hz)
        return false;
    const double half = 0.5 * usable * run.stream.sample_rate_hz;
    return *run.stream.center_hz - half<order.high_hz&& * run.stream.center_hz + half> order.low_hz;
}

} // namespace

Result<Occupancy> occupancy_from(std::span<const WatchedRun> runs, const OccupancyOrder& order)
{
    Watch watch(order);
    for (const WatchedRun& one : runs)
        watch.take(one);
    if (watch.samples.empty())
        return failure("occupancy.nothing",
                       {{"low", Quantity{order.low_hz, Unit::frequency, 1e3}},
                        {"high", Quantity{order.high_hz, Unit::frequency, 1e3}}},
                       Fault::usage);
    return sum_up(order, std::move(watch.samples), watch.cells, watch.occupied_cells);
}

Result<std::vector<WatchedRun>> watched_runs(Store& store, const OccupancyOrder& order,
                                             std::optional<std::int64_t> number)
{
    auto all = store.runs(number);
    if (!all)
        return tl::unexpected(all.error());
    if (number && all->empty())
        return failure("occupancy.no_run", {{"run", std::to_string(*number)}}, Fault::usage);
    std::vector<WatchedRun> watched;
    for (const StoredRun& stored : *all) {
        if (!looked_into(stored.run, order))
            continue;
        auto emissions = store.emissions(stored.number);
        auto looks = store.looks(stored.number);
        auto gaps = store.gaps(stored.number);
        if (!emissions || !looks || !gaps)
            return tl::unexpected(!emissions ? emissions.error() : !looks ? looks.error() : gaps.error());
        watched.push_back({stored.run, stored.end, std::move(*emissions), std::move(*looks), std::move(*gaps)});
    }
    return watched;
}

} // namespace gacsong
