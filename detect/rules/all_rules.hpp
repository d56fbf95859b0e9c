// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/rule.hpp"

#include <span>

namespace gacsong {

// One rule a file. A new one is declared here and listed in all_rules.cpp.
extern const Rule rule_protected_band;
extern const Rule rule_prohibited_device_band;
extern const Rule rule_outside_bandwidth;
extern const Rule rule_off_frequency;
extern const Rule rule_exempt_conditions;
extern const Rule rule_unassigned_channel;
extern const Rule rule_unlicensed_emission;

/// All rules in the order in which they are asked: the first that decides the verdict wins.
[[nodiscard]] std::span<const Rule* const> rules_in_order();

/// The catalogue of rules.
[[nodiscard]] std::span<const RuleInfo> all_rules();

} // namespace gacsong
