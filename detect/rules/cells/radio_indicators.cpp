// SPDX-License-Identifier: GPL-3.0-or-later
// P01 … P12: radio, time and space (fake-base-stations.md §2.5).
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace gacsong {

namespace {

constexpr std::int64_t minute_ns = 60'000'000'000;

Answer needs_fixes(const CellCase& /*c*/) { return lacks("fixes"); }
Answer needs_watch(const CellCase& /*c*/) { return lacks("watch"); }
Answer needs_modulation(const CellCase& /*c*/) { return lacks("modulation"); }

/// P05 against at least four other cells of the scan, all strong enough.
Answer frequency_error(const CellCase& c)
{
    constexpr double least_snr_db = 25.0;
    constexpr double limit_ppm = 0.25;
    constexpr std::size_t least_others = 4;
    std::vector<double> others;
    for (const auto& other : c.scan()) {
        if (&other != &c.cell() && other.id != c.cell().id && other.ppm && other.snr_db.value_or(0.0) >= least_snr_db)
            others.push_back(*other.ppm);
    }
    if (!c.cell().ppm || c.cell().snr_db.value_or(0.0) < least_snr_db || others.size() < least_others)
        return lacks("reference_cells");
    std::sort(others.begin(), others.end());
    const double median = others[others.size() / 2];
    double spread = 0.0;
    for (const double ppm : others)
        spread += (ppm - median) * (ppm - median);
    spread = std::sqrt(spread / static_cast<double>(others.size()));
    const double off = std::abs(*c.cell().ppm - median);
    if (off <= std::max(limit_ppm, 4.0 * spread))
        return NotFired{};
    return Fired{1.0, {{"ppm", Quantity{off, Unit::none, 0.01}}}};
}

/// Sightings of the same network and cell number, of this scan and from memory.
std::vector<CellSighting> of_identity(const CellCase& c, std::int64_t back_ns)
{
    std::vector<CellSighting> out;
    for (const auto& other : c.scan()) {
        if (other.technology == c.cell().technology && other.plmn == c.cell().plmn && other.cell == c.cell().cell)
            out.push_back({other.technology, other.plmn, other.area, other.cell, other.channel,
                           c.gsm() ? other.bsic : other.pci, c.when()});
    }
    if (c.context().memory && c.dated()) {
        const auto remembered = c.context().memory->of_identity(c.cell().technology, c.cell().plmn, *c.cell().cell,
                                                                {c.when().unix_ns - back_ns}, c.when());
        out.insert(out.end(), remembered.begin(), remembered.end());
    }
    return out;
}

Answer one_identity_two_carriers(const CellCase& c)
{
    constexpr std::int64_t window_ns = 10 * minute_ns;
    if (!c.identified() || !c.cell().channel)
        return lacks("decoded");
    for (const auto& other : of_identity(c, window_ns)) {
        const bool same_area = !c.gsm() || other.area == c.cell().area;
        if (same_area && other.channel && *other.channel != *c.cell().channel)
            return Fired{1.0,
                         {{"channel", std::to_string(*c.cell().channel)}, {"other", std::to_string(*other.channel)}}};
    }
    return NotFired{};
}

Answer one_carrier_two_cells(const CellCase& c)
{
    if (!c.identified() || !c.cell().channel)
        return lacks("decoded");
    for (const auto& other : c.scan()) {
        const bool same_carrier = other.technology == c.cell().technology && other.channel == c.cell().channel &&
                                  (c.gsm() ? other.bsic == c.cell().bsic : other.pci == c.cell().pci);
        const bool other_identity = other.cell && (other.cell != c.cell().cell || other.area != c.cell().area);
        if (other.id != c.cell().id && same_carrier && other_identity)
            return Fired{c.rows().empty() ? 1.0 : 0.5, {{"cell", cell_name(other)}}};
    }
    return NotFired{};
}

Answer area_changes(const CellCase& c)
{
    constexpr std::int64_t window_ns = 60 * minute_ns;
    if (!c.identified() || !c.cell().channel)
        return lacks("decoded");
    std::set<std::uint64_t> areas;
    for (const auto& other : of_identity(c, window_ns)) {
        if (other.channel == c.cell().channel && other.code == c.code() && other.area)
            areas.insert(*other.area);
    }
    areas.insert(*c.cell().area);
    if (areas.size() < 2)
        return c.context().memory || areas.size() > 1 ? Answer(NotFired{}) : lacks("memory");
    std::string list;
    for (const auto area : areas)
        list += (list.empty() ? "" : ", ") + std::to_string(area);
    return Fired{areas.size() > 2 ? 1.0 : 0.5, {{"list", list}}};
}

constexpr std::array<Indicator, 12> indicators{{
    {"P01", 8.0, "APPEAR", false, "all", needs_baseline},
    {"P02", 12.0, "APPEAR", false, "all", needs_history},
    {"P03", 28.0, "MOVE", true, "all", needs_fixes},
    {"P04", 10.0, "APPEAR", false, "all", needs_watch},
    {"P05", 14.0, "RFQ", true, "all", frequency_error},
    {"P06", 26.0, "CLONE", true, "all", one_identity_two_carriers},
    {"P07", 22.0, "CLONE", true, "all", one_carrier_two_cells},
    {"P08", 24.0, "AREA", true, "all", area_changes},
    {"P09", 24.0, "PAIR", true, "all", needs_history},
    {"P10", 10.0, "RFQ", false, "all", needs_watch},
    {"P11", 14.0, "RFQ", true, "all", needs_modulation},
    {"P12", 10.0, "TRAF", false, "all", needs_watch},
}};

} // namespace

std::span<const Indicator> radio_indicators() { return indicators; }

} // namespace gacsong
