// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/phrases.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gacsong::papers {

/// A paper while it is being made: what it is made from, its blocks so far, and what numbers come next.
class Builder {
public:
    explicit Builder(const PaperInput& given) : input(given), words(given.words), values(values_of(given))
    {
        paper.language = words.language();
        paper.program = given.program;
    }

    const PaperInput& input;
    const Wording& words;
    std::map<std::string, std::string> values;
    typeset::Paper paper;

    [[nodiscard]] Language language() const { return words.language(); }
    [[nodiscard]] std::string text(std::string_view key) const { return words.text(key); }
    [[nodiscard]] std::string text(const std::string& key, std::vector<Argument> arguments) const
    {
        return words.text(Message(key, std::move(arguments)));
    }
    void add(typeset::Block block) { paper.blocks.push_back(std::move(block)); }
    void paragraph(std::string sentence, bool italic = false)
    {
        typeset::Paragraph made;
        made.spans = {{std::move(sentence), false, italic}};
        add(std::move(made));
    }
    void dash(const std::string& sentence) { paragraph("- " + sentence); }
    /// Digits that somebody compares one by one.
    void mono(std::string digits)
    {
        typeset::Paragraph made;
        made.spans = {{std::move(digits)}};
        made.align = typeset::Align::left;
        made.points = 10.0;
        made.indent = false;
        made.mono = true;
        add(std::move(made));
    }
    /// Sections are counted anew.
    void begin_sections() { sections_ = 0; }
    /// `I. THÔNG TIN CHUNG`
    void part(const std::string& title);
    /// `1. Tóm tắt`
    void section(const std::string& title);
    /// `Bảng 2. Kết quả đo và đối chiếu`
    [[nodiscard]] std::string table_caption(std::string_view key);
    [[nodiscard]] std::string figure_caption(const std::string& what);

private:
    int parts_ = 0;
    int sections_ = 0;
    int tables_ = 0;
    int figures_ = 0;
};

/// What `@name` of a template makes. `told`: the rest of its line.
void insert_head(Builder& builder, const std::string& told);
void insert_title(Builder& builder, const std::string& told);
void insert_signature(Builder& builder, const std::string& told);
void insert_signers(Builder& builder, const std::string& told);
void insert_summary(Builder& builder, const std::string& told);
void insert_findings_table(Builder& builder, const std::string& told);
void insert_findings(Builder& builder, const std::string& told);
void insert_measurements(Builder& builder, const std::string& told);
void insert_open_points(Builder& builder, const std::string& told);
void insert_others(Builder& builder, const std::string& told);
void insert_use(Builder& builder, const std::string& told);
void insert_gaps(Builder& builder, const std::string& told);
void insert_proposals(Builder& builder, const std::string& told);
void insert_emissions(Builder& builder, const std::string& told);
void insert_annex(Builder& builder, const std::string& told);
void insert_addressee(Builder& builder, const std::string& told);
void insert_map(Builder& builder, const std::string& told);
void insert_instruments(Builder& builder, const std::string& told);
void insert_sheets(Builder& builder, const std::string& told);
void insert_letter_facts(Builder& builder, const std::string& told);
void insert_advice(Builder& builder, const std::string& told);
void insert_operator_cells(Builder& builder, const std::string& told);
void insert_questions(Builder& builder, const std::string& told);
void insert_package(Builder& builder, const std::string& told);
void insert_package_files(Builder& builder, const std::string& told);
void insert_handed_over(Builder& builder, const std::string& told);
void insert_custody(Builder& builder, const std::string& told);
void insert_boxes(Builder& builder, const std::string& told);
void insert_devices(Builder& builder, const std::string& told);
void insert_wide(Builder& builder, const std::string& told);
void insert_period_spectrum(Builder& builder, const std::string& told);
void insert_period_premises(Builder& builder, const std::string& told);
void insert_period_cases(Builder& builder, const std::string& told);
void insert_period_cells(Builder& builder, const std::string& told);
void insert_period_places(Builder& builder, const std::string& told);
void insert_period_kinds(Builder& builder, const std::string& told);
void insert_period_place_comparison(Builder& builder, const std::string& told);
void insert_period_coordination(Builder& builder, const std::string& told);
void insert_period_outcomes(Builder& builder, const std::string& told);
void insert_dots(Builder& builder, const std::string& told);

/// `phát xạ 441,93 MHz`, `cell 30121 (mạng 452-04, kênh 62)`.
[[nodiscard]] std::string name_of(const Builder& builder, const Subject& subject);

/// 128 digits in groups of eight, two lines of 64.
[[nodiscard]] std::string hash_groups(const std::string& hash);

/// Sentences of a subject: what its findings say, then its other reasons.
void add_sentences(Builder& builder, const Subject& subject);

/// The table of measured values of one emission, with its number among the findings.
void add_measurements(Builder& builder, const Subject& subject, int finding);

/// Tables of a cell: what was decoded, and the indicators line by line to the score.
void add_cell(Builder& builder, const Cell& cell);

/// Limits of an emission as its findings and reasons state them.
struct Limits {
    std::optional<Quantity> carrier;      ///< of the licence
    std::optional<Quantity> tolerance;    ///< of its frequency
    std::optional<Quantity> offset;       ///< measured minus stated, where outside
    std::optional<Quantity> bandwidth;    ///< of the licence or the exemption
    std::optional<Quantity> excess;       ///< of the bandwidth, where outside
    std::optional<Quantity> nearest;      ///< carrier of the nearest licence where none matches
    std::optional<Quantity> nearest_away; ///< how far that is
    bool matched = false;                 ///< some licence or exemption was compared with
};
[[nodiscard]] Limits limits_of(const Subject& subject);

} // namespace gacsong::papers
