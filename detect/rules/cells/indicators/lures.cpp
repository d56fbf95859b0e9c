// SPDX-License-Identifier: GPL-3.0-or-later
// S01 … S05, S09, S10: parameters that draw phones in and hold them (fake-base-stations.md §2.4).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/said.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace gacsong {

namespace {

constexpr std::int64_t negative_s = 640; ///< PENALTY_TIME 31: the offset is subtracted

/// Cell reselect offsets of the operator's other cells in the band, ascending; what is not sent is 0.
std::vector<std::int64_t> usual_offsets(const CellCase& c)
{
    std::vector<std::int64_t> out;
    for (const auto& other : c.baseline().cells()) {
        if (other.cell->band == c.cell().band && broadcast_blocks(*other.cell, "SI3") > 0)
            out.push_back(broadcast_number(*other.cell, "SI3", "cell_reselect_offset_db").value_or(0));
    }
    std::sort(out.begin(), out.end());
    return out;
}

Answer high_offset(const CellCase& c)
{
    constexpr std::int64_t most_db = 80;  // raw 40 is common somewhere; above is rare
    constexpr std::int64_t usual_db = 40; // of most networks: raw 0 … 20
    constexpr std::int64_t above_others_db = 20;
    constexpr std::int64_t least_db = 40;
    if (!c.certain({"SI3", "SI4"}))
        return lacks("decoded");
    const char* from = c.blocks("SI3") > 0 ? "SI3" : "SI4";
    const auto offset = c.number(from, "cell_reselect_offset_db");
    if (!offset || c.number(from, "penalty_time_s") == negative_s)
        return NotFired{};
    const Quantity shown{static_cast<double>(*offset), Unit::db};
    const auto usual = usual_offsets(c);
    if (usual.size() < 3) {
        // Nothing to compare with: what most networks send stands for it, and counts half.
        if (*offset < usual_db + above_others_db)
            return NotFired{};
        return Fired{*offset > most_db ? 1.0 : 0.5, {{"value", shown}}};
    }
    const auto at = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(usual.size()))) - 1;
    if (*offset < std::max(usual[at] + above_others_db, least_db))
        return NotFired{};
    return Fired{usual.size() > 3 || *offset > most_db ? 1.0 : 0.5, {{"value", shown}}};
}

Answer low_access_level(const CellCase& c)
{
    constexpr std::int64_t lowest_dbm = -109; // RXLEV-ACCESS-MIN 1
    constexpr std::int64_t usual_dbm = -106;  // 4
    constexpr std::int64_t below_db = 8;
    const double q = c.baseline().quality();
    const char* from = c.gsm() ? "SI3" : "SIB1";
    const char* field = c.gsm() ? "rxlev_access_min_dbm" : "q_rx_lev_min_dbm";
    const auto own = c.number(from, field);
    const auto usual = c.baseline().median(from, field);
    if (!c.certain({from}) || !own)
        return lacks("decoded");
    if (q == 0.0 || !usual)
        return lacks("baseline");
    const bool low = c.gsm() ? *own <= lowest_dbm && *usual >= usual_dbm : *own <= *usual - below_db;
    if (!low)
        return NotFired{};
    return Fired{q, {{"value", Quantity{static_cast<double>(*own), Unit::dbm}}}};
}

/// A border between the operator's areas lies near: cells of two areas are known within 5 km.
bool near_area_border(const CellCase& c)
{
    constexpr double near_km = 5.0;
    std::set<std::uint64_t> areas;
    for (const auto& other : c.baseline_here().cells()) {
        if (other.cell->area && other.distance_km <= near_km)
            areas.insert(*other.cell->area);
    }
    if (c.context().cells && c.place()) {
        const auto listed = c.context().cells->areas_near(c.cell().technology, c.cell().plmn, *c.place(), near_km);
        areas.insert(listed.begin(), listed.end());
    }
    return areas.size() > 1;
}

Answer alone_in_area(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    if (c.border_cell())
        return lacks("border");
    if (c.flag("SIB1", "csg_indication").value_or(false))
        return lacks("closed_group");
    const double q = c.baseline_here().quality();
    if (q == 0.0)
        return lacks("baseline");
    const auto& others = c.baseline_here().cells();
    if (std::any_of(others.begin(), others.end(), [&](const auto& other) { return other.cell->area == c.cell().area; }))
        return NotFired{};
    const double certain = quality_of({q, near_area_border(c) ? 0.5 : 1.0});
    if (certain == 0.0)
        return lacks("baseline");
    return Fired{certain, {{"area", std::to_string(*c.cell().area)}}};
}

Answer sticky(const CellCase& c)
{
    constexpr std::int64_t least_db = 10;
    constexpr std::int64_t above_others_db = 4;
    const double q = c.baseline().quality();
    const char* from = c.gsm() ? "SI3" : "";
    const char* field = c.gsm() ? "cell_reselect_hysteresis_db" : "q_hyst_db";
    const auto own = c.number(from, field);
    if (!own || !c.certain({c.gsm() ? "SI3" : "SIB1"}))
        return lacks("decoded");
    const auto usual = c.baseline().median(from, field);
    if (q == 0.0 || !usual)
        return lacks("baseline");
    if (*own < least_db || (c.gsm() && *own < *usual + above_others_db))
        return NotFired{};
    return Fired{q, {{"value", Quantity{static_cast<double>(*own), Unit::db}}}};
}

Answer short_update(const CellCase& c)
{
    constexpr std::int64_t short_min = 24;  // code 4
    constexpr std::int64_t rather_min = 48; // code 8, only against the operator's own
    if (!c.certain({"SI3"}))
        return lacks("decoded");
    const auto minutes = c.number("SI3", "t3212_min");
    if (!minutes || *minutes == 0 || *minutes > rather_min)
        return NotFired{};
    const auto usual = c.baseline().median("SI3", "t3212_min");
    const double q = usual ? c.baseline().quality() : 0.0;
    if (q > 0.0 && 2 * *minutes >= *usual)
        return NotFired{};
    if (q == 0.0 && *minutes > short_min)
        return NotFired{};
    const double certain = *minutes <= short_min ? 1.0 : quality_of({q, 0.5});
    return certain > 0.0 ? Answer(Fired{certain, {{"count", *minutes}}}) : lacks("baseline");
}

/// A set of barred classes 0 … 9.
using Mask = Said<std::vector<std::int64_t>>;

/// Those of a message, in the order in which they came where that is known.
std::vector<Mask> access_masks(const Cell& cell, std::string_view name)
{
    constexpr std::int64_t special = 10;
    std::vector<Mask> out;
    for (const auto& message : cell.messages) {
        for (const auto& [field, value] : message.contents) {
            const auto* list = std::get_if<std::vector<std::int64_t>>(&value);
            if (message.name != name || field != "access_classes_barred" || list == nullptr)
                continue;
            Mask mask{*list, message.first_s, message.last_s};
            std::erase_if(mask.what, [](std::int64_t one) { return one >= special; });
            take_in(out, std::move(mask));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Mask& a, const Mask& b) { return a.first_s < b.first_s; });
    return out;
}

/// Whether the set of barred classes surely changed twice within ten minutes: one is back after another came, or three
/// came one after the other. Nothing where it cannot be told.
std::optional<bool> changed_twice(const CellCase& c, std::string_view name)
{
    constexpr double within_s = 600.0;
    const auto masks = access_masks(c.cell(), name);
    if (masks.size() < 2)
        return false;
    const bool timed =
        std::all_of(masks.begin(), masks.end(), [](const Mask& one) { return one.first_s && one.last_s; });
    if (c.dwell_s() <= within_s && (masks.size() > 2 || !timed))
        return masks.size() > 2; // three sets make two changes
    if (!timed)
        return std::nullopt;
    for (std::size_t i = 0; i + 1 < masks.size(); ++i) {
        const bool back = *masks[i].last_s > *masks[i + 1].first_s && *masks[i].last_s - *masks[i].first_s <= within_s;
        const bool three = i + 2 < masks.size() && *masks[i + 2].first_s - *masks[i].last_s <= within_s;
        if (back || three)
            return true;
    }
    return false;
}

Answer barring(const CellCase& c)
{
    const double q = c.baseline().quality();
    if (!c.identified())
        return lacks("decoded");
    if (q == 0.0)
        return lacks("baseline");
    if (c.gsm()) {
        bool known = true;
        for (const char* name : {"SI1", "SI2", "SI3", "SI4"}) {
            const auto changed = changed_twice(c, name);
            if (changed.value_or(false))
                return Fired{q, {}, 0.0, true, "why_changes"};
            known = known && changed;
        }
        return known ? Answer(NotFired{}) : lacks("order");
    }
    const auto shut = [](const Cell& cell) {
        return broadcast_flag(cell, "SIB1", "cell_barred").value_or(false) &&
               !broadcast_flag(cell, "SIB1", "intra_freq_reselection").value_or(true);
    };
    const auto& others = c.baseline().cells();
    const bool open = std::any_of(others.begin(), others.end(), [&](const auto& other) {
        return other.cell->channel == c.cell().channel && broadcast_flag(*other.cell, "SIB1", "cell_barred") == false;
    });
    return shut(c.cell()) && open ? Answer(Fired{q, {}}) : Answer(NotFired{});
}

/// Nothing where the cell was not read far enough.
std::optional<bool> announces_warnings(const Cell& cell)
{
    if (cell.technology == "gsm")
        return cell.cbch;
    if (!scheduled_sibs(cell))
        return std::nullopt;
    return sends_sib(cell, 10).value_or(false) || sends_sib(cell, 11).value_or(false) ||
           sends_sib(cell, 12).value_or(false);
}

Answer warnings_here_only(const CellCase& c)
{
    const double q = c.baseline().quality();
    const auto here = announces_warnings(c.cell());
    if (!here)
        return lacks("decoded");
    if (q == 0.0)
        return lacks("baseline");
    if (!*here)
        return NotFired{};
    const auto& others = c.baseline().cells();
    const bool elsewhere = std::any_of(others.begin(), others.end(), [](const auto& other) {
        return announces_warnings(*other.cell).value_or(true); // not read: may announce them
    });
    return elsewhere ? Answer(NotFired{}) : Answer(Fired{q, {}});
}

constexpr std::array<Indicator, 7> indicators{{
    {"S01", 18.0, "LURE", true, "gsm", high_offset},
    {"S02", 6.0, "LURE", false, "all", low_access_level},
    {"S03", 16.0, "AREA", false, "all", alone_in_area},
    {"S04", 4.0, "LURE", false, "all", sticky},
    {"S05", 10.0, "LURE", true, "gsm", short_update},
    {"S09", 8.0, "LURE", false, "all", barring},
    {"S10", 8.0, "LURE", false, "all", warnings_here_only},
}};

} // namespace

std::span<const Indicator> lure_indicators() { return indicators; }

} // namespace gacsong
