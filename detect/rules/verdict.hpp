// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/rules/situation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Code of contract.md §2: `licensed`, …, `protected`, `unknown`, `ignored`.
[[nodiscard]] std::string_view verdict_code(Verdict verdict);

/// A verdict with its sentence (first) and what belongs to it.
struct Judged {
    Verdict verdict = Verdict::unknown;
    std::string service;
    std::vector<Reason> reasons;
};

/// What plan and register say of an emission on which no rule decided.
[[nodiscard]] Judged judge_by_lists(const Situation& situation);

/// A reason whose `rule` is the code of the verdict.
[[nodiscard]] Reason verdict_reason(Verdict verdict, Message message, std::string reference = {});

/// "could not be compared", with the reason `why` (a clause).
[[nodiscard]] Message unknown_line(const Quantity& center, Message why);

} // namespace gacsong
