// SPDX-License-Identifier: GPL-3.0-or-later
// P06 … P08: copies of a cell, and a cell that changes its name (fake-base-stations.md §2.5).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::int64_t minute_ns = 60'000'000'000;

/// Sightings of the same network and cell number, of this scan and from memory, oldest first.
std::vector<CellSighting> of_identity(const CellCase& c, std::int64_t back_ns)
{
    std::vector<CellSighting> out;
    for (const auto& other : c.scan()) {
        if (other.technology == c.cell().technology && other.plmn == c.cell().plmn && other.cell == c.cell().cell) {
            const auto later_ns = static_cast<std::int64_t>(std::llround((other.first_s - c.cell().first_s) * 1e9));
            out.push_back({other.technology,
                           other.plmn,
                           other.area,
                           other.cell,
                           other.channel,
                           code_of(other),
                           {c.when().unix_ns + later_ns},
                           {}});
        }
    }
    if (c.context().memory && c.dated()) {
        const auto remembered = c.context().memory->of_identity(c.cell().technology, c.cell().plmn, *c.cell().cell,
                                                                {c.when().unix_ns - back_ns}, c.when());
        out.insert(out.end(), remembered.begin(), remembered.end());
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
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

/// The larger of the two times a frame takes to begin after the other one's, within a frame.
double apart_s(const Cell& a, const Cell& b, double frame_s)
{
    const double turns = std::abs(*a.frame_start_s - *b.frame_start_s) / frame_s;
    const double part = turns - std::floor(turns);
    return frame_s * std::min(part, 1.0 - part);
}

/// Heard at once, and begun so closely that no clock drifts far between.
bool at_once(const Cell& a, const Cell& b)
{
    constexpr double close_s = 10.0;
    return a.first_s <= b.last_s && b.first_s <= a.last_s && std::abs(a.first_s - b.first_s) <= close_s;
}

/// P07 (a): the frames of two transmitters, further apart than echoes and repeaters.
bool other_timing(const CellCase& c, const Cell& other)
{
    constexpr double most_echo_s = 20e-6;
    constexpr double most_db = 20.0;
    constexpr double gsm_frame_s = 0.06 / 13.0;
    constexpr double lte_frame_s = 0.01;
    if (!c.cell().frame_start_s || !other.frame_start_s || !at_once(c.cell(), other))
        return false;
    const double difference_db = received_level_dbfs(c.cell()).value_or(0.0) - received_level_dbfs(other).value_or(0.0);
    return std::abs(difference_db) <= most_db &&
           apart_s(c.cell(), other, c.gsm() ? gsm_frame_s : lte_frame_s) > most_echo_s;
}

/// The other cells of an LTE station (36.331 §6.3.4: the first 20 of 28 bits of the identity), heard at once and well.
std::vector<const Cell*> of_the_station(const CellCase& c)
{
    constexpr unsigned cell_bits = 8;
    std::vector<const Cell*> out;
    for (const auto& other : c.scan()) {
        if (other.technology == "lte" && other.plmn == c.cell().plmn && other.cell && other.cell != c.cell().cell &&
            *other.cell >> cell_bits == *c.cell().cell >> cell_bits && other.ppm && other.frame_start_s &&
            at_once(c.cell(), other) && rf_quality(other) >= 1.0)
            out.push_back(&other);
    }
    return out;
}

/// P07 (a) where the station's own transmitter drowns: the station's other cells, which have its clock and its frame,
/// stand for it. Both must differ. A repeater may shift a carrier but delays frames by little, a board of its own may
/// begin frames elsewhere but has the station's clock, and home base stations whose numbers follow one another do not
/// begin their frames together.
std::optional<Fired> beside_its_station(const CellCase& c)
{
    constexpr double lte_frame_s = 0.01;
    constexpr double together_s = 3e-6; ///< 36.104 §6.5.3 allows 1.3 µs between carriers, and we measure
    constexpr double most_echo_s = 20e-6;
    constexpr double one_clock_ppm = 0.05; ///< 36.104 §6.5.1
    constexpr double two_clocks_ppm = 2.0 * one_clock_ppm;
    constexpr std::size_t least_others = 2;
    constexpr double microseconds = 1e6;
    if (c.gsm() || !c.cell().frame_start_s || !c.cell().ppm || rf_quality(c.cell()) < 1.0)
        return std::nullopt;
    const auto others = of_the_station(c);
    if (others.size() < least_others)
        return std::nullopt;
    double least_s = lte_frame_s;
    double least_ppm = std::abs(*c.cell().ppm - *others.front()->ppm);
    for (const Cell* other : others) {
        if (apart_s(*other, *others.front(), lte_frame_s) > together_s ||
            std::abs(*other->ppm - *others.front()->ppm) > one_clock_ppm)
            return std::nullopt;
        least_s = std::min(least_s, apart_s(c.cell(), *other, lte_frame_s));
        least_ppm = std::min(least_ppm, std::abs(*c.cell().ppm - *other->ppm));
    }
    if (least_s <= most_echo_s || least_ppm <= two_clocks_ppm)
        return std::nullopt;
    return Fired{
        1.0,
        {{"value", Quantity{least_s * microseconds, Unit::none, 1.0}}, {"ppm", Quantity{least_ppm, Unit::none, 0.01}}},
        0.0,
        true,
        "why_station"};
}

/// Of two on one carrier the operator's own: its clock is that of the other cells that are heard, its twin's is not.
bool is_the_original(const CellCase& c, const Cell& twin)
{
    constexpr double one_clock_ppm = 0.1;
    constexpr double two_clocks_ppm = 0.25; // as P05
    constexpr std::size_t least_others = 4;
    std::vector<double> others;
    for (const auto& other : c.scan()) {
        if (other.id != c.cell().id && other.id != twin.id && other.ppm)
            others.push_back(*other.ppm);
    }
    if (!c.cell().ppm || !twin.ppm || others.size() < least_others)
        return false;
    const auto middle = others.begin() + static_cast<std::ptrdiff_t>(others.size() / 2);
    std::nth_element(others.begin(), middle, others.end());
    return std::abs(*c.cell().ppm - *middle) <= one_clock_ppm && std::abs(*twin.ppm - *middle) > two_clocks_ppm;
}

Answer one_carrier_two_cells(const CellCase& c)
{
    if (!c.identified() || !c.cell().channel)
        return lacks("decoded");
    if (c.moving())
        return lacks("moving");
    std::optional<Fired> reuse;
    for (const auto& other : c.scan()) {
        const bool same_carrier =
            other.technology == c.cell().technology && other.channel == c.cell().channel && code_of(other) == c.code();
        if (other.id == c.cell().id || !same_carrier)
            continue;
        // Two stations that the register knows reuse a code; that their frames are apart says no more.
        const bool other_identity = other.cell && (other.cell != c.cell().cell || other.area != c.cell().area);
        if (other_identity) {
            const bool both_known =
                !c.rows().empty() &&
                !c.context().cells->find(other.technology, other.plmn, other.area, *other.cell).empty();
            if (!both_known)
                return Fired{1.0, {{"cell", cell_name(other)}}};
            reuse = Fired{0.5, {{"cell", cell_name(other)}}};
            continue;
        }
        if (other_timing(c, other) && !is_the_original(c, other))
            return Fired{1.0, {{"cell", cell_name(other)}}};
    }
    if (auto fired = beside_its_station(c))
        return *std::move(fired);
    return reuse ? Answer(*std::move(reuse)) : Answer(NotFired{});
}

Answer area_changes(const CellCase& c)
{
    constexpr std::int64_t window_ns = 60 * minute_ns;
    if (!c.identified() || !c.cell().channel)
        return lacks("decoded");
    std::vector<std::uint64_t> areas; // each change
    for (const auto& other : of_identity(c, window_ns)) {
        if (other.channel == c.cell().channel && other.code == c.code() && other.area &&
            (areas.empty() || areas.back() != *other.area))
            areas.push_back(*other.area);
    }
    if (areas.size() < 2)
        return c.context().memory ? Answer(NotFired{}) : lacks("memory");
    std::string list;
    for (const auto area : areas)
        list += (list.empty() ? "" : ", ") + std::to_string(area);
    return Fired{areas.size() > 2 ? 1.0 : 0.5, {{"list", list}}};
}

constexpr std::array<Indicator, 3> indicators{{
    {"P06", 26.0, "CLONE", true, "all", one_identity_two_carriers},
    {"P07", 22.0, "CLONE", true, "all", one_carrier_two_cells},
    {"P08", 24.0, "AREA", true, "all", area_changes},
}};

} // namespace

std::span<const Indicator> clone_indicators() { return indicators; }

} // namespace gacsong
