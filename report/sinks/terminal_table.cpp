// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/terminal_table.hpp"

#include "report/records/codes.hpp"
#include "report/table/cell_table.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gacsong {
namespace {

/// `7 emissions`, for a placeholder.
Value counted(std::string_view what, std::uint64_t n)
{
    return std::vector<Message>{Message(fmt::format("count.{}", what), {{"n", static_cast<std::int64_t>(n)}})};
}

Message heading(const Run& run)
{
    const StreamInfo& stream = run.stream;
    std::vector<Message> facts;
    if (run.low_hz && run.high_hz)
        facts.push_back(Message("table.head.span", {{"low", Quantity{*run.low_hz, Unit::frequency, 1e3}},
                                                    {"high", Quantity{*run.high_hz, Unit::frequency, 1e3}}}));
    else if (stream.center_hz)
        facts.push_back(Message("table.head.center", {{"center", Quantity{*stream.center_hz, Unit::frequency}}}));
    else
        facts.push_back(Message("table.head.no_center"));
    facts.push_back(Message("table.head.rate", {{"rate", Quantity{stream.sample_rate_hz, Unit::sample_rate}}}));
    if (stream.length && stream.sample_rate_hz > 0.0 && !run.low_hz) {
        const double seconds = static_cast<double>(*stream.length) / stream.sample_rate_hz;
        facts.push_back(Message("table.head.duration", {{"duration", Quantity{seconds, Unit::seconds}}}));
    }
    if (stream.start)
        facts.push_back(Message("table.head.start", {{"start", *stream.start}}));
    else
        facts.push_back(Message("table.head.no_start"));
    return Message("table.heading", {{"file", stream.input}, {"list", std::move(facts)}});
}

} // namespace

Status TerminalTable::paragraph(std::string_view text, std::size_t indent, std::string_view mark)
{
    constexpr std::size_t readable = 100; // longer lines are hard to follow
    const std::size_t width = std::max<std::size_t>(style_.width, indent + 20) - indent;
    std::string before = pad_to_width(mark, indent);
    for (const std::string& line : wrap(text, std::min(width, readable))) {
        if (const Status written = output_.line(before + line); !written)
            return written;
        before.assign(indent, ' ');
    }
    return {};
}

Status TerminalTable::begin(const Run& run)
{
    told_.clear();
    ended_.clear();
    shown_.clear();
    cells_.clear();
    emissions_.clear();
    findings_.clear();
    estimates_ = clipped_ = false;
    sample_rate_hz_ = run.stream.sample_rate_hz;
    live_ = !run.stream.length;
    Status written = first_ ? Status{} : output_.line("");
    first_ = false;
    if (written)
        written = paragraph(words_.text(heading(run)), 0);
    if (!live_ || !written)
        return written;
    live_layout_.emplace(std::vector<Row>{}, words_, style_,
                         std::vector<std::string_view>{run.stream.center_hz ? "offset" : "center"});
    written = output_.line(live_layout_->heading());
    return written ? output_.line(live_layout_->rule()) : written;
}

Row TerminalTable::row(const Emission& emission) const
{
    Row row;
    row.verdict = emission.verdict;
    for (const Column& column : emission_columns())
        row.cells.push_back(column.cell(emission, words_));
    for (const Finding& finding : findings_)
        if (finding.subject == emission.id)
            row.severity = std::max(row.severity.value_or(finding.severity), finding.severity);
    return row;
}

Status TerminalTable::emission(const Emission& emission)
{
    estimates_ = estimates_ || (emission.bandwidth_estimate && emission.bandwidth_hz > 0.0);
    clipped_ = clipped_ || emission.clipped;
    if (live_) {
        told_.erase(std::exchange(ended_, emission.id));
        return output_.line(live_layout_->line(row(emission)));
    }
    emissions_.push_back(emission);
    // Not shown here, and long: a scan of days keeps all its rows in memory.
    emissions_.back().burst_list = {};
    emissions_.back().reasons = {};
    emissions_.back().quality_reasons = {};
    return {};
}

Status TerminalTable::cell(const Cell& cell)
{
    cells_.push_back(cell);
    // Their contents are not shown here.
    for (CellMessage& message : cells_.back().messages)
        message.contents.clear();
    return {};
}

Status TerminalTable::heard(const Cell& cell, std::span<const Finding> findings)
{
    if (!live_)
        return {};
    Status written;
    std::string line = cell_line(cell, words_);
    if (std::string& shown = shown_[cell.id]; shown != line) {
        shown = std::move(line);
        written = paragraph(shown, 0);
    }
    auto& rules = told_[cell.id];
    for (const Finding& finding : findings)
        if (written && rules.insert(finding.rule).second)
            written = write_finding(finding);
    return written;
}

Status TerminalTable::finding(const Finding& finding)
{
    if (live_) {
        const auto told = told_.find(finding.subject);
        const bool known = told != told_.end() && told->second.contains(finding.rule);
        return known ? Status{} : write_finding(finding);
    }
    findings_.push_back(finding);
    return {};
}

Status TerminalTable::started(const Emission& emission, std::span<const Finding> findings)
{
    if (!live_)
        return {};
    Row begun = row(emission);
    const auto columns = emission_columns();
    const auto length = std::ranges::find(columns, "duration", &Column::key);
    if (length != columns.end())
        begun.cells[static_cast<std::size_t>(length - columns.begin())] = words_.text("table.on_air");
    for (const Finding& finding : findings)
        begun.severity = std::max(begun.severity.value_or(finding.severity), finding.severity);
    Status written = output_.line(live_layout_->line(begun));
    auto& rules = told_[emission.id];
    for (const Finding& finding : findings) {
        rules.insert(finding.rule);
        if (written)
            written = write_finding(finding);
    }
    return written;
}

Status TerminalTable::withdrawn(const std::string& id, const Message& why)
{
    told_.erase(id);
    return live_ ? paragraph(words_.text(why), 4) : Status{};
}

std::vector<Emission> TerminalTable::sorted() const
{
    std::vector<Emission> rows = emissions_;
    std::ranges::stable_sort(rows, {}, [](const Emission& e) { return e.center_hz.value_or(e.offset_hz); });
    return rows;
}

Status TerminalTable::write_table()
{
    if (emissions_.empty())
        return {};
    std::vector<Row> rows;
    for (const Emission& emission : sorted())
        rows.push_back(row(emission));
    align_marks(rows, words_.language() == Language::vi ? ',' : '.');
    const Layout layout(rows, words_, style_);
    std::string text = fmt::format("\n{}\n{}\n", layout.heading(), layout.rule());
    for (const Row& one : rows)
        text += layout.line(one) + "\n";
    return output_.text(text);
}

Status TerminalTable::write_finding(const Finding& finding)
{
    const auto name_key = fmt::format("rule.{}.name", finding.rule);
    const Message title("table.finding", {{"id", finding.subject},
                                          {"severity", words_.text(fmt::format("severity.{}", code(finding.severity)))},
                                          {"rule", words_.find(name_key) ? words_.text(name_key) : finding.rule}});
    Status written = paragraph(words_.text(title), 4, severity_mark(finding.severity));
    const std::string sentence = words_.text(finding.message);
    if (written)
        written = paragraph(sentence, 4);
    if (written && !finding.reference.empty() && sentence.find(finding.reference) == std::string::npos)
        written = paragraph(words_.text(Message("table.reference", {{"reference", finding.reference}})), 4);
    return written;
}

Status TerminalTable::write_findings()
{
    if (findings_.empty())
        return {};
    Status written = output_.line("\n" + words_.text("table.findings"));
    // The gravest first; among equals in the order of the table.
    std::ranges::stable_sort(findings_, {}, [](const Finding& f) { return f.center_hz.value_or(0.0); });
    std::ranges::stable_sort(findings_, std::ranges::greater{}, &Finding::severity);
    for (const Finding& finding : findings_)
        if (written)
            written = write_finding(finding);
    return written;
}

Status TerminalTable::write_notes()
{
    Status written;
    if (estimates_)
        written = paragraph(words_.text("table.note.estimate"), 0);
    if (written && clipped_)
        written = paragraph(words_.text("table.note.clipped"), 0);
    return written;
}

Status TerminalTable::write_summary(const End& end)
{
    const double seconds = sample_rate_hz_ > 0.0 ? static_cast<double>(end.samples) / sample_rate_hz_ : 0.0;
    Status written;
    if (end.emissions == 0 && cells_.empty())
        written = paragraph(words_.text("summary.nothing"), 0);
    if (written && end.why)
        written = paragraph(words_.text(*end.why), 0);
    if (!written)
        return written;
    // Without a search for cells, "0 cells" would claim something that nobody looked for.
    Message line(end.cells > 0 ? "summary.line" : "table.summary", {{"emissions", counted("emissions", end.emissions)},
                                                                    {"cells", counted("cells", end.cells)},
                                                                    {"findings", counted("findings", end.findings)},
                                                                    {"gaps", counted("gaps", end.gaps)},
                                                                    {"duration", Quantity{seconds, Unit::seconds}},
                                                                    {"elapsed", Quantity{end.seconds, Unit::seconds}}});
    return paragraph(words_.text(line), 0);
}

Status TerminalTable::end(const End& end)
{
    Status written = live_ ? Status{} : write_table();
    if (written && !live_)
        written = write_findings();
    if (written && !cells_.empty())
        written = output_.text("\n" + cell_table(cells_, words_, style_));
    if (written)
        written = output_.line("");
    if (written)
        written = write_notes();
    if (written)
        written = write_summary(end);
    if (written && hint_ && end.emissions > 0)
        written = paragraph(words_.text("table.hint"), 0);
    return written ? output_.flush() : written;
}

} // namespace gacsong
