// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/channel.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr double least_rate_hz = 250e3; ///< what an ISM helper asks for; voice and data channels need less
constexpr double flat_share = 0.25;     ///< of the channel's rate, each side: a short filter does
constexpr double flat_width = 1.2;      ///< of the emission's bandwidth, each side
constexpr std::size_t least_decimation = 4;
constexpr std::size_t most_decimation = 1024;
constexpr double margin_s = 0.05;   ///< around the emission, in which a look may begin or end
constexpr double longest_s = 6.0;   ///< that a look mostly reads
constexpr double most_bytes = 64e6; ///< that a group may keep

/// A power of two; 0 where the recording itself is read.
std::size_t decimation_for(double emission_width_hz, const Replay& replay)
{
    if (replay.history == nullptr || replay.sample_rate_hz <= 0.0)
        return 0;
    const double rate_hz = std::max(least_rate_hz, flat_width * emission_width_hz / flat_share);
    const double most = std::floor(replay.sample_rate_hz / rate_hz + 1e-9);
    if (most < static_cast<double>(least_decimation))
        return 0;
    return std::bit_floor(static_cast<std::size_t>(std::min(most, static_cast<double>(most_decimation))));
}

/// A moment as a sample of the recording.
std::uint64_t sample_at(double at_s, const Replay& replay)
{
    const double samples = (at_s - replay.origin_s) * replay.sample_rate_hz;
    return replay.first_sample + static_cast<std::uint64_t>(std::max(0.0, samples));
}

/// Emissions that will share a group.
struct Draft {
    std::vector<ChannelWish> wishes;
    std::vector<std::size_t> emissions;
    double bytes = 0.0;
};

} // namespace

std::unique_ptr<Channel> Channel::around(double offset_hz, double emission_width_hz, const Replay& replay)
{
    const std::size_t decimation = decimation_for(emission_width_hz, replay);
    if (decimation == 0)
        return nullptr;
    const ChannelWish wish{offset_hz};
    return std::make_unique<Channel>(std::make_shared<ChannelGroup>(replay, decimation, std::span(&wish, 1)), 0,
                                     replay);
}

Channel::Channel(std::shared_ptr<ChannelGroup> group, std::size_t member, const Replay& replay)
    : group_(std::move(group)), member_(member), recording_(replay)
{
}

Replay Channel::replay() const
{
    Replay out = recording_;
    out.history = this;
    out.sample_rate_hz = group_->rate_hz();
    out.first_sample = first();
    const double skipped =
        static_cast<double>(first()) * static_cast<double>(decimation()) - static_cast<double>(recording_.first_sample);
    out.origin_s = recording_.origin_s + skipped / recording_.sample_rate_hz;
    return out;
}

bool Channel::holds(const Cut& wanted) const
{
    return std::abs(wanted.offset_hz - offset_hz()) + wanted.half_width_hz <= group_->half_width_hz() &&
           wanted.rate_hz <= group_->rate_hz() * (1.0 + 1e-9);
}

Status Channel::read(std::uint64_t first_sample, std::span<std::complex<float>> out) const
{
    if (first_sample < first() || first_sample + out.size() > end())
        return failure("history.outside", {{"file", std::string("-")}});
    group_->read(member_, first_sample, out);
    return {};
}

std::vector<std::unique_ptr<Channel>> channels_for(std::span<const Emission> emissions, const Replay& replay)
{
    std::vector<std::unique_ptr<Channel>> out(emissions.size());
    std::map<std::size_t, std::vector<Draft>> drafts; // by decimation
    for (std::size_t i = 0; i < emissions.size(); ++i) {
        const Emission& e = emissions[i];
        const std::size_t decimation = decimation_for(e.bandwidth_hz, replay);
        if (decimation == 0)
            continue;
        const double read_s = std::min(longest_s, e.end_s - e.start_s) + 2.0 * margin_s;
        const double bytes =
            read_s * replay.sample_rate_hz / static_cast<double>(decimation) * sizeof(std::complex<float>);
        auto& groups = drafts[decimation];
        if (groups.empty() || groups.back().bytes + bytes > most_bytes)
            groups.emplace_back();
        groups.back().wishes.push_back(
            {raw_offset_hz(e, replay), sample_at(e.start_s - margin_s, replay), sample_at(e.end_s + margin_s, replay)});
        groups.back().emissions.push_back(i);
        groups.back().bytes += bytes;
    }
    for (const auto& [decimation, groups] : drafts)
        for (const Draft& draft : groups) {
            const auto group = std::make_shared<ChannelGroup>(replay, decimation, draft.wishes);
            for (std::size_t member = 0; member < draft.emissions.size(); ++member)
                out[draft.emissions[member]] = std::make_unique<Channel>(group, member, replay);
        }
    return out;
}

} // namespace gacsong::detect
