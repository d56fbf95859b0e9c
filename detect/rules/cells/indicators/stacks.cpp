// SPDX-License-Identifier: GPL-3.0-or-later
// R08 and R09: what a stack sends when nobody has set it up (fake-base-stations.md §2.1, table 2.1a).
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/test_networks.hpp"

#include <array>
#include <string>

namespace gacsong {

namespace {

Answer test_network(const CellCase& c)
{
    if (c.cell().plmn.empty())
        return lacks("decoded");
    if (!c.identified())
        return lacks("decoded");
    if (!is_test_network(c.cell().plmn))
        return NotFired{};
    return Fired{1.0, {{"plmn", c.cell().plmn}}};
}

/// A default of a stack: a number in a message. Flags are 0 and 1.
struct Default {
    std::string_view message;
    std::string_view field;
    std::int64_t value;
};

/// A row of the table. The first five say who the cell claims to be.
struct Stack {
    std::string_view name;
    std::string_view technology;
    std::string_view plmn;
    std::int64_t area; ///< −1: none stated
    std::int64_t cell;
    std::int64_t channel;
    std::int64_t code;
    std::array<Default, 7> others;
};

constexpr Default none{"", "", 0};

/// OpenBTS and YateBTS, which stems from it, differ in T3212.
constexpr Stack open_bts(std::string_view name, std::int64_t t3212_min)
{
    return {name,
            "gsm",
            "001-01",
            1000,
            10,
            51,
            2,
            {{{"SI3", "t3212_min", t3212_min},
              {"SI3", "cell_reselect_hysteresis_db", 6},
              {"SI3", "neci", 1},
              {"SI3", "max_retrans", 2},
              {"SI3", "att", 1},
              {"SI3", "bs_pa_mfrms", 2},
              {"SI3", "bs_ag_blks_res", 2}}}};
}

/// The identity of its base station stands in two ways in its examples.
constexpr Stack open_air(std::string_view plmn, std::int64_t cell)
{
    return {"OpenAirInterface",
            "lte",
            plmn,
            1,
            cell,
            3350,
            0,
            {{{"", "root_sequence", 0},
              {"", "prach_index", 0},
              {"", "paging_cycle_frames", 128},
              {"", "t300_ms", 1000},
              none,
              none,
              none}}};
}

constexpr std::array<Stack, 7> stacks{{
    open_bts("OpenBTS", 0),
    open_bts("YateBTS", 24),
    {"osmo-nitb",
     "gsm",
     "001-01",
     1,
     0,
     514,
     63,
     {{{"SI3", "cell_reselect_hysteresis_db", 4}, {"SI3", "max_retrans", 7}, none, none, none, none, none}}},
    {"OsmoBSC",
     "gsm",
     "001-01",
     1,
     6969,
     871,
     63,
     {{{"SI3", "t3212_min", 30},
       {"SI3", "cell_reselect_hysteresis_db", 4},
       {"SI3", "max_retrans", 7},
       {"SI3", "att", 1},
       {"SI3", "bs_pa_mfrms", 7},
       {"SI3", "bs_ag_blks_res", 1},
       {"SI3", "radio_link_timeout", 32}}}},
    {"srsRAN",
     "lte",
     "001-01",
     7,
     105217,
     3350,
     1,
     {{{"", "si_window_ms", 20},
       {"", "q_hyst_db", 2},
       {"", "s_non_intra_search", 3},
       {"", "thresh_serving_low", 2},
       {"", "priority", 6},
       {"", "root_sequence", 128},
       {"", "prach_index", 3}}}},
    open_air("208-93", 3584),
    open_air("208-92", 917504),
}};

bool same(std::int64_t expected, std::optional<std::uint64_t> value)
{
    return expected >= 0 && value && *value == static_cast<std::uint64_t>(expected);
}

struct Match {
    int identity = 0; ///< of PLMN, area, cell, carrier and code
    int others = 0;
};

Match match(const CellCase& c, const Stack& stack)
{
    Match out;
    out.identity = int{stack.plmn == c.cell().plmn} + int{same(stack.area, c.cell().area)} +
                   int{same(stack.cell, c.cell().cell)} + int{same(stack.channel, c.cell().channel)} +
                   int{same(stack.code, c.code())};
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
        return Fired{1.0, std::move(values)};
    return most == 3 ? Answer(Fired{0.5, std::move(values)})
                     : Answer(Fired{1.0, std::move(values), light_weight, false});
}

constexpr std::array<Indicator, 2> indicators{{
    {"R08", 30.0, "STACK", true, "all", test_network},
    {"R09", 30.0, "STACK", true, "all", stack_defaults},
}};

} // namespace

std::span<const Indicator> stack_indicators() { return indicators; }

} // namespace gacsong
