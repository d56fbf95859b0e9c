// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/rule.hpp"
#include "detect/rules/situation.hpp"

namespace gacsong {

/// Whether the emission needs a licence, a register is at hand, and none of its rows fits. False where an exempt class,
/// another rule or the quality speaks against saying so.
[[nodiscard]] bool seems_unlicensed(const Situation& situation);

/// Serious; a notice where a licence on this frequency exists for a place near enough to be heard from there.
[[nodiscard]] Severity unlicensed_severity(const Situation& situation);

/// The verdict with its sentence and what is known of licences that nearly fit.
[[nodiscard]] RuleResult unlicensed_verdict(const Situation& situation);

} // namespace gacsong
