// SPDX-License-Identifier: GPL-3.0-or-later
// S01 … S10: parameters that draw phones in and hold them (fake-base-stations.md §2.4).
#include "detect/rules/cells/indicator.hpp"

#include <array>

namespace gacsong {

namespace {

Answer high_offset(const CellCase& c)
{
    constexpr std::int64_t most_db = 80;   // raw 40 is common somewhere; above is rare
    constexpr std::int64_t negative = 640; // PENALTY_TIME 31: the offset is subtracted
    if (!c.certain({"SI3", "SI4"}))
        return lacks("decoded");
    const char* from = c.blocks("SI3") > 0 ? "SI3" : "SI4";
    const auto offset = c.number(from, "cell_reselect_offset_db");
    if (!offset)
        return NotFired{};
    if (*offset <= most_db || c.number(from, "penalty_time_s") == negative)
        return NotFired{};
    return Fired{1.0, {{"value", Quantity{static_cast<double>(*offset), Unit::db}}}};
}

Answer short_update(const CellCase& c)
{
    constexpr std::int64_t longest_min = 24; // code 4; above, only against the operator's own
    if (!c.certain({"SI3"}))
        return lacks("decoded");
    const auto minutes = c.number("SI3", "t3212_min");
    if (!minutes || *minutes == 0 || *minutes > longest_min)
        return NotFired{};
    return Fired{1.0, {{"count", *minutes}}};
}

Answer needs_baseline(const CellCase& /*c*/) { return lacks("baseline"); }
Answer needs_lte_information(const CellCase& /*c*/) { return lacks("lte_information"); }

constexpr std::array<Indicator, 10> indicators{{
    {"S01", 18.0, "LURE", true, "gsm", high_offset},
    {"S02", 6.0, "LURE", false, "all", needs_baseline},
    {"S03", 16.0, "AREA", false, "all", needs_baseline},
    {"S04", 4.0, "LURE", false, "all", needs_baseline},
    {"S05", 10.0, "LURE", true, "gsm", short_update},
    {"S06", 12.0, "DOWN", true, "lte", needs_lte_information},
    {"S07", 10.0, "DOWN", true, "lte", needs_lte_information},
    {"S08", 14.0, "DOWN", true, "lte", needs_lte_information},
    {"S09", 8.0, "LURE", false, "all", needs_baseline},
    {"S10", 8.0, "LURE", false, "all", needs_baseline},
}};

} // namespace

std::span<const Indicator> lure_indicators() { return indicators; }

} // namespace gacsong
