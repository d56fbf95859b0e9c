// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "report/table/columns.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// Colours of a terminal. Nothing is told by colour alone: the words and the marks say the same.
struct Style {
    std::size_t width = 80; ///< columns of the terminal
    bool colour = false;
};

/// An emission as a row: its cells in the order of emission_columns(), the verdict for its colour, and the gravest
/// of its findings for its mark.
struct Row {
    std::vector<std::string> cells;
    Verdict verdict = Verdict::unknown;
    std::optional<Severity> severity;
};

/// Mark of a row with findings: `!!` danger, `! ` serious, `· ` notice, spaces without any. Always two columns.
[[nodiscard]] std::string severity_mark(std::optional<Severity> severity);

/// Fills the cells of columns that are compared by their decimal mark, so that the marks stand below each other.
/// `mark` is the decimal mark of the language.
void align_marks(std::vector<Row>& rows, char mark);

/// Which columns are shown, and how wide each is.
class Layout {
public:
    /// Takes the columns by rank as long as they fit into style.width; columns without a cell are left out. With
    /// no rows yet (a live table) every column has its nominal width and `without` names those to leave out.
    Layout(const std::vector<Row>& rows, const Wording& words, const Style& style,
           const std::vector<std::string_view>& without = {});

    [[nodiscard]] std::string heading() const;
    [[nodiscard]] std::string rule() const;
    [[nodiscard]] std::string line(const Row& row) const;

private:
    struct Shown {
        std::size_t index = 0; ///< in emission_columns()
        std::size_t width = 0;
        std::string title;
    };
    std::vector<Shown> shown_;
    Style style_;
};

/// The text in the colour of a verdict, or as it is where colours are off.
[[nodiscard]] std::string coloured(std::string_view text, Verdict verdict, const Style& style);

} // namespace gacsong
