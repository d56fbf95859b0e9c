// SPDX-License-Identifier: GPL-3.0-or-later
// The measurement annex: one sheet for each emission or cell (documents.md §3.1).
#include "report/papers/builder.hpp"
#include "report/papers/finding_plots.hpp"
#include "report/papers/roman.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gacsong::papers {
namespace {

class Sheet {
public:
    Sheet(Builder& b, FindingPlots& plots, const Subject& subject, int number)
        : b_(b), plots_(plots), subject_(subject), run_(b.input.material.runs.at(subject.run)), number_(number)
    {
    }

    void add()
    {
        const bool several = b_.input.material.subjects.size() > 1;
        b_.add(typeset::Annex{several ? b_.text("papers.annex", {{"number", roman(number_)}})
                                      : b_.text("papers.annex_alone"),
                              b_.text(subject_.cell ? "sheet.title_cell" : "sheet.title")});
        b_.paragraph(b_.text("sheet.number", {{"number", id()}, {"name", name_of(b_, subject_)}}), true);
        b_.begin_sections();
        measurement();
        equipment();
        b_.section(b_.text("sheet.results"));
        if (subject_.emission)
            add_measurements(b_, subject_, number_);
        if (subject_.cell)
            add_cell(b_, *subject_.cell);
        if ((subject_.emission || subject_.cell) && b_.input.figures) {
            b_.section(b_.text("sheet.figures"));
            plots_.add(subject_);
        }
        b_.section(b_.text("sheet.comparison"));
        b_.paragraph(b_.text("sheet.verdict", {{"verdict", verdict_of(subject_, b_.words)}}));
        add_sentences(b_, subject_);
        doubts();
        files();
        b_.paragraph(b_.text("doc.no_decision") + " " + b_.text("doc.privacy"));
        b_.add(typeset::Signers{{b_.text("sheet.measurer"), b_.text("sheet.witness"), b_.text("papers.head_of_team")},
                                b_.text("papers.sign_and_name")});
    }

private:
    [[nodiscard]] std::string id() const
    {
        return fmt::format("{}/{}-{}", b_.input.material.contents.file.case_id, subject_.run, subject_.id());
    }
    [[nodiscard]] std::string value(const char* name) const
    {
        const std::string& found = b_.values.at(name);
        return found.empty() ? dotted : found;
    }

    void measurement()
    {
        b_.section(b_.text("sheet.measurement"));
        const StreamInfo& stream = run_.stored.run.stream;
        const auto moment = [&](const std::optional<Instant>& when, double at_s) {
            return when ? moment_text(*when, b_.language())
                        : b_.text("sheet.from_start", {{"time", Quantity{at_s, Unit::seconds}}});
        };
        if (subject_.emission) {
            const Emission& e = *subject_.emission;
            b_.dash(b_.text("sheet.time", {{"start", moment(e.start, e.start_s)}, {"end", moment(e.end, e.end_s)}}));
        } else if (subject_.cell) {
            const Cell& c = *subject_.cell;
            b_.dash(b_.text("sheet.time", {{"start", moment(c.start, c.first_s)}, {"end", moment({}, c.last_s)}}));
        }
        const std::string place = stream.latitude && stream.longitude
                                      ? coordinates_text(*stream.latitude, *stream.longitude, b_.language())
                                      : std::string(dotted);
        b_.dash(b_.text("sheet.place", {{"address", value("address")}, {"place", place}}));
        b_.dash(b_.text("sheet.people", {{"people", value("people")}, {"conditions", value("conditions")}}));
    }

    void equipment()
    {
        b_.section(b_.text("sheet.equipment"));
        const StreamInfo& stream = run_.stored.run.stream;
        const std::string receiver = stream.receiver.empty() ? value("equipment") : printable(stream.receiver);
        b_.dash(b_.text("sheet.receiver",
                        {{"receiver", receiver}, {"rate", Quantity{stream.sample_rate_hz, Unit::sample_rate}}}));
        b_.dash(b_.text("sheet.program",
                        {{"program", run_.stored.run.program},
                         {"plan", run_.stored.run.plan},
                         {"register", run_.stored.run.register_name.empty() ? std::string(dotted)
                                                                            : run_.stored.run.register_name}}));
        b_.dash(b_.text("sheet.calibration",
                        {{"frequency", b_.text(fmt::format("papers.calibrated.frequency_{}",
                                                           frequency_calibrated(run_) ? "yes" : "no"))},
                         {"typed", value("frequency_calibration")},
                         {"level", value("level_calibration")}}));
    }

    void doubts()
    {
        if (!subject_.emission)
            return;
        for (const Message& reason : subject_.emission->quality_reasons)
            b_.dash(b_.words.text(reason));
        b_.paragraph(b_.text("grade.not_measured"));
    }

    /// The clip and its hash, as far as a package of the case was made.
    void files()
    {
        if ((!subject_.emission && !subject_.cell) || !b_.input.material.package)
            return;
        const std::string name = fmt::format("clips/run-{}_{}.sigmf-data", subject_.run, subject_.id());
        const auto& all = b_.input.material.package->files;
        const auto found = std::ranges::find(all, name, &PackagedFile::name);
        if (found == all.end())
            return;
        b_.section(b_.text("sheet.files"));
        b_.dash(b_.text("sheet.clip", {{"file", name}, {"package", b_.input.material.package->file}}));
        b_.mono(hash_groups(found->sha512));
        // Of a station's messages some are not in its clip, so the verdict may rest on more.
        b_.paragraph(
            b_.text(subject_.cell ? "doc.read_again" : "doc.reproduce", {{"command", "gacsong scan " + name}}));
    }

    Builder& b_;
    FindingPlots& plots_;
    const Subject& subject_;
    const RunMaterial& run_;
    int number_;
};

} // namespace

void insert_sheets(Builder& b, const std::string& /*told*/)
{
    FindingPlots plots(b, true);
    int number = 0;
    for (const Subject& subject : b.input.material.subjects)
        Sheet(b, plots, subject, ++number).add();
}

} // namespace gacsong::papers
