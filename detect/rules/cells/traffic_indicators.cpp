// SPDX-License-Identifier: GPL-3.0-or-later
// D01 … D03: rates of paging and assignments; only counts (fake-base-stations.md §2.6).
#include "detect/rules/cells/indicator.hpp"

#include <array>

namespace gacsong {

namespace {

constexpr double long_watch_s = 60.0;

Answer permanent_identities(const CellCase& /*c*/) { return lacks("baseline"); }

Answer contacts(const CellCase& c)
{
    constexpr std::uint64_t least = 10;
    if (!c.cell().paging || c.dwell_s() < long_watch_s)
        return lacks("watch");
    const auto& paging = *c.cell().paging;
    const auto all = paging.assignments + paging.rejects;
    if (all < least || 2 * paging.rejects < all)
        return NotFired{};
    return Fired{1.0, {{"count", static_cast<std::int64_t>(paging.rejects)}, {"all", static_cast<std::int64_t>(all)}}};
}

Answer identity_requests(const CellCase& /*c*/) { return lacks("not_passive"); }

constexpr std::array<Indicator, 3> indicators{{
    {"D01", 8.0, "TRAF", false, "all", permanent_identities},
    {"D02", 8.0, "TRAF", false, "all", contacts},
    {"D03", 0.0, "TRAF", false, "all", identity_requests},
}};

} // namespace

std::span<const Indicator> traffic_indicators() { return indicators; }

} // namespace gacsong
