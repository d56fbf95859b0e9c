// SPDX-License-Identifier: GPL-3.0-or-later
// R08 and R09: what a stack sends when nobody has set it up (fake-base-stations.md §2.1, table 2.1a).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/test_networks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <variant>

namespace gacsong {

namespace {

Answer test_network(const CellCase& c)
{
    if (c.cell().plmn.empty())
        return lacks("decoded");
    if (!c.identified())
        return lacks("decoded");
    if (is_test_network(c.cell().plmn))
        return Fired{1.0, {{"plmn", c.cell().plmn}}};
    if (const auto* name = broadcast_value(c.cell(), "", "stack_name"))
        if (const auto* text = std::get_if<std::string>(name))
            return Fired{1.0, {{"name", *text}}, 0.0, true, "why_name"};
    return NotFired{};
}

/// A default of a stack: a number in a message. Flags are 0 and 1.
struct Default {
    std::string_view message;
    std::string_view field;
    std::int64_t value;
};

/// Numbers that a field has in a stack's examples; fewer than three: the last ones are no_number.
constexpr std::int64_t no_number = -1;
using Numbers = std::array<std::int64_t, 3>;
constexpr Numbers nothing{no_number, no_number, no_number};
constexpr Numbers just(std::int64_t one) { return {one, no_number, no_number}; }

/// A row of the table. The first five say who the cell claims to be.
struct Stack {
    std::string_view name;
    std::string_view technology;
    std::array<std::string_view, 2> plmns;
    Numbers areas;
    Numbers cells;
    Numbers channels;
    Numbers codes;
    std::array<Default, 13> others;
    bool cells_of_station = false; ///< the numbers are those of base stations, the upper 20 bits of an LTE cell's
};

/// OpenBTS and YateBTS, which stems from it, differ in T3212.
constexpr Stack open_bts(std::string_view name, std::int64_t t3212_min)
{
    return {name,
            "gsm",
            {"001-01", ""},
            just(1000),
            just(10),
            just(51),
            just(2),
            {{{"SI3", "t3212_min", t3212_min},
              {"SI3", "cell_reselect_hysteresis_db", 6},
              {"SI3", "neci", 1},
              {"SI3", "max_retrans", 2},
              {"SI3", "tx_integer", 32},
              {"SI3", "att", 1},
              {"SI3", "ccch_conf", 1},
              {"SI3", "radio_link_timeout", 64},
              {"SI3", "bs_pa_mfrms", 2},
              {"SI3", "bs_ag_blks_res", 2}}}};
}

constexpr std::array<Stack, 10> stacks{{
    open_bts("OpenBTS", 0),
    open_bts("YateBTS", 24),
    {"osmo-nitb",
     "gsm",
     {"001-01", ""},
     just(1),
     just(0),
     just(514),
     just(63),
     {{{"SI3", "cell_reselect_hysteresis_db", 4}, {"SI3", "max_retrans", 7}, {"SI3", "tx_integer", 12}}}},
    {"OsmoBSC",
     "gsm",
     {"001-01", "901-70"},
     {1, 0x17, 0},
     {6969, 0, no_number},
     {871, 868, 123},
     just(63),
     {{{"SI3", "t3212_min", 30},
       {"SI3", "cell_reselect_hysteresis_db", 4},
       {"SI3", "max_retrans", 7},
       {"SI3", "tx_integer", 12},
       {"SI3", "att", 1},
       {"SI3", "bs_pa_mfrms", 7},
       {"SI3", "bs_ag_blks_res", 1},
       {"SI3", "radio_link_timeout", 32}}}},
    {"srsRAN",
     "lte",
     {"001-01", ""},
     just(7),
     just(105217),
     just(3350),
     just(1),
     {{{"", "si_window_ms", 20},
       {"", "value_tag", 0},
       {"SIB1", "q_rx_lev_min_dbm", -130},
       {"", "sib3_q_rx_lev_min_dbm", -122},
       {"", "q_hyst_db", 2},
       {"", "s_non_intra_search", 3},
       {"", "s_intra_search", 5},
       {"", "thresh_serving_low", 2},
       {"", "priority", 6},
       {"", "root_sequence", 128},
       {"", "prach_index", 3},
       {"", "t300_ms", 2000},
       {"", "paging_cycle_frames", 32}}}},
    {"OpenAirInterface",
     "lte",
     {"208-93", "208-92"},
     just(1),
     {3584, 917504, no_number}, // the identity of its base station stands in two ways in its examples
     just(3350),
     just(0),
     {{{"", "root_sequence", 0}, {"", "prach_index", 0}, {"", "paging_cycle_frames", 128}, {"", "t300_ms", 1000}}}},
    {"Amarisoft", "lte", {"001-01", ""}, just(1), just(0x1A2D0), just(3350), just(1), {}, true},
    {"Open5GS", "lte", {"999-70", ""}, just(1), nothing, nothing, nothing, {}},
    {"NextEPC", "lte", {"001-01", ""}, just(12345), nothing, nothing, nothing, {}},
    {"srsEPC", "lte", {"001-01", ""}, just(7), nothing, nothing, nothing, {}},
}};

bool one_of(const Numbers& expected, std::optional<std::uint64_t> value)
{
    return value && std::find(expected.begin(), expected.end(), static_cast<std::int64_t>(*value)) != expected.end();
}

struct Match {
    int identity = 0; ///< of PLMN, area, cell, carrier and code
    int others = 0;
};

Match match(const CellCase& c, const Stack& stack)
{
    Match out;
    constexpr unsigned sector_bits = 8;
    const auto own = c.cell().cell;
    const auto cell = own && stack.cells_of_station ? std::optional(*own >> sector_bits) : own;
    const bool plmn = std::find(stack.plmns.begin(), stack.plmns.end(), c.cell().plmn) != stack.plmns.end();
    out.identity = int{plmn} + int{one_of(stack.areas, c.cell().area)} + int{one_of(stack.cells, cell)} +
                   int{one_of(stack.channels, c.cell().channel)} + int{one_of(stack.codes, c.code())};
    for (const auto& one : stack.others) {
        const auto number = c.number(one.message, one.field);
        const auto flag = c.flag(one.message, one.field);
        out.others += !one.field.empty() && ((number && *number == one.value) || (flag && int{*flag} == one.value));
    }
    return out;
}

/// Two fields of the identity must be the stack's own: networks of the same maker share the rest with it.
constexpr int least_identity = 2;

Answer stack_defaults(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    const double q = c.cycle();
    if (q == 0.0)
        return lacks("cycle");
    int most = 0;
    std::string_view name;
    for (const auto& stack : stacks) {
        const Match found = match(c, stack);
        const int all = found.identity + found.others;
        if (stack.technology == c.cell().technology && found.identity >= least_identity && all > most) {
            most = all;
            name = stack.name;
        }
    }
    if (most < 2)
        return NotFired{};
    constexpr double light_weight = 5.0;
    std::vector<Argument> values{{"stack", std::string(name)}, {"count", std::int64_t{most}}};
    if (most >= 4)
        return Fired{q, std::move(values)};
    if (most == 2)
        return Fired{q, std::move(values), light_weight, false};
    return q == 1.0 ? Answer(Fired{0.5, std::move(values)}) : lacks("cycle");
}

constexpr std::array<Indicator, 2> indicators{{
    {"R08", 30.0, "STACK", true, "all", test_network},
    {"R09", 30.0, "STACK", true, "all", stack_defaults},
}};

} // namespace

std::span<const Indicator> stack_indicators() { return indicators; }

} // namespace gacsong
