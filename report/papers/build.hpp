// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/material.hpp"
#include "report/papers/office.hpp"
#include "report/papers/template.hpp"
#include "report/typeset/paper.hpp"
#include "report/wording/wording.hpp"

#include <map>
#include <string>

namespace gacsong::summary {
struct PeriodMaterial;
}

namespace gacsong::papers {

/// What a paper of a case is made with.
struct PaperInput {
    const CaseMaterial& material;
    const Office& office;
    const Wording& words;
    std::string program; ///< `gacsong 0.1.0`
    Instant now;
    std::string addressee = {};                      ///< as typed; empty: dotted
    bool figures = true;                             ///< spectra from the recordings, where they are still there
    const summary::PeriodMaterial* period = nullptr; ///< of the summary of a period; then there is no case
};

/// Fills a template. Errors: papers.template (a placeholder or an insert that the program does not know).
[[nodiscard]] Result<typeset::Paper> build_paper(const std::vector<TemplateLine>& lines, const PaperInput& input);

} // namespace gacsong::papers
