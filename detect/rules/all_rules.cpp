// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/all_rules.hpp"

#include <algorithm>
#include <array>

namespace gacsong {

namespace {

constexpr std::array rules{
    &rule_protected_band,    &rule_prohibited_device_band, &rule_outside_bandwidth,   &rule_off_frequency,
    &rule_exempt_conditions, &rule_unassigned_channel,     &rule_unlicensed_emission,
};

} // namespace

std::span<const Rule* const> rules_in_order() { return rules; }

std::span<const RuleInfo> all_rules()
{
    static const auto infos = [] {
        std::array<RuleInfo, rules.size()> list{};
        std::transform(rules.begin(), rules.end(), list.begin(), [](const Rule* rule) { return rule->info; });
        return list;
    }();
    return infos;
}

} // namespace gacsong
