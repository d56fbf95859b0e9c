// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/explain/explain.hpp"
#include "report/papers/builder.hpp"
#include "report/papers/spectrum_figure.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>
#include <cmath>
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

/// Lines below the axis: file, time, place, settings, program.
std::vector<std::string> burnt_in(const Builder& b, const RunMaterial& run, const Emission& e, const SpectrumData& data)
{
    const StreamInfo& stream = run.stored.run.stream;
    const std::string file = stream.input.substr(stream.input.find_last_of('/') + 1);
    std::string first = printable(file);
    if (e.start)
        first += " · " + moment_text(*e.start, b.language());
    if (stream.latitude && stream.longitude)
        first += " · " + coordinates_text(*stream.latitude, *stream.longitude, b.language());
    const double rbw = 2.0 * data.bin_hz; // of the window: Blackman–Harris, equivalent noise bandwidth 2.0 bins
    std::string second = b.text("figure.settings", {{"bw", Quantity{rbw, Unit::bandwidth}},
                                                    {"points", static_cast<std::int64_t>(data.bins)},
                                                    {"averages", static_cast<std::int64_t>(data.frames)}});
    const std::string third =
        b.text("figure.origin", {{"program", printable(run.stored.run.program)}, {"plan", run.stored.run.plan}});
    return {first, second, third};
}

SpectrumFigureInput figure_input(const Builder& b, const RunMaterial& run, const Subject& subject, SpectrumData data)
{
    const Emission& e = *subject.emission;
    SpectrumFigureInput figure;
    figure.settings = burnt_in(b, run, e, data);
    figure.center_hz = run.stored.run.stream.center_hz;
    if (e.bandwidth_hz > 0.0)
        figure.floor_db = e.power_dbfs - e.snr_db - 10.0 * std::log10(e.bandwidth_hz / data.bin_hz);
    figure.data = std::move(data);
    const double half = 0.5 * e.bandwidth_hz;
    const Quantity width{e.bandwidth_hz, Unit::bandwidth, e.uncertainty.bandwidth_hz};
    std::vector<Argument> measured{{"bw", width}};
    if (!e.bandwidth_estimate && e.uncertainty.bandwidth_hz > 0.0)
        measured.push_back({"u_bw", Quantity{e.uncertainty.bandwidth_hz, Unit::bandwidth}});
    const double low = e.low_hz && figure.center_hz ? *e.low_hz - *figure.center_hz : e.offset_hz - half;
    figure.measured = Edges{low, low + e.bandwidth_hz, b.text("figure.measured_width", measured)};
    const Limits limits = limits_of(subject);
    if (limits.bandwidth && limits.bandwidth->value > 0.0) {
        figure.hatch = limits.excess.has_value();
        const double middle =
            limits.carrier && figure.center_hz ? limits.carrier->value - *figure.center_hz : e.offset_hz;
        figure.limits = Edges{middle - 0.5 * limits.bandwidth->value, middle + 0.5 * limits.bandwidth->value,
                              b.text("figure.limit_width", {{"bw", *limits.bandwidth}})};
    } else if (limits.carrier && figure.center_hz && limits.tolerance) {
        const double middle = limits.carrier->value - *figure.center_hz;
        figure.limits = Edges{middle - limits.tolerance->value, middle + limits.tolerance->value,
                              b.text("figure.limit_frequency", {{"carrier", *limits.carrier}})};
    }
    return figure;
}

/// Spectra of a run's subjects; the recording is opened once.
class Plots {
public:
    Plots(Builder& b, const std::map<std::int64_t, RunMaterial>& runs) : b_(b), runs_(runs) {}

    void add(const Subject& subject)
    {
        const RunMaterial& run = runs_.at(subject.run);
        const auto& opened = open(subject.run, run);
        if (!opened) {
            b_.paragraph(b_.text("papers.no_figure", {{"why", std::vector<Message>{opened.error().message}}}), true);
            return;
        }
        auto data = measure_spectrum(*subject.emission, *opened->opened.history, opened->timeline);
        if (!data) {
            b_.paragraph(b_.text("papers.no_figure_short"), true);
            return;
        }
        typeset::Figure figure;
        SpectrumFigureInput input = figure_input(b_, run, subject, std::move(*data));
        const bool beyond = input.limits.has_value();
        figure.drawing = spectrum_figure(std::move(input), b_.words);
        figure.height_mm = 78.0;
        const std::string center = frequency_of(*subject.emission, b_.words);
        figure.caption =
            b_.figure_caption(b_.text(beyond ? "figure.caption_limits" : "figure.caption", {{"center", center}}));
        figure.alternative = emission_sentence(*subject.emission, b_.words);
        b_.add(std::move(figure));
    }

private:
    const Result<Reopened>& open(std::int64_t number, const RunMaterial& run)
    {
        auto found = opened_.find(number);
        if (found == opened_.end()) {
            Run moved = run.stored.run;
            if (!run.stored.path.empty())
                moved.stream.input = run.stored.path;
            found = opened_.emplace(number, reopen(moved, run.stored.end)).first;
        }
        return found->second;
    }

    Builder& b_;
    const std::map<std::int64_t, RunMaterial>& runs_;
    std::map<std::int64_t, Result<Reopened>> opened_;
};

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

} // namespace

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
    Plots plots(b, b.input.material.runs);
    std::int64_t number = 0;
    for (const Subject& subject : b.input.material.subjects) {
        b.section(b.text("papers.finding", {{"number", std::to_string(++number)}, {"name", name_of(b, subject)}}));
        add_sentences(b, subject);
        if (subject.cell)
            add_cell(b, *subject.cell);
        if (subject.emission && b.input.figures)
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
