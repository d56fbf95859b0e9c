// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/builder.hpp"
#include "report/summary/counts.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
    /// `+3 (+20 %)`; without a share where there is nothing to compare with.
    [[nodiscard]] typeset::Cell change(std::uint64_t now, const std::optional<std::uint64_t>& then,
                                       bool bold = false) const
    {
        if (!then)
            return {none(), typeset::Align::centre, bold};
        const auto difference = static_cast<std::int64_t>(now) - static_cast<std::int64_t>(*then);
        std::string text = (difference > 0 ? "+" : "") + number_text(difference, b.language());
        if (*then > 0)
            text +=
                fmt::format(" ({}{})", difference > 0 ? "+" : "",
                            quantity_text(Quantity{100.0 * static_cast<double>(difference) / static_cast<double>(*then),
                                                   Unit::percent},
                                          b.language()));
        return {text, typeset::Align::centre, bold};
    }
    /// The period itself, the one before, the same of the year before, and the year so far: the columns of a
    /// comparison.
    [[nodiscard]] std::array<summary::Period, 4> compared() const
    {
        const summary::Period& now = material.period;
        return {now, summary::before(now), summary::year_before(now), summary::year_to_end(now)};
    }
    /// Number of the next row; none for a row of totals.
    [[nodiscard]] static typeset::Cell number(const typeset::Table& table, bool total = false)
    {
        return {total ? std::string{} : std::to_string(table.rows.size() + 1), typeset::Align::centre};
    }
    /// A row of a comparison: its number, its name, counts of the periods of compared() with the change from the one
    /// before.
    [[nodiscard]] typeset::Row compared_row(const typeset::Table& table, const std::string& name,
                                            const std::array<std::optional<std::uint64_t>, 4>& n, bool total) const
    {
        return {{number(table, total),
                 {name, typeset::Align::left, total},
                 cell(n[0], total),
                 cell(n[1], total),
                 cell(n[2], total),
                 change(n[0].value_or(0), n[1], total),
                 cell(n[3], total)}};
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
