// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/occupancy/occupancy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gacsong {

namespace {

/// Looks of one channel in order of time.
ChannelOccupancy of_channel(double center_hz, std::span<const ChannelSample> samples)
{
    std::vector<bool> on;
    on.reserve(samples.size());
    for (const ChannelSample& sample : samples)
        on.push_back(sample.occupied);
    ChannelOccupancy out;
    out.center_hz = center_hz;
    out.looks = samples.size();
    out.occupied = static_cast<std::uint64_t>(std::ranges::count(on, true));
    out.fco = static_cast<double>(out.occupied) / static_cast<double>(out.looks);
    out.independent = static_cast<double>(out.looks) * independent_share(on);
    out.interval = wilson(out.fco, out.independent);
    return out;
}

/// Shortest row of equal samples that begins and ends inside the observation.
std::size_t shortest_row(std::span<const ChannelSample> samples)
{
    std::size_t shortest = std::numeric_limits<std::size_t>::max();
    std::size_t length = 1;
    bool first = true;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (samples[i].occupied == samples[i - 1].occupied) {
            ++length;
            continue;
        }
        if (!first)
            shortest = std::min(shortest, length);
        first = false;
        length = 1;
    }
    return shortest;
}

} // namespace

std::size_t OccupancyOrder::channels() const
{
    return static_cast<std::size_t>(std::max(1.0, std::floor((high_hz - low_hz) / channel_hz + 1e-6)));
}

double OccupancyOrder::center_hz(std::size_t channel) const
{
    return low_hz + (static_cast<double>(channel) + 0.5) * channel_hz;
}

Occupancy sum_up(const OccupancyOrder& order, std::vector<ChannelSample> samples, double cells, double occupied_cells)
{
    Occupancy out;
    if (samples.empty())
        return out;
    std::ranges::stable_sort(samples, [](const ChannelSample& a, const ChannelSample& b) {
        return a.channel != b.channel ? a.channel < b.channel : a.when < b.when;
    });
    double revisit = 0.0;
    double steps = 0.0;
    double independent = 0.0;
    std::size_t shortest = std::numeric_limits<std::size_t>::max();
    out.start = out.end = samples.front().when;
    for (std::size_t i = 0; i < samples.size();) {
        std::size_t end = i;
        while (end < samples.size() && samples[end].channel == samples[i].channel)
            ++end;
        const auto part = std::span(samples).subspan(i, end - i);
        out.channels.push_back(of_channel(order.center_hz(samples[i].channel), part));
        out.sro += out.channels.back().fco;
        independent += out.channels.back().independent;
        shortest = std::min(shortest, shortest_row(part));
        revisit += 1e-9 * static_cast<double>(part.back().when.unix_ns - part.front().when.unix_ns);
        steps += static_cast<double>(part.size() - 1);
        out.start = std::min(*out.start, part.front().when);
        out.end = std::max(*out.end, part.back().when);
        i = end;
    }
    out.sro /= static_cast<double>(out.channels.size());
    out.sro_interval = wilson(out.sro, independent);
    out.fbo = cells > 0.0 ? occupied_cells / cells : 0.0;
    out.coverage = static_cast<double>(out.channels.size()) / static_cast<double>(order.channels());
    out.revisit_s = steps > 0.0 ? revisit / steps : 0.0;
    out.duration_s = 1e-9 * static_cast<double>(out.end->unix_ns - out.start->unix_ns);
    // T_R ≤ ½·min(shortest on, shortest off) catches every transmission (monitoring.md §1.1).
    out.statistical = shortest < 2 || steps == 0.0 || shortest == std::numeric_limits<std::size_t>::max();
    return out;
}

} // namespace gacsong
