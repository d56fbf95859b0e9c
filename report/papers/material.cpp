// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/material.hpp"

#include "sdr/inspection.hpp"
#include "sdr/stream.hpp"

#include <algorithm>

namespace gacsong::papers {
namespace {

template <class T> Status take(Result<T> from, T& to)
{
    if (!from)
        return tl::unexpected(from.error());
    to = std::move(*from);
    return {};
}

/// The emission or cell that an item of a case is about.
std::string subject_of(const RunMaterial& run, const std::string& item)
{
    const auto finding = std::ranges::find(run.findings, item, &Finding::id);
    return finding == run.findings.end() ? item : finding->subject;
}

Subject make_subject(const RunMaterial& run, const std::string& id)
{
    Subject subject;
    subject.run = run.stored.number;
    if (const auto e = std::ranges::find(run.emissions, id, &Emission::id); e != run.emissions.end())
        subject.emission = *e;
    if (const auto c = std::ranges::find(run.cells, id, &Cell::id); c != run.cells.end())
        subject.cell = *c;
    for (const Finding& finding : run.findings) {
        if (finding.subject == id)
            subject.findings.push_back(finding);
    }
    return subject;
}

std::string id_of(const Subject& subject)
{
    return subject.emission ? subject.emission->id : subject.cell ? subject.cell->id : std::string{};
}

} // namespace

Result<RunMaterial> gather_facts(Store& store, std::int64_t number)
{
    RunMaterial facts;
    auto run = store.run(number);
    if (!run)
        return tl::unexpected(run.error());
    if (!*run)
        return failure("case.no_run", {{"id", std::to_string(number)}}, Fault::usage);
    facts.stored = std::move(**run);
    return take(store.track(number), facts.track).map([&] { return std::move(facts); });
}

Result<RunMaterial> gather_run(Store& store, std::int64_t number)
{
    auto facts = gather_facts(store, number);
    if (!facts)
        return facts;
    RunMaterial all = std::move(*facts);
    Status done = take(store.emissions(number), all.emissions);
    if (done)
        done = take(store.cells(number), all.cells);
    if (done)
        done = take(store.findings(number), all.findings);
    if (done)
        done = take(store.gaps(number), all.gaps);
    if (done)
        done = take(store.warnings(number), all.warnings);
    return done.map([&] { return std::move(all); });
}

Result<CaseMaterial> gather_case(Store& store, const std::string& case_id)
{
    CaseMaterial all;
    Cases cases(store, {});
    auto contents = cases.contents(case_id);
    if (!contents)
        return tl::unexpected(contents.error());
    all.contents = std::move(*contents);
    for (const CaseItem& item : all.contents.items) {
        const auto number = static_cast<std::int64_t>(item.run);
        auto found = all.runs.find(number);
        if (found == all.runs.end()) {
            auto run = gather_run(store, number);
            if (!run)
                return tl::unexpected(run.error());
            found = all.runs.emplace(number, std::move(*run)).first;
        }
        const std::string id = subject_of(found->second, item.item);
        const bool there = std::ranges::any_of(
            all.subjects, [&](const Subject& other) { return other.run == number && id_of(other) == id; });
        if (!there)
            all.subjects.push_back(make_subject(found->second, id));
    }
    if (const Status devices = take(Inspections(store, {}).list(case_id), all.devices); !devices)
        return tl::unexpected(devices.error());
    if (const Status log = take(audit_entries(store.connection()), all.log); !log)
        return tl::unexpected(log.error());
    std::erase_if(all.log, [&](const AuditEntry& entry) { return entry.subject != case_id; });
    all.package = last_package(all.log, case_id);
    return all;
}

Result<Reopened> reopen(const Run& run, const End& end)
{
    const StreamInfo& stream = run.stream;
    sdr::InputFlags flags;
    if (stream.format_origin == Origin::flag)
        flags.type = parse_sample_format(stream.format_name);
    if (stream.rate_origin == Origin::flag)
        flags.rate_hz = stream.sample_rate_hz;
    if (stream.center_origin == Origin::flag)
        flags.center_hz = stream.center_hz;
    if (stream.start_origin == Origin::flag)
        flags.start = stream.start;
    if (sdr::is_stream(stream.input) || stream.input.starts_with("soapy:"))
        return failure("papers.no_recording", {{"file", stream.input}});
    const auto inspection = sdr::inspect_recording(stream.input, flags);
    if (!inspection)
        return tl::unexpected(inspection.error());
    auto opened = sdr::open_recording(stream.input, flags);
    if (!opened)
        return tl::unexpected(opened.error());
    const StreamInfo& now = opened->source->info();
    const bool same = now.sample_rate_hz == stream.sample_rate_hz && now.format_name == stream.format_name &&
                      opened->history->end() >= end.samples;
    if (!same)
        return failure("papers.other_recording", {{"file", stream.input}});
    Reopened made{std::move(*opened), {}};
    made.timeline = Timeline(inspection->segments, made.opened.history->end(), stream.sample_rate_hz);
    return made;
}

Result<Reopened> reopen(const RunMaterial& run)
{
    Run moved = run.stored.run;
    if (!run.stored.path.empty())
        moved.stream.input = run.stored.path;
    return reopen(moved, run.stored.end);
}

} // namespace gacsong::papers
