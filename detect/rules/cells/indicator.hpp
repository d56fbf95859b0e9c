// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/cells/cell_case.hpp"

#include <span>
#include <string_view>

namespace gacsong {

/// A sign that a cell may not be the operator's. Weights and conditions: docs/decisions/0008-cells.md. Name, condition,
/// what else can look so: wording `indicator.CODE`.
struct Indicator {
    std::string_view code;
    double weight = 0.0;
    std::string_view group;
    bool core = false;             ///< a legitimate cell has no reason to show it
    std::string_view technologies; ///< `all`, `gsm`, `lte`
    Answer (*evaluate)(const CellCase&) = nullptr;
};

/// A group of indicators whose evidence counts once, and the points that it can reach.
struct IndicatorGroup {
    std::string_view name;
    double cap = 0.0;
};

/// All of them, in the order of their codes.
[[nodiscard]] std::span<const Indicator> all_indicators();
[[nodiscard]] std::span<const IndicatorGroup> all_indicator_groups();

// The families, one file each in detect/rules/cells/indicators.
[[nodiscard]] std::span<const Indicator> register_indicators();
[[nodiscard]] std::span<const Indicator> stack_indicators();
[[nodiscard]] std::span<const Indicator> consistency_indicators();
[[nodiscard]] std::span<const Indicator> neighbour_indicators();
[[nodiscard]] std::span<const Indicator> lure_indicators();
[[nodiscard]] std::span<const Indicator> downward_indicators();
[[nodiscard]] std::span<const Indicator> appearance_indicators();
[[nodiscard]] std::span<const Indicator> transmitter_indicators();
[[nodiscard]] std::span<const Indicator> clone_indicators();
[[nodiscard]] std::span<const Indicator> traffic_indicators();

} // namespace gacsong
