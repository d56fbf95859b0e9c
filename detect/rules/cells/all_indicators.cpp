// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace gacsong {

std::span<const Indicator> all_indicators()
{
    static const std::vector<Indicator> all = [] {
        std::vector<Indicator> out;
        for (const auto family : {register_indicators, stack_indicators, consistency_indicators, neighbour_indicators,
                                  lure_indicators, downward_indicators, appearance_indicators, transmitter_indicators,
                                  clone_indicators, traffic_indicators}) {
            const auto some = family();
            out.insert(out.end(), some.begin(), some.end());
        }
        constexpr std::string_view families = "RCNSPD";
        std::sort(out.begin(), out.end(), [&](const Indicator& a, const Indicator& b) {
            return std::pair(families.find(a.code.front()), a.code) < std::pair(families.find(b.code.front()), b.code);
        });
        return out;
    }();
    return all;
}

std::span<const IndicatorGroup> all_indicator_groups()
{
    static constexpr std::array<IndicatorGroup, 13> groups{{{"PLAN", 60.0},
                                                            {"REG", 30.0},
                                                            {"AREA", 30.0},
                                                            {"STACK", 30.0},
                                                            {"LURE", 26.0},
                                                            {"DOWN", 34.0},
                                                            {"NEIGH", 24.0},
                                                            {"APPEAR", 20.0},
                                                            {"PAIR", 24.0},
                                                            {"MOVE", 28.0},
                                                            {"CLONE", 28.0},
                                                            {"RFQ", 20.0},
                                                            {"TRAF", 14.0}}};
    return groups;
}

} // namespace gacsong
