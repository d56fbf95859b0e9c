// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/context.hpp"
#include "detect/rules/licence_search.hpp"
#include "detect/rules/rule.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A condition of an exempt class that the emission passes by more than the uncertainty.
struct BrokenCondition {
    std::string quantity; ///< term of the wording
    Quantity value;
    Quantity uncertainty;
    Quantity limit;
};

/// The exempt classes seen from one emission.
struct ExemptSearch {
    const ExemptClass* met = nullptr;        ///< belongs to it, and no measured condition is broken
    const ExemptClass* failed = nullptr;     ///< belongs to it, but breaks a condition
    std::optional<BrokenCondition> broken;   ///< of `failed`
    const ExemptClass* look_alike = nullptr; ///< might belong to it, cannot be told from the licensed service
    std::vector<std::string> not_measured;   ///< terms of the conditions of `met` that stay open
};

/// A protected band that the emission lies in.
struct ProtectedSearch {
    const ProtectedBand* band = nullptr; ///< the narrowest; null where there is none
    bool expected = false;               ///< what is received belongs there
    bool at_edge = false;                ///< inside by less than the uncertainty
};

/// One emission with everything the rules compare it with, gathered once.
struct Situation {
    const Emission& emission;
    const JudgeContext& context;
    Instant when; ///< start of the emission, else today
    double center_hz = 0.0;
    double low_hz = 0.0;
    double high_hz = 0.0;
    double u_center_hz = 0.0; ///< k = 2, not less than a share of the bandwidth
    bool measurable = false;  ///< quality good and bandwidth a value: conditions may be held against it
    const Band* band = nullptr;
    ProtectedSearch guarded;
    ExemptSearch exempt;
    LicenceSearch licences;
    std::optional<Verdict> decided; ///< by the rules asked before

    [[nodiscard]] bool has_register() const { return context.licences.has_value(); }
    [[nodiscard]] std::string register_name() const;
    /// The recognised system where it is certain enough to decide; empty otherwise.
    [[nodiscard]] std::string_view system() const;
    [[nodiscard]] const Tolerance& tolerance() const; ///< of the band, else of the plan
    /// Width between edges with its uncertainty: whether `limit_hz` is passed by more than that.
    [[nodiscard]] bool wider_than(double limit_hz) const;
};

/// Precondition: emission.center_hz is known.
[[nodiscard]] Situation gather(const Emission& emission, const JudgeContext& context);

[[nodiscard]] ExemptSearch search_exempt(const Situation& situation);
[[nodiscard]] ProtectedSearch search_protected(const Situation& situation);

/// `device, low–high` of an exempt class, for the placeholder {row}.
[[nodiscard]] Value class_name(const ExemptClass& exempt);
/// Terms as one list, comma after comma.
[[nodiscard]] Value term_list(const std::vector<std::string>& terms);
[[nodiscard]] bool holds(const std::vector<std::string>& words, std::string_view word);

} // namespace gacsong
