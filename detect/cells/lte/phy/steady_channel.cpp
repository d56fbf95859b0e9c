// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/steady_channel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace gacsong::detect::lte {

namespace {

constexpr std::int64_t most_half_frames = 64;

struct Heard {
    std::int64_t half_frame;
    RawChannel raw;
};

/// Sum of the channels, each turned back by its half frame's phase.
std::vector<std::vector<Sample>> turned_sum(const std::vector<Heard>& heard, double phase, std::size_t ports)
{
    std::vector<std::vector<Sample>> out(ports, std::vector<Sample>(heard.front().raw.ports.front().size()));
    for (const Heard& one : heard) {
        const auto back = Sample(std::polar(1.0, -phase * static_cast<double>(one.half_frame)));
        for (std::size_t p = 0; p < ports; ++p)
            for (std::size_t i = 0; i < out[p].size(); ++i)
                out[p][i] += one.raw.ports[p][i] * back;
    }
    return out;
}

double power_of(const std::vector<std::vector<Sample>>& ports)
{
    double out = 0.0;
    for (const auto& port : ports)
        for (const Sample& value : port)
            out += std::norm(value);
    return out;
}

} // namespace

SteadyChannel::SteadyChannel(SubframeReader& reader, ChannelEstimator& estimator, const Place& place, unsigned ports)
{
    std::vector<Heard> heard;
    Grid grid;
    for (std::int64_t half = 0; half < most_half_frames && reader.read(place, 5 * half, grid); ++half)
        heard.push_back({half, estimator.collect(grid, half % 2 == 0 ? 0 : 5, ports)});
    if (heard.empty())
        return;
    count_ = heard.size();
    // Ports 0 and 1 decide; what is sent there in a cell of one port is noise.
    const std::size_t deciding = std::min(ports, 2U);
    const std::size_t steps = 4 * count_;
    double best = -1.0;
    for (std::size_t i = 0; i < steps; ++i) {
        const double phase = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(steps);
        if (const double power = power_of(turned_sum(heard, phase, deciding)); power > best) {
            best = power;
            phase_ = phase;
        }
    }
    mean_.ports = turned_sum(heard, phase_, ports);
    const auto share = static_cast<float>(1.0 / static_cast<double>(count_));
    for (auto& port : mean_.ports)
        for (Sample& value : port)
            value *= share;
    for (const Heard& one : heard)
        mean_.noise += one.raw.noise / static_cast<double>(count_);
}

ChannelEstimate SteadyChannel::at(ChannelEstimator& estimator, std::int64_t half_frame) const
{
    RawChannel turned = mean_;
    const auto turn = Sample(std::polar(1.0, phase_ * static_cast<double>(half_frame)));
    for (auto& port : turned.ports)
        for (Sample& value : port)
            value *= turn;
    return estimator.smooth(turned, static_cast<double>(count_));
}

} // namespace gacsong::detect::lte
