// SPDX-License-Identifier: GPL-3.0-or-later
// Letters: the recommendation, and the request to an operator (documents.md §3.3, §3.5).
#include "report/papers/builder.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QString>
#include <QStringList>
#include <algorithm>
#include <array>
#include <set>

namespace gacsong::papers {
namespace {

using typeset::Align;

/// Kinds that a letter has a paragraph for, and what they are called by the recogniser, in a rule, on an inspection.
struct Advice {
    const char* key;
    std::array<std::string_view, 2> systems;
    std::string_view device_kind;
};

constexpr std::array<Advice, 6> advice{{{"repeater", {"repeater"}, "repeater"},
                                        {"microphone", {"wireless microphone"}, "wireless-microphone"},
                                        {"cordless", {"DECT 6.0", "DECT"}, "cordless-phone"},
                                        {"remote", {"ISM device"}, "remote-control"},
                                        {"camera", {"analogue video"}, "camera"},
                                        {"jammer", {"jammer"}, "jammer"}}};

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> parts;
    for (const QString& part : QString::fromStdString(text).split(u'|', Qt::SkipEmptyParts))
        parts.push_back(part.trimmed().toStdString());
    return parts;
}

std::string whole(const std::optional<std::uint64_t>& value) { return value ? std::to_string(*value) : "–"; }

} // namespace

/// `@addressee Kính gửi: {addressee}`
void insert_addressee(Builder& b, const std::string& told)
{
    typeset::Paragraph made;
    made.spans = {{told}};
    made.align = Align::centre;
    made.indent = false;
    b.add(std::move(made));
}

/// One sentence for one emission, a list for several.
void insert_letter_facts(Builder& b, const std::string& /*told*/)
{
    std::vector<const Subject*> emissions;
    std::set<std::string> registers;
    for (const Subject& subject : b.input.material.subjects) {
        if (!subject.emission)
            continue;
        emissions.push_back(&subject);
        const std::string& list = b.input.material.runs.at(subject.run).stored.run.register_name;
        if (subject.emission->verdict == Verdict::unlicensed && !list.empty())
            registers.insert(list);
    }
    if (emissions.empty())
        return;
    const std::string address = b.values.at("address").empty() ? dotted : b.values.at("address");
    const auto one = [&](const Emission& e) {
        return b.text("letter.emission",
                      {{"center", frequency_of(e, b.words)}, {"bw", Quantity{e.bandwidth_hz, Unit::bandwidth}}});
    };
    const auto& first = *emissions.front()->emission;
    const std::string date = first.start ? date_text(*first.start, b.language()) : std::string(dotted);
    const bool several = emissions.size() > 1;
    std::string text = b.text(several ? "letter.facts" : "letter.fact",
                              {{"date", date}, {"place", address}, {"emission", one(first)}});
    std::string missing;
    for (const std::string& list : registers)
        missing += " " + b.text("letter.no_licence", {{"register", list}});
    if (!several)
        return b.paragraph(text + missing);
    b.paragraph(text);
    for (std::size_t i = 0; i < emissions.size(); ++i)
        b.dash(one(*emissions[i]->emission) + (i + 1 < emissions.size() ? ";" : "."));
    if (!missing.empty())
        b.paragraph(missing.substr(1));
}

/// A paragraph for each kind of device that the case is about.
void insert_advice(Builder& b, const std::string& /*told*/)
{
    for (const Advice& one : advice) {
        const bool heard = std::ranges::any_of(b.input.material.subjects, [&](const Subject& subject) {
            return subject.emission && std::ranges::any_of(one.systems, [&](std::string_view system) {
                       return !system.empty() && subject.emission->system.name == system;
                   });
        });
        const bool seen = std::ranges::any_of(b.input.material.devices, [&](const InspectedDevice& device) {
            return device.device_kind == one.device_kind;
        });
        if (heard || seen)
            b.paragraph(b.text(fmt::format("letter.advice.{}", one.key)));
    }
}

/// Facts of the cells; neither score nor verdict goes to an operator.
void insert_operator_cells(Builder& b, const std::string& /*told*/)
{
    typeset::Table table;
    table.widths_mm = {8.0, 17.0, 16.0, 15.0, 22.0, 13.0, 22.0, 17.0, 35.0};
    for (const char* head : {"no", "technology", "plmn", "area", "cell", "bsic", "channel", "level", "when_where"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    for (const Subject& subject : b.input.material.subjects) {
        if (!subject.cell)
            continue;
        const Cell& c = *subject.cell;
        const StreamInfo& stream = b.input.material.runs.at(subject.run).stored.run.stream;
        std::string channel = whole(c.channel);
        if (c.carrier_hz)
            channel += "\n" + quantity_text(Quantity{*c.carrier_hz, Unit::frequency}, b.language());
        const auto level = c.level_dbfs ? c.level_dbfs : c.rsrp_dbfs;
        std::string where = c.start ? moment_text(*c.start, b.language()) : std::string{};
        if (stream.latitude && stream.longitude)
            where += (where.empty() ? "" : "\n") + coordinates_text(*stream.latitude, *stream.longitude, b.language());
        table.rows.push_back({{{std::to_string(table.rows.size() + 1), Align::centre},
                               {QString::fromStdString(c.technology).toUpper().toStdString(), Align::centre},
                               {printable(c.plmn), Align::centre},
                               {whole(c.area), Align::centre},
                               {whole(c.cell), Align::centre},
                               {whole(c.bsic ? c.bsic : c.pci), Align::centre},
                               {channel, Align::right},
                               {level ? quantity_text(Quantity{*level, Unit::dbfs}, b.language()) : "–", Align::right},
                               {where.empty() ? "–" : where}}});
    }
    if (table.rows.empty())
        return b.paragraph(b.text("operator.no_cells"));
    table.caption = b.table_caption("papers.tables.cells");
    b.add(std::move(table));
}

/// The five questions with room for their answers.
void insert_questions(Builder& b, const std::string& /*told*/)
{
    typeset::Table table;
    table.widths_mm = {10.0, 90.0, 65.0};
    for (const char* head : {"no", "question", "answer"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    for (int i = 1; i <= 5; ++i) {
        const char* room = i < 5 ? "operator.yes_no" : "operator.count";
        table.rows.push_back(
            {{{std::to_string(i), Align::centre}, {b.text(fmt::format("operator.question_{}", i))}, {b.text(room)}}});
    }
    b.add(std::move(table));
}

/// `@boxes A | B`
void insert_boxes(Builder& b, const std::string& told) { b.add(typeset::Boxes{split(told)}); }

} // namespace gacsong::papers
