// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/builder.hpp"
#include "report/summary/counts.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gacsong::papers {

/// How tables of a period write their numbers: `–` where the store knows nothing, `0` where it counted none.
struct PeriodText {
    explicit PeriodText(Builder& builder)
        : b(builder), material(*builder.input.period), first(summary::first_moment(material))
    {
    }

    Builder& b;
    const summary::PeriodMaterial& material;
    std::optional<Instant> first;

    [[nodiscard]] static std::string none() { return "–"; }
    /// Whether the store knew anything by the end of a period.
    [[nodiscard]] bool known(const summary::Period& period) const
    {
        return first && first->unix_ns < period.until.unix_ns;
    }
    [[nodiscard]] std::string count(std::uint64_t n) const { return n == 0 ? "0" : prose_count(n, b.language()); }
    [[nodiscard]] typeset::Cell cell(const std::optional<std::uint64_t>& n, bool bold = false) const
    {
        return {n ? number_text(static_cast<std::int64_t>(*n), b.language()) : none(), typeset::Align::centre, bold};
    }
    [[nodiscard]] typeset::Cell hours(double seconds) const
    {
        const double shown = seconds / 3600.0;
        return {(shown > 0.0 && shown < 0.1 ? "<\u00A0" : "") +
                    number_text(shown > 0.0 ? std::max(shown, 0.1) : 0.0, 1, b.language()),
                typeset::Align::centre};
    }
    /// Number of the next row; none for a row of totals.
    [[nodiscard]] static typeset::Cell number(const typeset::Table& table, bool total = false)
    {
        return {total ? std::string{} : std::to_string(table.rows.size() + 1), typeset::Align::centre};
    }
    [[nodiscard]] typeset::Table table(std::string_view name, std::vector<double> widths,
                                       const std::vector<const char*>& heads) const
    {
        typeset::Table made;
        made.caption = b.table_caption(fmt::format("papers.period.tables.{}", name));
        made.widths_mm = std::move(widths);
        for (const char* head : heads)
            made.head.push_back(b.text(fmt::format("papers.period.head.{}", head)));
        made.note = b.text("papers.period.source", {{"date", date_text(b.input.now, b.language())}});
        return made;
    }
    /// The table; a sentence in its place where it has no rows.
    void add_table(typeset::Table made) const
    {
        if (made.rows.empty())
            made.rows.push_back({{{b.text("papers.period.nothing")}}, true});
        b.add(std::move(made));
    }
};

} // namespace gacsong::papers
