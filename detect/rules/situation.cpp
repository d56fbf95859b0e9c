// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/situation.hpp"

#include "detect/rules/quantities.hpp"

#include <algorithm>
#include <array>

namespace gacsong {

namespace {

constexpr double modulation_share = 0.02; // by which modulation moves the midpoint of a signal's band
constexpr double unsure_share = 0.1;      // the same where quality or signal-to-noise ratio is low
constexpr double certain = 0.8;           // confidence from which a recognised system decides

} // namespace

std::string Situation::register_name() const { return context.licences ? context.licences->name() : std::string(); }

std::string_view Situation::system() const
{
    const bool known = emission.system.name != "unknown" && emission.system.confidence >= certain;
    return known ? std::string_view(emission.system.name) : std::string_view();
}

const Tolerance& Situation::tolerance() const { return band != nullptr ? band->tolerance : context.plan.tolerance; }

bool Situation::wider_than(double limit_hz) const
{
    return emission.bandwidth_hz - emission.uncertainty.bandwidth_hz > limit_hz;
}

Situation gather(const Emission& emission, const JudgeContext& context)
{
    const double center = emission.center_hz.value_or(0.0);
    const bool measurable = emission.quality == Quality::good && !emission.bandwidth_estimate;
    const double share = measurable ? modulation_share : unsure_share;
    Situation situation{.emission = emission,
                        .context = context,
                        .when = emission.start.value_or(context.today),
                        .center_hz = center,
                        .low_hz = emission.low_hz.value_or(center - emission.bandwidth_hz / 2.0),
                        .high_hz = emission.high_hz.value_or(center + emission.bandwidth_hz / 2.0),
                        .u_center_hz = std::max(emission.uncertainty.center_hz, share * emission.bandwidth_hz),
                        .measurable = measurable,
                        .band = nullptr,
                        .guarded = {},
                        .exempt = {},
                        .licences = {},
                        .decided = {}};
    situation.band = context.plan.band_at(center, situation.when);
    if (context.licences) {
        const Heard heard{.center_hz = center,
                          .bandwidth_hz = emission.bandwidth_hz,
                          .u_center_hz = situation.u_center_hz,
                          .bandwidth_known = situation.measurable};
        situation.licences = search_licences(*context.licences, heard, situation.band, situation.tolerance(),
                                             context.place, situation.when);
    }
    situation.guarded = search_protected(situation);
    situation.exempt = search_exempt(situation);
    return situation;
}

Value class_name(const ExemptClass& exempt)
{
    return std::vector<Message>{Message("exempt.row", {{"device", Term{exempt.device}},
                                                       {"low", stated_frequency(exempt.row.low_hz)},
                                                       {"high", stated_frequency(exempt.row.high_hz)}})};
}

Value term_list(const std::vector<std::string>& terms)
{
    constexpr std::array<std::string_view, 4> keys{"list.of1", "list.of2", "list.of3", "list.of4"};
    constexpr std::array<std::string_view, 4> names{"a", "b", "c", "d"};
    if (terms.empty()) {
        return Term{"unknown"};
    }
    const std::size_t count = std::min(terms.size(), keys.size());
    Message list{std::string(keys.at(count - 1))};
    for (std::size_t i = 0; i < count; ++i) {
        list.arguments.push_back(Argument{std::string(names.at(i)), Term{terms[i]}});
    }
    return std::vector<Message>{std::move(list)};
}

bool holds(const std::vector<std::string>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace gacsong
