// SPDX-License-Identifier: GPL-3.0-or-later
// C01 … C06, C09: contradictions inside the broadcast (fake-base-stations.md §2.2).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/said.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gacsong {

namespace {

using SaidText = Said<std::string>;

/// LTE: what SIB1 says of network, area and cell.
std::string identity_in(const CellMessage& sib1)
{
    std::string text;
    for (const auto& [field, value] : sib1.contents) {
        if (const auto* plmns = std::get_if<std::string>(&value); plmns != nullptr && field == "plmns")
            text += *plmns + " ";
        if (const auto* number = std::get_if<std::int64_t>(&value); number != nullptr && field == "tac")
            text += "TAC " + std::to_string(*number) + " ";
        if (const auto* number = std::get_if<std::int64_t>(&value); number != nullptr && field == "cell")
            text += "ECI " + std::to_string(*number);
    }
    return text;
}

/// GSM: the location area that one message states.
std::string area_in(const CellMessage& message)
{
    Cell one;
    one.messages.push_back(message);
    return stated_area(one, message.name);
}

/// Once for each content.
std::vector<SaidText> all_said(const Cell& cell, std::string_view name, std::string (*read)(const CellMessage&))
{
    std::vector<SaidText> out;
    for (const auto& message : cell.messages) {
        if (message.name == name)
            take_in(out, {read(message), message.first_s, message.last_s});
    }
    return out;
}

/// How long both were said in turn: from when the later one was first received until the other was last. Below 0: one
/// took the place of the other, as after a change. Nothing where the times are not known.
std::optional<double> together_s(const SaidText& a, const SaidText& b)
{
    if (!a.first_s || !a.last_s || !b.first_s || !b.last_s)
        return std::nullopt;
    return std::min(*a.last_s, *b.last_s) - std::max(*a.first_s, *b.first_s);
}

/// Two SIB1 that say different things, of which one is back after the other; or that were both received within the
/// shortest time after which one may be replaced: 64 frames (36.331 §5.2.1.3).
Answer two_first_blocks(const CellCase& c)
{
    constexpr double modification_s = 0.64;
    if (c.blocks("SIB1") < 2)
        return lacks("blocks_count");
    const auto said = all_said(c.cell(), "SIB1", identity_in);
    if (said.size() < 2)
        return NotFired{};
    bool timed = true;
    for (auto one = said.begin(); one != said.end(); ++one) {
        for (auto other = std::next(one); other != said.end(); ++other) {
            const auto in_turn_s = together_s(*one, *other);
            timed = timed && in_turn_s;
            if (c.dwell_s() <= modification_s || in_turn_s.value_or(-1.0) > 0.0)
                return Fired{in_turn_s.value_or(0.0) > modification_s && c.cycle() == 1.0 ? 1.0 : 0.5,
                             {{"area", one->what}, {"other", other->what}},
                             0.0,
                             true,
                             "why_turns"};
        }
    }
    return timed ? Answer(NotFired{}) : lacks("order");
}

/// SI3 and SI4 that state different areas at one time, or one of them that states two in turn. While a change goes
/// through the rotation both are sent: only what lasts longer is no change.
Answer si3_against_si4(const CellCase& c)
{
    constexpr double certain_s = 10.0;
    if (!c.gsm())
        return two_first_blocks(c);
    if (c.cycle() < 0.5)
        return lacks("cycle");
    if (c.blocks("SI3") < 2 || c.blocks("SI4") < 2)
        return lacks("blocks_count");
    auto said = all_said(c.cell(), "SI3", area_in);
    auto four = all_said(c.cell(), "SI4", area_in);
    if (said.size() == 1 && four.size() == 1) // never changed: their order does not matter
        return said[0].what == four[0].what ? Answer(NotFired{})
                                            : Answer(Fired{c.dwell_s() >= certain_s ? 1.0 : 0.5,
                                                           {{"area", said[0].what}, {"other", four[0].what}}});
    const auto threes = std::ssize(said);
    said.insert(said.end(), four.begin(), four.end());
    for (auto one = said.begin(); one != said.end(); ++one) {
        for (auto other = std::next(one); other != said.end(); ++other) {
            if (one->what == other->what)
                continue;
            const auto in_turn_s = together_s(*one, *other);
            if (!in_turn_s)
                return lacks("order");
            if (*in_turn_s > bcch_rotation_s)
                return Fired{*in_turn_s >= certain_s ? 1.0 : 0.5,
                             {{"area", one->what}, {"other", other->what}},
                             0.0,
                             true,
                             one - said.begin() < threes && other - said.begin() >= threes ? "why" : "why_turns"};
        }
    }
    return NotFired{};
}

/// SI3 has two places in the rotation. What comes more often stands in a third one, at TC 4, as OpenBTS sends it.
bool si3_out_of_place(const CellCase& c)
{
    const double most = 2.0 * (c.dwell_s() / bcch_rotation_s) + 2.0;
    return static_cast<double>(c.blocks("SI3")) > most;
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
    if (si3_out_of_place(c))
        put("SI3 at TC 4");
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
    const double q = quality_of({c.cycle(), c.baseline().quality()});
    if (c.cycle() < 0.5)
        return lacks("cycle");
    if (q == 0.0)
        return lacks("baseline");
    constexpr std::array<std::pair<const char*, const char*>, 4> fields{
        {{"cell_reselect_offset_db", "CELL_RESELECT_OFFSET"},
         {"temporary_offset_db", "TEMPORARY_OFFSET"},
         {"penalty_time_s", "PENALTY_TIME"},
         {"cell_bar_qualify", "CELL_BAR_QUALIFY"}}};
    for (const auto& field : fields) {
        const auto three = c.number("SI3", field.first);
        const auto four = c.number("SI4", field.first);
        if (three && four && *three != *four)
            return Fired{q, {{"field", std::string(field.second)}}};
    }
    const auto because = [q](const char* why) { return Fired{q, {}, 0.0, true, why}; };
    constexpr std::int64_t negative = 640; // PENALTY_TIME 31: the offset is subtracted
    const auto others = c.baseline().numbers("SI3", "penalty_time_s");
    if (c.number("SI3", "penalty_time_s") == negative && c.number("SI3", "cell_reselect_offset_db").value_or(0) > 0 &&
        std::find(others.begin(), others.end(), negative) == others.end())
        return because("why_penalty");
    constexpr std::int64_t never_ending = -1;
    if (c.number("SI3", "temporary_offset_db") == never_ending)
        return because("why_temporary");
    if (c.flag("SI3", "acs").value_or(false) && c.blocks("SI7") + c.blocks("SI8") == 0)
        return because("why_acs");
    return NotFired{};
}

Answer attach_and_timer(const CellCase& c)
{
    constexpr double nearly_all = 0.8;
    const double q = c.baseline().quality();
    if (!c.certain({"SI3"}))
        return lacks("decoded");
    if (q == 0.0)
        return lacks("baseline");
    const auto attach = c.baseline().share("SI3", "att");
    if (c.flag("SI3", "att") == false && attach.value_or(0.0) >= nearly_all)
        return Fired{q, {{"field", std::string("ATT")}}};
    const auto timers = c.baseline().numbers("SI3", "t3212_min");
    if (c.number("SI3", "t3212_min") == 0 && !timers.empty() && timers.front() > 0)
        return Fired{q, {{"field", std::string("T3212")}}};
    return NotFired{};
}

/// Why the access control of a GSM cell is odd.
Answer odd_access(const CellCase& c, double q)
{
    const auto because = [q](const char* why, std::vector<Argument> values = {}) {
        return Fired{q, std::move(values), 0.0, true, why};
    };
    constexpr std::int64_t emergency = 10;
    const auto barred = c.list("SI3", "access_classes_barred");
    const auto classes = std::count_if(barred.begin(), barred.end(), [](std::int64_t one) { return one < emergency; });
    if (std::find(barred.begin(), barred.end(), emergency) != barred.end())
        return because("why_emergency");
    if (classes >= 1 && classes <= 9)
        return because("why_classes", {{"count", static_cast<std::int64_t>(classes)}});
    if (c.flag("SI3", "cell_bar_access").value_or(false))
        return because("why_barred");
    const auto retrans = c.number("SI3", "max_retrans");
    const auto spread = c.number("SI3", "tx_integer");
    if (!retrans || !spread)
        return NotFired{};
    const bool shared = std::any_of(c.baseline().cells().begin(), c.baseline().cells().end(), [&](const auto& other) {
        const auto theirs = broadcast_number(*other.cell, "SI3", "max_retrans");
        return !theirs || (theirs == retrans && broadcast_number(*other.cell, "SI3", "tx_integer") == spread);
    });
    return shared ? Answer(NotFired{}) : Answer(Fired{q, {{"field", std::string("max retrans, Tx-integer")}}});
}

Answer access_control(const CellCase& c)
{
    if (c.excused())
        return lacks("excused");
    const double q = c.baseline().quality();
    if (!c.certain({c.gsm() ? "SI3" : "SIB1"}))
        return lacks("decoded");
    if (q == 0.0)
        return lacks("baseline");
    if (c.gsm())
        return odd_access(c, q);
    if (!c.flag("", "ac_barring_info"))
        return lacks("decoded");
    const bool here = c.flag("", "ac_barring_info").value_or(false);
    if (!here || c.baseline().share("", "ac_barring_info").value_or(1.0) > 0.0)
        return NotFired{};
    return Fired{q, {{"field", std::string("ac-BarringInfo")}}};
}

/// In no band that GSM phones of this country know: 900, 1800, and 850 next door (45.005 §2).
bool unknown_channel(std::int64_t arfcn)
{
    return !(arfcn <= 124 || (arfcn >= 128 && arfcn <= 251) || (arfcn >= 512 && arfcn <= 885) ||
             (arfcn >= 975 && arfcn <= 1023));
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
    for (const auto& neighbour : c.cell().neighbours) {
        if (neighbour.technology == "gsm" && unknown_channel(static_cast<std::int64_t>(neighbour.channel)))
            return Fired{c.cycle(), {{"list", "ARFCN " + std::to_string(neighbour.channel)}}};
    }
    const auto permitted = c.number("SI2", "ncc_permitted");
    if (permitted && c.cell().bsic && ((*permitted >> (*c.cell().bsic / 8)) & 1) == 0)
        return Fired{c.cycle(), {{"list", std::string("NCC permitted")}}};
    return NotFired{};
}

/// LTE: no cell takes a phone below −60 dBm only, and none has a reason to ask far less than its operator's others.
bool absurd_level(const CellCase& c)
{
    constexpr std::int64_t highest_dbm = -60;
    constexpr std::int64_t lowest_dbm = -138;
    constexpr std::int64_t usual_dbm = -132;
    const auto least = c.number("SIB1", "q_rx_lev_min_dbm");
    if (!least)
        return false;
    const auto others = c.baseline().median("SIB1", "q_rx_lev_min_dbm");
    return *least >= highest_dbm || (*least <= lowest_dbm && others && *others >= usual_dbm);
}

/// LTE: SIB1 keeps phones out, yet the cell answers them all the time. A second of it says nothing of a minute.
double reserved_yet_answering(const CellCase& c)
{
    constexpr double least_per_min = 20.0;
    const bool reserved = c.flag("SIB1", "reserved_for_operator").value_or(false);
    return reserved && contacts_per_min(c.cell()).value_or(0.0) >= least_per_min ? c.watched_traffic() : 0.0;
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
    if (absurd_level(c))
        return Fired{1.0,
                     {{"value", "q-RxLevMin " + std::to_string(*c.number("SIB1", "q_rx_lev_min_dbm")) + " dBm"}},
                     0.0,
                     true,
                     "why_level"};
    if (c.flag("SIB1", "csg_indication").value_or(false) && !c.number("SIB1", "csg_identity"))
        return Fired{1.0, {}, 0.0, true, "why_group"};
    if (const double q = reserved_yet_answering(c); q > 0.0)
        return Fired{q,
                     {{"count", static_cast<std::int64_t>(std::llround(contacts_per_min(c.cell()).value_or(0.0)))}},
                     0.0,
                     true,
                     "why_reserved"};
    return NotFired{};
}

constexpr std::array<Indicator, 7> indicators{{
    {"C01", 22.0, "STACK", true, "all", si3_against_si4},
    {"C02", 14.0, "STACK", false, "gsm", message_missing},
    {"C03", 10.0, "LURE", false, "gsm", odd_reselection},
    {"C04", 6.0, "LURE", false, "gsm", attach_and_timer},
    {"C05", 6.0, "STACK", false, "all", access_control},
    {"C06", 8.0, "STACK", false, "gsm", impossible_lists},
    {"C09", 16.0, "STACK", false, "all", reserved_values},
}};

} // namespace

std::span<const Indicator> consistency_indicators() { return indicators; }

} // namespace gacsong
