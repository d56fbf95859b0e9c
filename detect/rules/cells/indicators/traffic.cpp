// SPDX-License-Identifier: GPL-3.0-or-later
// P12, D01 … D03: what a cell has to do; only counts (fake-base-stations.md §2.5, §2.6).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace gacsong {

namespace {

bool called_anyone(const Paging& paging)
{
    return paging.identities + paging.requests + paging.assignments.value_or(0) + paging.rejects.value_or(0) +
               paging.responses.value_or(0) >
           0;
}

Answer no_traffic(const CellCase& c)
{
    constexpr double least_share = 0.02;
    if (!c.identified())
        return lacks("decoded");
    if (c.excused())
        return lacks("excused");
    const double q = c.watched_traffic();
    if (q == 0.0)
        return lacks("watch");
    // A cell that sends and receives on one frequency in turn beside the operator's others would disturb them.
    if (!c.gsm() && c.off_the_common_frame_s().value_or(0.0) > 0.0)
        return Fired{q, {}, 0.0, true, "why_frames"};
    if (const auto& paging = c.cell().paging; paging && called_anyone(*paging))
        return NotFired{};
    return c.gsm() || *c.cell().pdsch_share < least_share ? Answer(Fired{q, {}}) : Answer(NotFired{});
}

/// The middle of a figure of the operator's other cells; nothing where fewer than three have it.
template <class Get> std::optional<double> usual(const CellCase& c, Get get)
{
    std::vector<double> all;
    for (const auto& other : c.baseline().cells()) {
        if (const std::optional<double> value = other.cell->paging ? get(*other.cell->paging) : std::nullopt)
            all.push_back(*value);
    }
    if (all.size() < 3)
        return std::nullopt;
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

Answer permanent_identities(const CellCase& c)
{
    constexpr std::uint64_t least_pagings = 50;
    constexpr double least_share = 0.3;
    constexpr double times_usual = 3.0;
    const double watched = c.watched_traffic();
    if (watched == 0.0 || !c.cell().paging || c.cell().paging->identities < least_pagings)
        return lacks("watch");
    const double q = quality_of({watched, c.baseline().quality()});
    const auto theirs = usual(c, [](const Paging& one) { return one.imsi_share; });
    if (q == 0.0 || !theirs)
        return lacks("baseline");
    const double share = c.cell().paging->imsi_share.value_or(0.0);
    if (share <= least_share || share < times_usual * *theirs)
        return NotFired{};
    return Fired{q, {{"share", Quantity{100.0 * share, Unit::percent}}}};
}

/// GSM: how many of its answers to first contacts turn the phone away. LTE has no such answer.
std::optional<Fired> turned_away(const Paging& paging, double q)
{
    constexpr std::uint64_t least = 10;
    const auto rejects = paging.rejects.value_or(0);
    const auto all = paging.assignments.value_or(0) + rejects;
    if (all < least || 2 * rejects < all)
        return std::nullopt;
    return Fired{q, {{"count", static_cast<std::int64_t>(rejects)}, {"all", static_cast<std::int64_t>(all)}}};
}

Answer contacts(const CellCase& c)
{
    constexpr double least_per_min = 20.0;
    constexpr double share_of_usual = 0.05;
    const double watched = c.watched_traffic();
    if (!c.cell().paging || watched == 0.0)
        return lacks("watch");
    const auto& paging = *c.cell().paging;
    const auto answered = contacts_per_min(c.cell());
    if (!answered || (c.gsm() && !paging.rejects) || (!c.gsm() && !paging.requests_per_min))
        return lacks("contacts");
    const double q = quality_of({watched, c.baseline().quality()});
    if (q == 0.0)
        return lacks("baseline");
    if (auto away = turned_away(paging, q))
        return *std::move(away);
    if (*answered < least_per_min)
        return NotFired{};
    // Many contacts: were they called for?
    const auto theirs = usual(c, [](const Paging& one) { return one.requests_per_min; });
    if (!theirs)
        return lacks("baseline");
    const double own = paging.requests_per_min.value_or(0.0);
    if (own > share_of_usual * *theirs)
        return NotFired{};
    const auto rounded = [](double value) { return static_cast<std::int64_t>(std::llround(value)); };
    return Fired{q,
                 {{"count", rounded(*answered)}, {"pagings", rounded(own)}, {"usual", rounded(*theirs)}},
                 0.0,
                 true,
                 "why_unpaged"};
}

Answer identity_requests(const CellCase& /*c*/) { return lacks("not_passive"); }

constexpr std::array<Indicator, 4> indicators{{
    {"P12", 10.0, "TRAF", false, "all", no_traffic},
    {"D01", 8.0, "TRAF", false, "all", permanent_identities},
    {"D02", 8.0, "TRAF", false, "all", contacts},
    {"D03", 0.0, "TRAF", false, "all", identity_requests},
}};

} // namespace

std::span<const Indicator> traffic_indicators() { return indicators; }

} // namespace gacsong
