// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "dsp/result.hpp"
#include "report/explain/explain.hpp"
#include "report/sinks/output.hpp"
#include "report/table/layout.hpp"
#include "report/wording/wording.hpp"

#include <cstddef>
#include <vector>

namespace gacsong::app {

/// What every command talks through: the language, standard output for the result, standard error for everything
/// else.
class Session {
public:
    /// Takes over the sentences of the language that was chosen.
    explicit Session(Wording words);

    [[nodiscard]] const Wording& words() const { return words_; }
    [[nodiscard]] Output& out() { return out_; }
    [[nodiscard]] Output& err() { return err_; }

    /// Says an error on standard error and gives the exit status it leads to.
    int fail(const Error& error);

    /// Says a warning on standard error.
    void warn(const Message& message);

    /// Writes sections with their sentences wrapped and indented, a line between two of them and one at the end.
    [[nodiscard]] Status write_sections(const std::vector<Section>& sections);

    /// Colours and width of standard output. Without a terminal: no colours, `COLUMNS` or 160 columns.
    [[nodiscard]] Style style() const;

    /// Columns of the terminal on standard error.
    [[nodiscard]] std::size_t error_width() const;

private:
    Wording words_;
    Output out_;
    Output err_;
};

} // namespace gacsong::app
