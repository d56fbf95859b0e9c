// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/score.hpp"

#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace gacsong {

namespace {

constexpr double others_count = 0.3; ///< of the other indicators of a group
constexpr double trust = 0.25;       ///< of what is said against a registered cell
constexpr double neighbour_cap_with_n07 = 60.0;
constexpr double weak_core = 15.0;
constexpr double no_core_limit = 40.0;
constexpr double one_core_limit = 59.0;
constexpr double registered_limit = 10.0;
constexpr double alone_least = 60.0;

bool one_of(std::string_view code, std::initializer_list<std::string_view> codes)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

struct GroupSum {
    double largest = 0.0;
    double all = 0.0;
    bool core = false;
    bool nobodys_carrier = false;
};

double capped(const GroupSum& sum, const IndicatorGroup& group)
{
    const double cap = sum.nobodys_carrier ? neighbour_cap_with_n07 : group.cap;
    return std::min(cap, sum.largest + others_count * (sum.all - sum.largest));
}

} // namespace

CellScore score_cell(std::span<const CellIndicator> fired, const RegisterMatch& match)
{
    CellScore out;
    double sum = 0.0;
    double largest_core = 0.0;
    for (const auto& group : all_indicator_groups()) {
        GroupSum in;
        for (const auto& one : fired) {
            if (one.group != group.name)
                continue;
            in.largest = std::max(in.largest, one.points);
            in.all += one.points;
            in.core = in.core || (one.core && one.q >= 0.5);
            in.nobodys_carrier = in.nobodys_carrier || one.code == "N07";
        }
        double points = capped(in, group);
        if (match.complete && !one_of(group.name, {"PLAN", "MOVE", "CLONE", "RFQ"}))
            points *= trust;
        if (points > 0.0)
            out.groups.push_back({std::string(group.name), points});
        sum += points;
        out.core_groups += in.core ? 1U : 0U;
        if (in.core)
            largest_core = std::max(largest_core, points);
    }
    if (out.core_groups == 0 || (out.core_groups == 1 && largest_core < weak_core))
        sum = std::min(sum, no_core_limit);
    else if (out.core_groups == 1)
        sum = std::min(sum, one_core_limit);
    const auto has = [&](std::initializer_list<std::string_view> codes, double least_q) {
        return std::any_of(fired.begin(), fired.end(),
                           [&](const auto& one) { return one_of(one.code, codes) && one.q >= least_q; });
    };
    if (match.complete && !has({"P03", "P06", "P07", "P08", "R02", "R07", "N07"}, 0.0))
        sum = std::min(sum, registered_limit);
    if (has({"R02", "R07", "N07"}, 1.0) && sum < alone_least) {
        sum = alone_least;
        out.alone = true;
    }
    out.score = static_cast<unsigned>(std::lround(std::clamp(sum, 0.0, 100.0)));
    return out;
}

} // namespace gacsong
