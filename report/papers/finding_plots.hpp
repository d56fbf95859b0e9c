// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/builder.hpp"

#include <map>
#include <optional>

namespace gacsong::papers {

/// Spectrum and waterfall of subjects, from their recordings; each recording is opened once.
class FindingPlots {
public:
    /// `low`: figures that leave room on the sheet for what stands with them.
    explicit FindingPlots(Builder& builder, bool low = false)
        : b_(builder), low_(low), runs_(builder.input.material.runs)
    {
    }

    /// Adds the figures of an emission or of a base station's carrier, or the sentence why there is none.
    void add(const Subject& subject);

    /// One figure; nothing where its samples cannot be read or, for the waterfall, are too few.
    [[nodiscard]] std::optional<typeset::Figure> spectrum(const Subject& subject);
    [[nodiscard]] std::optional<typeset::Figure> waterfall(const Subject& subject);

private:
    const Result<Reopened>& open(const Subject& subject);

    Builder& b_;
    bool low_;
    const std::map<std::int64_t, RunMaterial>& runs_;
    std::map<std::int64_t, Result<Reopened>> opened_;
};

} // namespace gacsong::papers
