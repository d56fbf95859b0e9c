// SPDX-License-Identifier: GPL-3.0-or-later
// S01 … S10: parameters that draw phones in and hold them (fake-base-stations.md §2.4).
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
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

/// Largest number of a list or a single field of any SI message; nothing where none has it.
std::optional<std::int64_t> largest(const CellCase& c, std::string_view field)
{
    std::optional<std::int64_t> out;
    const auto take = [&out](std::int64_t value) { out = std::max(out.value_or(value), value); };
    for (const auto& message : c.cell().messages) {
        for (const auto& [name, value] : message.contents) {
            if (name != field)
                continue;
            if (const auto* one = std::get_if<std::int64_t>(&value))
                take(*one);
            if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value))
                std::for_each(list->begin(), list->end(), take);
        }
    }
    return out;
}

bool gsm_is_over(const CellCase& c)
{
    const auto& rows = c.context().plan.switched_off;
    return c.dated() && std::any_of(rows.begin(), rows.end(), [&](const SwitchedOff& off) {
               return off.technology == "gsm" && off.row.validity.from && c.when() >= *off.row.validity.from &&
                      std::find(off.plmn.begin(), off.plmn.end(), c.cell().plmn) != off.plmn.end();
           });
}

Answer road_to_gsm(const CellCase& c)
{
    constexpr double preferred = 20.0;
    constexpr double after_the_end = 26.0;
    const auto geran = c.sends_sib(7);
    if (!c.identified() || !geran)
        return lacks("decoded");
    if (!*geran)
        return NotFired{};
    const auto priority = largest(c, "geran_priorities");
    const auto own = largest(c, "priority");
    const auto others = largest(c, "eutran_priorities");
    const bool first = priority && own && *priority > std::max(*own, others.value_or(*own));
    const bool only = !c.sends_sib(5).value_or(true);
    if (!first && !only)
        return NotFired{};
    return Fired{1.0, {}, gsm_is_over(c) ? after_the_end : (first ? preferred : 0.0)};
}

constexpr std::array<Indicator, 10> indicators{{
    {"S01", 18.0, "LURE", true, "gsm", high_offset},
    {"S02", 6.0, "LURE", false, "all", needs_baseline},
    {"S03", 16.0, "AREA", false, "all", needs_baseline},
    {"S04", 4.0, "LURE", false, "all", needs_baseline},
    {"S05", 10.0, "LURE", true, "gsm", short_update},
    {"S06", 12.0, "DOWN", true, "lte", needs_lte_information},
    {"S07", 10.0, "DOWN", true, "lte", needs_lte_information},
    {"S08", 14.0, "DOWN", true, "lte", road_to_gsm},
    {"S09", 8.0, "LURE", false, "all", needs_baseline},
    {"S10", 8.0, "LURE", false, "all", needs_baseline},
}};

} // namespace

std::span<const Indicator> lure_indicators() { return indicators; }

} // namespace gacsong
