// SPDX-License-Identifier: GPL-3.0-or-later
// A numbered channel in use that the register assigns to no station around the receiver. Where channels have numbers
// this takes the place of unlicensed-emission: one fact, one finding.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"
#include "detect/rules/unlicensed.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::string_view id = "unassigned-channel";
constexpr std::array<std::string_view, 3> needs{"center", "register", "place"};
constexpr double least_filling = 0.5; // share of the channel that its rightful use fills
constexpr std::int64_t first_television_channel = 21;

/// The number of the channel that the emission fills; nothing where it fills none.
std::optional<std::int64_t> channel_number(const Situation& s)
{
    if (s.band == nullptr || !s.band->channels || s.band->channels->numbering != "television") {
        return std::nullopt;
    }
    const auto& raster = s.band->channels->raster;
    const bool centred = std::abs(raster.distance(s.center_hz)) <= s.band->tolerance.at(s.center_hz) + s.u_center_hz;
    if (!centred || s.emission.bandwidth_hz < least_filling * raster.step_hz) {
        return std::nullopt;
    }
    return raster.index(s.center_hz) + first_television_channel;
}

Value place_name(const Place& place)
{
    const bool north = place.latitude >= 0.0;
    const bool east = place.longitude >= 0.0;
    const std::string key = std::string("place.") + (north ? "north_" : "south_") + (east ? "east" : "west");
    return std::vector<Message>{Message{key,
                                        {{"lat", Quantity{std::abs(place.latitude), Unit::degrees, 1e-5}},
                                         {"lon", Quantity{std::abs(place.longitude), Unit::degrees, 1e-5}}}}};
}

RuleResult evaluate(const Situation& s)
{
    const auto channel = channel_number(s);
    if (!channel || !s.context.place || !seems_unlicensed(s)) {
        return {};
    }
    const Verified verified = std::min(s.band->row.verified, s.band->channels->verified);
    RuleResult result = unlicensed_verdict(s);
    result.finding =
        Finding{.id = {},
                .subject = {},
                .rule = std::string(id),
                .severity = at_most(unlicensed_severity(s), verified),
                .center_hz = s.center_hz,
                .message = Message("rule.unassigned-channel.text", {{"channel", *channel},
                                                                    {"center", frequency(s.center_hz, s.u_center_hz)},
                                                                    {"register", s.register_name()},
                                                                    {"place", place_name(*s.context.place)}}),
                .reference = s.band->row.reference};
    add_verification(result.reasons, id, verified, s.band->row.reference);
    return result;
}

} // namespace

const Rule rule_unassigned_channel{.info = {.id = id,
                                            .version = 1,
                                            .ceiling = Severity::serious,
                                            .name_key = "rule.unassigned-channel.name",
                                            .needs = needs},
                                   .evaluate = evaluate};

} // namespace gacsong
