// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

struct Situation;

/// A rule as the catalogue shows it.
struct RuleInfo {
    std::string_view id;
    int version = 1;                         ///< raised when the rule may answer differently
    Severity ceiling = Severity::notice;     ///< the gravest it can become
    std::string_view name_key;               ///< of the wording: `rule.<id>.name`
    std::span<const std::string_view> needs; ///< terms of the wording: `center`, `register`, `place`, `bandwidth`
};

/// What a rule says of one emission.
struct RuleResult {
    std::optional<Finding> finding;
    std::optional<Verdict> verdict;     ///< of the emission, where the rule decides it
    std::optional<Message> line;        ///< the verdict's sentence; of `unknown` the clause that says why
    std::optional<std::string> service; ///< of the emission, where the rule knows it better than the band
    std::vector<Reason> reasons;        ///< in addition
};

struct Rule {
    RuleInfo info;
    RuleResult (*evaluate)(const Situation&) = nullptr;
};

/// The rule lowers its severity to what the row it rests on allows: `no` a notice, `partly` serious.
[[nodiscard]] Severity at_most(Severity severity, Verified verified);

/// A reference with a remark where it is not wholly verified, for the placeholder {reference}.
[[nodiscard]] Value quoted(const std::string& reference, Verified verified);

/// `plan.partly` or `plan.no` as a reason of `rule`; nothing for a verified row.
void add_verification(std::vector<Reason>& reasons, std::string_view rule, Verified verified,
                      const std::string& reference);

} // namespace gacsong
