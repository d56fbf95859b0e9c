// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/build.hpp"

#include "report/papers/builder.hpp"
#include "report/papers/roman.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>
#include <array>

namespace gacsong::papers {
namespace {

struct Insert {
    std::string_view name;
    void (*make)(Builder&, const std::string&);
};

constexpr std::array<Insert, 40> inserts{{{"head", insert_head},
                                          {"title", insert_title},
                                          {"signature", insert_signature},
                                          {"signers", insert_signers},
                                          {"summary", insert_summary},
                                          {"findings-table", insert_findings_table},
                                          {"findings", insert_findings},
                                          {"measurements", insert_measurements},
                                          {"open-points", insert_open_points},
                                          {"others", insert_others},
                                          {"use", insert_use},
                                          {"gaps", insert_gaps},
                                          {"proposals", insert_proposals},
                                          {"emissions", insert_emissions},
                                          {"annex", insert_annex},
                                          {"devices", insert_devices},
                                          {"wide", insert_wide},
                                          {"map", insert_map},
                                          {"instruments", insert_instruments},
                                          {"sheets", insert_sheets},
                                          {"addressee", insert_addressee},
                                          {"letter-facts", insert_letter_facts},
                                          {"advice", insert_advice},
                                          {"operator-cells", insert_operator_cells},
                                          {"questions", insert_questions},
                                          {"package", insert_package},
                                          {"package-files", insert_package_files},
                                          {"handed-over", insert_handed_over},
                                          {"custody", insert_custody},
                                          {"period-spectrum", insert_period_spectrum},
                                          {"period-premises", insert_period_premises},
                                          {"period-cases", insert_period_cases},
                                          {"period-cells", insert_period_cells},
                                          {"period-places", insert_period_places},
                                          {"period-kinds", insert_period_kinds},
                                          {"period-place-comparison", insert_period_place_comparison},
                                          {"period-coordination", insert_period_coordination},
                                          {"period-outcomes", insert_period_outcomes},
                                          {"boxes", insert_boxes},
                                          {"dots", insert_dots}}};

/// Text with its placeholders filled: values, sentences of the wording, dots for what is not known.
Result<std::string> filled(const std::string& text, const Builder& builder, std::int64_t row)
{
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', from)) {
        const std::size_t close = text.find('}', at);
        const std::string name = text.substr(at + 1, close - at - 1);
        out += text.substr(from, at - from);
        from = close + 1;
        if (const auto value = builder.values.find(name); value != builder.values.end()) {
            out += value->second.empty() ? dotted : value->second;
        } else if (builder.words.find(name)) {
            out += builder.text(name);
        } else {
            return failure("papers.template",
                           {{"file", name}, {"row", row}, {"why", std::vector<Message>{Message("papers.why_name")}}},
                           Fault::usage);
        }
        // What brings its own full stop, or dots for a hand to fill, needs no second one; `./.` ends a document.
        if (text.compare(from, 3, "./.") == 0) {
            while (out.ends_with('.'))
                out.pop_back();
        } else if (from < text.size() && text[from] == '.' && (out.ends_with('.') || out.ends_with(dotted))) {
            ++from;
        }
    }
    return out + text.substr(from);
}

Status add_line(Builder& builder, const TemplateLine& line)
{
    if (!line.only_with.empty()) {
        const auto value = builder.values.find(line.only_with);
        if (value == builder.values.end() || value->second.empty())
            return {};
    }
    const auto text = filled(line.text, builder, line.row);
    if (!text)
        return tl::unexpected(text.error());
    switch (line.kind) {
    case TemplateLine::Kind::part:
        builder.part(*text);
        break;
    case TemplateLine::Kind::section:
        builder.section(*text);
        break;
    case TemplateLine::Kind::dash:
        builder.dash(*text);
        break;
    case TemplateLine::Kind::paragraph:
        builder.paragraph(*text);
        break;
    case TemplateLine::Kind::insert: {
        const std::size_t blank = std::min(text->find(' '), text->size());
        const auto found = std::ranges::find(inserts, std::string_view(*text).substr(0, blank), &Insert::name);
        if (found == inserts.end())
            return failure(
                "papers.template",
                {{"file", "@" + *text}, {"row", line.row}, {"why", std::vector<Message>{Message("papers.why_name")}}},
                Fault::usage);
        found->make(builder, text->substr(std::min(blank + 1, text->size())));
        break;
    }
    }
    return {};
}

} // namespace

void Builder::part(const std::string& title)
{
    const std::string capitals = QString::fromStdString(title).toUpper().toStdString();
    add(typeset::Heading{1, fmt::format("{}. {}", roman(++parts_), capitals)});
    sections_ = 0;
}

void Builder::section(const std::string& title) { add(typeset::Heading{2, fmt::format("{}. {}", ++sections_, title)}); }

std::string Builder::table_caption(std::string_view key)
{
    return text("papers.table", {{"number", std::to_string(++tables_)}, {"name", text(key)}});
}

std::string Builder::figure_caption(const std::string& what)
{
    return text("papers.figure", {{"number", std::to_string(++figures_)}, {"name", what}});
}

Result<typeset::Paper> build_paper(const std::vector<TemplateLine>& lines, const PaperInput& input)
{
    Builder builder(input);
    builder.paper.title = input.period != nullptr
                              ? builder.values.at("period")
                              : fmt::format("{} {}", input.material.contents.file.case_id, builder.values.at("title"));
    if (input.office.demonstration)
        builder.paper.watermark = builder.text("papers.demonstration");
    for (const TemplateLine& line : lines) {
        if (const Status added = add_line(builder, line); !added)
            return tl::unexpected(added.error());
    }
    return std::move(builder.paper);
}

} // namespace gacsong::papers
