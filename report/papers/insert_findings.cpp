// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/builder.hpp"
#include "report/papers/finding_plots.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>
#include <map>

namespace gacsong::papers {
namespace {

using typeset::Align;

/// The sentence of a message, and the text it rests on where it does not quote it.
std::string with_reference(const Builder& b, const Message& message, const std::string& reference)
{
    std::string sentence = b.words.text(message);
    if (!reference.empty() && sentence.find(printable(reference)) == std::string::npos)
        sentence += " " + b.text("table.reference", {{"reference", reference}}) + ".";
    return sentence;
}

/// The first letter small, for the middle of a sentence.
std::string uncapitalised(const std::string& text)
{
    const QString whole = QString::fromStdString(text);
    return (whole.left(1).toLower() + whole.mid(1)).toStdString();
}

std::string content_of(const Builder& b, const Subject& subject)
{
    if (subject.cell)
        return subject.cell->reason ? b.words.text(*subject.cell->reason) : std::string{};
    if (!subject.emission)
        return {};
    const Emission& e = *subject.emission;
    std::string text = e.system.name == "unknown" ? b.text("papers.kind_unknown") : b.words.term(e.system.name);
    text += ", " + b.text("papers.received_for", {{"duration", Quantity{e.end_s - e.start_s, Unit::seconds}}});
    for (const Finding& finding : subject.findings) {
        const std::string name = fmt::format("rule.{}.name", finding.rule);
        if (b.words.find(name))
            text += "; " + uncapitalised(b.text(name));
    }
    return text + ".";
}

} // namespace

std::string name_of(const Builder& b, const Subject& subject)
{
    if (subject.emission)
        return b.text("papers.emission_name", {{"center", frequency_of(*subject.emission, b.words)}});
    if (!subject.cell)
        return b.text("papers.gone");
    const Cell& cell = *subject.cell;
    return b.text("papers.cell_name", {{"cell", cell.cell ? std::to_string(*cell.cell) : std::string{}},
                                       {"plmn", cell.plmn},
                                       {"channel", cell.channel ? std::to_string(*cell.channel) : std::string{}}});
}

void add_sentences(Builder& b, const Subject& subject)
{
    for (const Finding& finding : subject.findings)
        b.paragraph(with_reference(b, finding.message, finding.reference));
    if (!subject.emission)
        return;
    const auto& reasons = subject.emission->reasons;
    // The first reason is the verdict's own sentence; a finding says the same with its values.
    for (std::size_t i = subject.findings.empty() ? 0 : 1; i < reasons.size(); ++i) {
        if (reasons[i].message.key.starts_with("plan.") && !subject.findings.empty())
            continue; // the finding's reference says so
        const bool said = std::ranges::any_of(
            subject.findings, [&](const Finding& finding) { return finding.reference == reasons[i].reference; });
        b.paragraph(with_reference(b, reasons[i].message, said ? std::string{} : reasons[i].reference));
    }
}

void insert_summary(Builder& b, const std::string& /*told*/)
{
    std::map<Verdict, std::size_t> verdicts;
    std::size_t emissions = 0;
    std::size_t cells = 0;
    for (const auto& [number, run] : b.input.material.runs) {
        emissions += run.emissions.size();
        cells += run.cells.size();
        for (const Emission& e : run.emissions)
            ++verdicts[e.verdict];
    }
    const auto count = [&](std::size_t n) { return prose_count(n, b.language()); };
    std::string list;
    for (const auto& [verdict, n] : verdicts)
        list +=
            (list.empty() ? "" : ", ") + b.text(fmt::format("papers.counted.{}", code(verdict)), {{"count", count(n)}});
    if (emissions > 0)
        b.paragraph(b.text("papers.summary", {{"count", count(emissions)}, {"list", list}}));
    if (cells > 0)
        b.paragraph(b.text("papers.summary_cells", {{"count", count(cells)}}));
    b.paragraph(b.text("papers.summary_findings", {{"count", count(b.input.material.subjects.size())}}));
}

void insert_findings_table(Builder& b, const std::string& /*told*/)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.findings");
    table.widths_mm = {9.0, 29.0, 41.0, 86.0};
    table.head = {b.text("papers.head.no"), b.text("papers.head.subject"), b.text("papers.head.verdict"),
                  b.text("papers.head.content")};
    std::size_t number = 0;
    for (const Subject& subject : b.input.material.subjects) {
        std::string what = subject.emission ? frequency_of(*subject.emission, b.words) : name_of(b, subject);
        table.rows.push_back({{{std::to_string(++number), Align::centre},
                               {std::move(what), Align::centre},
                               {verdict_of(subject, b.words), Align::centre},
                               {content_of(b, subject)}}});
    }
    if (number > 0)
        b.add(std::move(table));
}

void insert_findings(Builder& b, const std::string& /*told*/)
{
    FindingPlots plots(b);
    std::int64_t number = 0;
    for (const Subject& subject : b.input.material.subjects) {
        b.section(b.text("papers.finding", {{"number", std::to_string(++number)}, {"name", name_of(b, subject)}}));
        add_sentences(b, subject);
        if (subject.cell)
            add_cell(b, *subject.cell);
        if ((subject.emission || subject.cell) && b.input.figures)
            plots.add(subject);
    }
}

void insert_open_points(Builder& b, const std::string& /*told*/)
{
    std::int64_t number = 0;
    bool any = false;
    const auto point = [&](const std::string& sentence) {
        b.dash(sentence);
        any = true;
    };
    for (const Subject& subject : b.input.material.subjects) {
        ++number;
        if (!subject.emission)
            continue;
        for (const Message& reason : subject.emission->quality_reasons)
            point(b.text("papers.doubt", {{"number", std::to_string(number)}, {"why", std::vector<Message>{reason}}}));
        if (subject.emission->clipped)
            point(b.text("papers.doubt", {{"number", std::to_string(number)},
                                          {"why", std::vector<Message>{Message("explain.clipped")}}}));
    }
    for (const CaseNote& note : b.input.material.contents.notes) {
        if (note.kind == "open")
            point(printable(note.text));
    }
    if (!any)
        b.paragraph(b.text("papers.nothing_open"));
}

} // namespace gacsong::papers
