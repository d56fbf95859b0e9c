// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"
#include "dsp/sample_source.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong {

struct JudgeContext; // plan, licence register, ignore list, place, clock error: see detect/rules/context.hpp

/// Compares emissions with plan, licences and ignore list by the rules of detect/rules/all_rules.hpp.
class Judge {
public:
    explicit Judge(std::shared_ptr<const JudgeContext> context);

    /// What a run should say once before the first emission (no register loaded, centre unknown: rules left out).
    [[nodiscard]] std::vector<Message> begin(const StreamInfo& stream) const;

    /// Fills service, licence, verdict and reasons of a measured emission and returns its findings
    /// (ids and subject are left empty for the caller). Thread-safe.
    [[nodiscard]] std::vector<Finding> judge(Emission& emission) const;

    /// Fills score, verdict and indicators of the cells of a scan; `before`: those of it that were judged earlier,
    /// `start`: UTC of the start of the recording. Returns a finding for each that is suspect or fake (id empty).
    [[nodiscard]] std::vector<Finding> judge(std::span<Cell> cells, std::span<const Cell> before,
                                             std::optional<Instant> start) const;

    [[nodiscard]] std::string plan_edition() const;  ///< `vn 2026-11`
    [[nodiscard]] std::string register_name() const; ///< file name without folder; empty where none was loaded

private:
    std::shared_ptr<const JudgeContext> context_;
};

} // namespace gacsong
