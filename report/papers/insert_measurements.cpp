// SPDX-License-Identifier: GPL-3.0-or-later
// What was measured, against what, and whether each value is evidence or screening (monitoring.md §2.4).
#include "report/papers/builder.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace gacsong::papers {
namespace {

using typeset::Align;

constexpr const char* none = "–";

/// Rows of one emission in the table of measured values.
class Rows {
public:
    Rows(const Builder& b, const RunMaterial& run, const Subject& subject, typeset::Table& table, int& number)
        : b_(b), e_(*subject.emission), limits_(limits_of(subject)), calibrated_(frequency_calibrated(run)),
          timed_(run.stored.run.stream.start.has_value()), table_(table), number_(number)
    {
    }

    void add()
    {
        centre();
        bandwidth();
        level();
        snr();
        time();
        what();
    }

private:
    struct Values {
        std::string quantity;
        std::string value;
        std::string uncertainty = none;
        std::string limit = none;
        std::string comparison = none;
        bool evidence = false;
        bool outside = false;
    };

    [[nodiscard]] std::string written(const Quantity& q) const { return quantity_text(q, b_.language()); }
    [[nodiscard]] std::string plus_minus(double u, Unit unit) const
    {
        return u > 0.0 ? "±\u00A0" + uncertainty_text(Quantity{u, unit}, b_.language()) : none;
    }
    [[nodiscard]] std::string within() const { return b_.text("papers.within"); }

    void row(const Values& v)
    {
        // Screening values have no ± and stand in italics (documents.md §5).
        const bool italic = !v.evidence;
        table_.rows.push_back(
            {{{std::to_string(++number_), Align::centre},
              {v.quantity},
              {v.value, Align::right, v.outside, italic},
              {v.evidence ? v.uncertainty : none, Align::centre},
              {v.limit, Align::right},
              {v.comparison, Align::left, v.outside, italic},
              {b_.text(v.evidence ? "papers.measured" : "papers.screening"), Align::centre, false, italic}}});
    }

    void centre()
    {
        Values v;
        v.quantity = b_.text("papers.quantity.center");
        v.value = frequency_of(e_, b_.words);
        v.uncertainty = plus_minus(e_.uncertainty.center_hz, Unit::frequency);
        v.evidence = calibrated_ && e_.center_hz && e_.quality == Quality::good;
        if (limits_.carrier && limits_.tolerance) {
            v.limit = written(*limits_.carrier) + " ±\u00A0" + written(*limits_.tolerance);
            v.outside = limits_.offset.has_value();
            v.comparison = limits_.offset ? b_.text("papers.off",
                                                    {{"excess", Quantity{std::abs(limits_.offset->value),
                                                                         Unit::frequency, e_.uncertainty.center_hz}}})
                                          : within();
        } else if (limits_.tolerance) {
            v.limit = "±\u00A0" + written(*limits_.tolerance);
            v.comparison = within();
        } else if (limits_.nearest && limits_.nearest_away) {
            v.limit = b_.text("papers.nearest", {{"carrier", *limits_.nearest}});
            v.comparison = b_.text("papers.away", {{"excess", *limits_.nearest_away}});
        }
        row(v);
    }

    void bandwidth()
    {
        if (e_.bandwidth_hz <= 0.0)
            return;
        Values v;
        v.quantity = b_.text("papers.quantity.bandwidth");
        v.value = written({e_.bandwidth_hz, Unit::bandwidth, e_.uncertainty.bandwidth_hz});
        v.uncertainty = plus_minus(e_.uncertainty.bandwidth_hz, Unit::bandwidth);
        v.evidence = !e_.bandwidth_estimate && e_.quality == Quality::good;
        if (limits_.bandwidth) {
            v.limit = written(*limits_.bandwidth);
            v.outside = limits_.excess.has_value();
            v.comparison = limits_.excess ? b_.text("papers.above", {{"excess", *limits_.excess}}) : within();
        }
        row(v);
        if (!e_.bandwidth_26db_hz)
            return;
        Values wide;
        wide.quantity = b_.text("papers.quantity.bandwidth_26db");
        wide.value = written({*e_.bandwidth_26db_hz, Unit::bandwidth});
        row(wide);
    }

    void level()
    {
        Values v;
        v.quantity = b_.text("papers.quantity.level");
        v.value = written({e_.power_dbfs, Unit::dbfs});
        v.comparison = b_.text("papers.not_calibrated");
        row(v);
    }

    void snr()
    {
        Values v;
        v.quantity = "SNR";
        v.value = written({e_.snr_db, Unit::db});
        v.uncertainty = plus_minus(e_.uncertainty.power_db, Unit::db);
        v.evidence = e_.quality == Quality::good && !e_.clipped;
        row(v);
    }

    void time()
    {
        Values v;
        v.quantity = b_.text("papers.quantity.time");
        v.value = written({e_.end_s - e_.start_s, Unit::seconds});
        v.comparison = e_.bursts > 1 ? b_.text("papers.bursts", {{"n", static_cast<std::int64_t>(e_.bursts)},
                                                                 {"duty", Quantity{e_.duty, Unit::parts}}})
                                     : b_.text("papers.continuous");
        v.evidence = timed_ && e_.quality != Quality::poor;
        row(v);
    }

    void what()
    {
        if (e_.modulation.name != "unknown") {
            Values v;
            v.quantity = b_.text("explain.quantity.modulation");
            v.value = b_.words.term(e_.modulation.name);
            row(v);
        }
        if (e_.system.name == "unknown")
            return;
        Values v;
        v.quantity = b_.text("explain.quantity.system");
        v.value = b_.words.term(e_.system.name);
        v.comparison = b_.text("papers.confidence", {{"percent", Quantity{e_.system.confidence, Unit::parts}}});
        row(v);
        for (const auto& [key, value] : e_.system.identity) {
            Values identity;
            const std::string name = fmt::format("identity.{}", key);
            identity.quantity = b_.words.find(name) ? b_.text(name) : printable(key);
            identity.value = printable(value);
            row(identity);
        }
    }

    const Builder& b_;
    const Emission& e_;
    Limits limits_;
    bool calibrated_;
    bool timed_;
    typeset::Table& table_;
    int& number_;
};

/// What the values of a case may be used for.
struct Use {
    std::vector<std::string> evidence;
    std::vector<std::string> screening;
};

std::string list_of(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

} // namespace

namespace {

typeset::Table empty_table(const Builder& b)
{
    typeset::Table table;
    table.widths_mm = {8.0, 30.0, 28.0, 21.0, 33.0, 26.0, 19.0};
    for (const char* head : {"no", "quantity", "measured", "uncertainty", "limit", "comparison", "use"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    table.note = b.text("papers.decision_rule");
    return table;
}

void add_rows(const Builder& b, const Subject& subject, int finding, typeset::Table& table, int& number)
{
    const Emission& e = *subject.emission;
    const std::string what =
        e.licence ? b.text("papers.with_licence", {{"licence", e.licence->id}}) : verdict_of(subject, b.words);
    typeset::Row head;
    head.section = true;
    head.cells = {
        {b.text("papers.rows_of", {{"number", std::to_string(finding)}, {"name", what}}), Align::left, true, true}};
    table.rows.push_back(std::move(head));
    Rows(b, b.input.material.runs.at(subject.run), subject, table, number).add();
}

} // namespace

void add_measurements(Builder& b, const Subject& subject, int finding)
{
    typeset::Table table = empty_table(b);
    int number = 0;
    add_rows(b, subject, finding, table, number);
    table.caption = b.table_caption("papers.tables.measurements");
    b.add(std::move(table));
}

void insert_measurements(Builder& b, const std::string& /*told*/)
{
    typeset::Table table = empty_table(b);
    int number = 0;
    int finding = 0;
    for (const Subject& subject : b.input.material.subjects) {
        ++finding;
        if (subject.emission)
            add_rows(b, subject, finding, table, number);
    }
    if (table.rows.empty())
        return b.paragraph(b.text("papers.measured_above"));
    table.caption = b.table_caption("papers.tables.measurements");
    b.add(std::move(table));
}

void insert_use(Builder& b, const std::string& /*told*/)
{
    bool calibrated = !b.input.material.runs.empty();
    bool widths = false;
    for (const auto& [number, run] : b.input.material.runs)
        calibrated = calibrated && frequency_calibrated(run);
    for (const Subject& subject : b.input.material.subjects)
        widths = widths || (subject.emission && !subject.emission->bandwidth_estimate);
    Use use;
    (calibrated ? use.evidence : use.screening).push_back(b.text("papers.use.frequency"));
    (widths ? use.evidence : use.screening).push_back(b.text("papers.use.bandwidth"));
    use.evidence.push_back(b.text("papers.use.time"));
    use.screening.push_back(b.text("papers.use.level"));
    b.dash(b.text(calibrated ? "papers.use.evidence" : "papers.use.evidence_uncalibrated",
                  {{"list", list_of(use.evidence)}}));
    b.dash(b.text("papers.use.screening", {{"list", list_of(use.screening)}}));
    b.dash(b.text("grade.not_measured"));
}

void insert_gaps(Builder& b, const std::string& /*told*/)
{
    std::size_t gaps = 0;
    double lost_s = 0.0;
    bool clipped = false;
    for (const auto& [number, run] : b.input.material.runs) {
        gaps += run.gaps.size();
        for (const Emission& e : run.emissions)
            clipped = clipped || e.clipped;
        for (const Gap& gap : run.gaps)
            lost_s += static_cast<double>(gap.samples) / std::max(1.0, run.stored.run.stream.sample_rate_hz);
        for (const Message& warning : run.warnings) {
            clipped = clipped || warning.key == "warn.clipping";
            if (warning.key != "warn.level" && warning.key != "warn.clock")
                b.dash(b.words.text(warning));
        }
    }
    if (gaps > 0)
        b.dash(b.text("papers.gaps",
                      {{"n", static_cast<std::int64_t>(gaps)}, {"duration", Quantity{lost_s, Unit::seconds}}}));
    else
        b.dash(b.text(clipped ? "papers.no_gaps_clipped" : "papers.no_gaps"));
}

} // namespace gacsong::papers
