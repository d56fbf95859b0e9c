// SPDX-License-Identifier: GPL-3.0-or-later
// C01 … C09: contradictions inside the broadcast (fake-base-stations.md §2.2).
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace gacsong {

namespace {

std::string area_identity(const CellCase& c, std::string_view message)
{
    for (const auto& one : c.cell().messages) {
        if (one.name != message)
            continue;
        std::string out;
        for (const auto& [field, value] : one.contents) {
            if (const auto* text = std::get_if<std::string>(&value);
                text != nullptr && (field == "mcc" || field == "mnc"))
                out += *text + "-";
            if (const auto* number = std::get_if<std::int64_t>(&value); number != nullptr && field == "lac")
                out += std::to_string(*number);
        }
        return out;
    }
    return {};
}

Answer si3_against_si4(const CellCase& c)
{
    constexpr double certain_s = 10.0;
    if (!c.gsm())
        return lacks("lte_information");
    if (c.cycle() < 0.5)
        return lacks("cycle");
    if (c.blocks("SI3") < 2 || c.blocks("SI4") < 2)
        return lacks("blocks_count");
    const auto three = area_identity(c, "SI3");
    const auto four = area_identity(c, "SI4");
    if (three == four)
        return NotFired{};
    return Fired{c.dwell_s() >= certain_s ? 1.0 : 0.5, {{"area", three}, {"other", four}}};
}

Answer message_missing(const CellCase& c)
{
    if (c.cycle() < 1.0)
        return lacks("cycle");
    std::string missing;
    const auto put = [&](const char* name) { missing += (missing.empty() ? "" : ", ") + std::string(name); };
    if (c.blocks("SI2") == 0)
        put("SI2");
    if (c.blocks("SI4") == 0)
        put("SI4");
    // Announced types share two places of the rotation: as many rotations as there are types.
    const std::array<std::pair<const char*, const char*>, 3> announced{
        {{"gprs", "SI13"}, {"si2ter", "SI2ter"}, {"si2quater", "SI2quater"}}};
    const auto types = std::count_if(announced.begin(), announced.end(),
                                     [&](const auto& one) { return c.flag("SI3", one.first).value_or(false); });
    if (c.dwell_s() >= bcch_rotation_s * static_cast<double>(std::max<std::ptrdiff_t>(2, types))) {
        for (const auto& [field, name] : announced) {
            if (c.flag("SI3", field).value_or(false) && c.blocks(name) == 0)
                put(name);
        }
    }
    if (missing.empty())
        return NotFired{};
    return Fired{1.0, {{"list", missing}}};
}

Answer odd_reselection(const CellCase& c)
{
    if (c.cycle() < 0.5)
        return lacks("cycle");
    for (const char* field : {"cell_reselect_offset_db", "temporary_offset_db", "penalty_time_s", "cell_bar_qualify"}) {
        const auto three = c.number("SI3", field);
        const auto four = c.number("SI4", field);
        if (three && four && *three != *four)
            return Fired{c.cycle(), {{"field", std::string(field)}}};
    }
    constexpr std::int64_t never_ending = -1;
    if (c.number("SI3", "temporary_offset_db") == never_ending)
        return Fired{c.cycle(), {{"field", std::string("temporary_offset_db")}}};
    if (c.flag("SI3", "acs").value_or(false) && c.blocks("SI7") + c.blocks("SI8") == 0)
        return Fired{c.cycle(), {{"field", std::string("acs")}}};
    return NotFired{};
}

Answer impossible_lists(const CellCase& c)
{
    if (c.cycle() < 0.5)
        return lacks("cycle");
    if (c.blocks("SI1") > 0 && c.cell().channel) {
        const auto own = c.list("SI1", "cell_arfcns");
        if (std::find(own.begin(), own.end(), static_cast<std::int64_t>(*c.cell().channel)) == own.end())
            return Fired{c.cycle(), {{"list", std::string("Cell Allocation")}}};
    }
    const auto permitted = c.number("SI2", "ncc_permitted");
    if (permitted && c.cell().bsic && ((*permitted >> (*c.cell().bsic / 8)) & 1) == 0)
        return Fired{c.cycle(), {{"list", std::string("NCC permitted")}}};
    return NotFired{};
}

Answer reserved_values(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    if (c.excused())
        return lacks("excused");
    const auto area = *c.cell().area;
    if (area == 0 || area == 0xFFFE)
        return Fired{1.0, {{"value", "LAC/TAC " + std::to_string(area)}}};
    if (*c.cell().cell == 0)
        return Fired{0.5, {{"value", std::string("CI/ECI 0")}}};
    return NotFired{};
}

constexpr std::array<Indicator, 9> indicators{{
    {"C01", 22.0, "STACK", true, "all", si3_against_si4},
    {"C02", 14.0, "STACK", false, "gsm", message_missing},
    {"C03", 10.0, "LURE", false, "gsm", odd_reselection},
    {"C04", 6.0, "LURE", false, "gsm", needs_baseline},
    {"C05", 6.0, "STACK", false, "all", needs_baseline},
    {"C06", 8.0, "STACK", false, "gsm", impossible_lists},
    {"C07", 18.0, "STACK", true, "lte", needs_lte_information},
    {"C08", 12.0, "STACK", false, "lte", needs_lte_information},
    {"C09", 16.0, "STACK", false, "all", reserved_values},
}};

} // namespace

std::span<const Indicator> consistency_indicators() { return indicators; }

} // namespace gacsong
