// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/wording/language.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::papers {

/// One line of a template: what it makes and its text with placeholders in braces.
struct TemplateLine {
    enum class Kind { part, section, dash, paragraph, insert };
    Kind kind = Kind::paragraph;
    std::string only_with; ///< name of a value without which the line is left out; empty: always there
    std::string text;      ///< of an insert: its name, then what it is told
    std::int64_t row = 0;  ///< in the file
};

/// A paper as an office can edit it: a text file in plans/papers, `case-report.vi.paper`.
///
///     ; a remark
///     # Thông tin chung           a part, numbered I., II., …, in capitals
///     ## Tóm tắt                  a section, numbered 1., 2., … within all parts that have sections
///     - Lý do: {reason}.          a dash
///     @findings                   what the program makes
///     ?people - {people}.         the rest of the line, only where there is such a value
///     Other lines are paragraphs; {name} is a value, {doc.privacy} a sentence of the wording.
///
/// At most 64 KiB and 1 000 lines. Errors: papers.template (with the row and why).
[[nodiscard]] Result<std::vector<TemplateLine>> parse_template(std::string_view text, std::string_view name);

/// Reads `<stem>.<language>.paper` from the first of the folders `papers` beside the plans that has it: an office's own
/// goes before the one that came with the program. Errors: wording.missing, papers.template.
[[nodiscard]] Result<std::vector<TemplateLine>> load_template(std::string_view stem, Language language);

} // namespace gacsong::papers
