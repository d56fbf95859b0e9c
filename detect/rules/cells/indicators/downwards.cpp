// SPDX-License-Identifier: GPL-3.0-or-later
// C07, C08, S06 … S08: what LTE cells say of themselves, and where they lead phones (fake-base-stations.md §2.2, §2.4).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/spectrum_rows.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace gacsong {

namespace {

/// Whether the value tag covers the message: warnings come and go without it, and the times of SIB8 run on (36.331
/// §5.2.1.3).
bool tagged(const CellMessage& message)
{
    return message.name == "SI" && !message.contents.empty() &&
           std::none_of(message.contents.begin(), message.contents.end(), [](const auto& field) {
               return field.first.starts_with("warning_") || field.first.starts_with("cdma");
           });
}

/// Two messages with the same fields, of which one says something else, and SIB1 with one value tag all the time.
bool changed_under_one_tag(const Cell& cell)
{
    const auto fields_of = [](const CellMessage& message) {
        std::set<std::string_view> out;
        for (const auto& field : message.contents)
            out.insert(field.first);
        return out;
    };
    std::set<std::int64_t> tags;
    for (const auto& one : cell.messages)
        for (const auto& [field, value] : one.contents)
            if (const auto* tag = std::get_if<std::int64_t>(&value);
                tag != nullptr && one.name == "SIB1" && field == "value_tag")
                tags.insert(*tag);
    if (tags.size() != 1)
        return false;
    for (auto one = cell.messages.begin(); one != cell.messages.end(); ++one) {
        const bool other = tagged(*one) && std::any_of(std::next(one), cell.messages.end(), [&](const auto& two) {
                               return tagged(two) && two.contents != one->contents && fields_of(two) == fields_of(*one);
                           });
        if (other)
            return true;
    }
    return false;
}

/// Why the broadcast contradicts itself: the ending of its sentence and what it is of; nothing: it does not.
std::optional<std::pair<const char*, std::string>> contradiction(const CellCase& c)
{
    constexpr std::int64_t first_tdd = 33; // 36.101 table 5.5-1
    constexpr std::int64_t last_tdd = 53;
    const auto band = c.number("SIB1", "band");
    // Bands overlap: a cell may name others beside its own (multiBandInfoList), of which one has to hold the carrier.
    auto bands = c.list("SIB1", "other_bands");
    if (band)
        bands.insert(bands.begin(), *band);
    const auto outside = [&](std::int64_t one) {
        const auto range = lte_band_range(static_cast<std::uint64_t>(one));
        return range && (*c.cell().carrier_hz < range->low_hz || *c.cell().carrier_hz > range->high_hz);
    };
    if (band && c.cell().carrier_hz && std::all_of(bands.begin(), bands.end(), outside))
        return std::pair{"why_band", std::to_string(*band)};
    if (band && c.number("SIB1", "tdd_configuration").has_value() != (*band >= first_tdd && *band <= last_tdd))
        return std::pair{"why_duplex", std::string()};
    // What reference signals show beside what the broadcast channel says of them.
    const auto differs = [&](std::optional<std::uint64_t> stated, const char* shown) {
        const auto seen = c.number("MIB", shown);
        return stated && seen && static_cast<std::int64_t>(*stated) != *seen;
    };
    if (differs(c.cell().resource_blocks, "reference_blocks"))
        return std::pair{"why_bandwidth", std::string()};
    if (differs(c.cell().ports, "reference_ports"))
        return std::pair{"why_ports", std::string()};
    const auto window_ms = c.number("SIB1", "si_window_ms");
    const auto periods = periods_frames(c.cell());
    const auto shortest = std::min_element(periods.begin(), periods.end());
    const auto messages = scheduled_sibs(c.cell());
    constexpr std::int64_t frame_ms = 10;
    if (window_ms && shortest != periods.end() && messages &&
        *window_ms * static_cast<std::int64_t>(messages->size()) > frame_ms * *shortest)
        return std::pair{"why_windows", std::string()};
    if (changed_under_one_tag(c.cell()))
        return std::pair{"why_tag", std::string()};
    return std::nullopt;
}

Answer contradictions(const CellCase& c)
{
    if (!c.identified() || c.blocks("SIB1") < 1)
        return lacks("decoded");
    const double q = c.cycle();
    if (q == 0.0)
        return lacks("cycle");
    const auto what = contradiction(c);
    return what ? Answer(Fired{q, {{"field", what->second}}, 0.0, true, what->first}) : Answer(NotFired{});
}

/// Quality that is left to a home cell heard from outside (X7).
double outside_quality(const CellCase& c) { return c.home_cell_outside() ? 0.5 : 1.0; }

Answer thin_information(const CellCase& c)
{
    constexpr double nearly_all = 0.8;
    const auto messages = scheduled_sibs(c.cell());
    if (!c.identified() || !messages)
        return lacks("decoded");
    const double q = quality_of({c.baseline().quality(), outside_quality(c)});
    if (q == 0.0)
        return lacks("baseline");
    std::size_t all = 0;
    std::size_t with = 0;
    for (const auto& other : c.baseline().cells()) {
        const auto sends = sends_sib(*other.cell, 5);
        all += sends ? 1U : 0U;
        with += sends.value_or(false) ? 1U : 0U;
    }
    if (all < 3)
        return lacks("baseline");
    const bool more = std::any_of(messages->begin(), messages->end(), [](const auto& blocks) {
        return std::any_of(blocks.begin(), blocks.end(), [](unsigned sib) { return sib > 3; });
    });
    const bool usual = static_cast<double>(with) >= nearly_all * static_cast<double>(all);
    if (messages->size() >= 2 && (more || !usual))
        return NotFired{};
    return Fired{q, {{"count", static_cast<std::int64_t>(messages->size())}}};
}

/// Priority that other cells of the operator give to a carrier: their own where they are on it, else in their lists.
std::optional<std::int64_t> usual_priority(const CellCase& c)
{
    std::optional<std::int64_t> most;
    const auto take = [&most](std::int64_t value) { most = std::max(most.value_or(value), value); };
    for (const auto& other : c.baseline().cells()) {
        if (other.cell->channel == c.cell().channel) {
            if (const auto own = broadcast_number(*other.cell, "", "priority"))
                take(*own);
        }
        for (const auto& neighbour : other.cell->neighbours) {
            if (neighbour.technology == "lte" && neighbour.channel == c.cell().channel && neighbour.priority)
                take(static_cast<std::int64_t>(*neighbour.priority));
        }
    }
    return most;
}

Answer own_carrier_first(const CellCase& c)
{
    constexpr std::int64_t highest = 7;
    const auto own = c.number("", "priority");
    if (!own || c.cycle() == 0.0)
        return lacks("cycle");
    const double q = quality_of({c.cycle(), c.baseline().quality()});
    if (q == 0.0)
        return lacks("baseline");
    const auto usual = usual_priority(c);
    if (*own != highest && !(usual && *own > *usual))
        return NotFired{};
    const auto& neighbours = c.cell().neighbours;
    const bool equal = std::any_of(neighbours.begin(), neighbours.end(), [&](const Neighbour& one) {
        return one.technology == "lte" && one.priority && static_cast<std::int64_t>(*one.priority) >= *own;
    });
    return equal ? Answer(NotFired{}) : Answer(Fired{q, {{"count", *own}}});
}

Answer forced_down(const CellCase& c)
{
    constexpr std::int64_t serving_low = 20;
    constexpr std::int64_t non_intra = 30;
    constexpr std::int64_t other_low = 2;
    const auto low = c.number("", "thresh_serving_low");
    if (!low || c.cycle() == 0.0)
        return lacks("cycle");
    if (*low < serving_low && c.number("", "s_non_intra_search").value_or(0) < non_intra)
        return NotFired{};
    for (const char* field : {"geran_thresh_x_low", "utra_thresh_x_low"}) {
        const auto thresholds = c.list("", field);
        if (std::any_of(thresholds.begin(), thresholds.end(), [](std::int64_t one) { return one <= other_low; }))
            return Fired{c.cycle(), {{"count", *low}}, 0.0, true, *low < serving_low ? "why_search" : "why"};
    }
    return NotFired{};
}

/// The highest of a list; nothing where it is not there or states none.
std::optional<std::int64_t> highest(const CellCase& c, std::string_view field)
{
    const auto list = c.list("", field);
    const auto most = std::max_element(list.begin(), list.end());
    return most == list.end() || *most < 0 ? std::nullopt : std::optional(*most);
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
    const auto priority = highest(c, "geran_priorities");
    const auto own = c.number("", "priority");
    const auto others = highest(c, "eutra_priorities");
    const bool first = priority && own && *priority > std::max(*own, others.value_or(*own));
    const bool only = !c.sends_sib(5).value_or(true);
    if (!first && !only)
        return NotFired{};
    return Fired{
        1.0, {}, gsm_is_over(c) ? after_the_end : (first ? preferred : 0.0), true, first ? "why_first" : "why"};
}

constexpr std::array<Indicator, 5> indicators{{
    {"C07", 18.0, "STACK", true, "lte", contradictions},
    {"C08", 12.0, "STACK", false, "lte", thin_information},
    {"S06", 12.0, "DOWN", true, "lte", own_carrier_first},
    {"S07", 10.0, "DOWN", true, "lte", forced_down},
    {"S08", 14.0, "DOWN", true, "lte", road_to_gsm},
}};

} // namespace

std::span<const Indicator> downward_indicators() { return indicators; }

} // namespace gacsong
