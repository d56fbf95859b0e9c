// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/explain/explain.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/explain/explain_cell.hpp"
#include "report/store/store.hpp"
#include "report/store/store_url.hpp"

#include <algorithm>

namespace gacsong::app {
namespace {

tl::unexpected<Error> not_there(std::string key, std::vector<Argument> arguments)
{
    return failure(std::move(key), std::move(arguments), Fault::usage);
}

/// What `id` names in a run, in sentences: an emission, a base station, or the one that a finding is about.
Result<std::vector<Section>> sections_of(Store& store, const StoredRun& run, const std::string& id,
                                         const Wording& words)
{
    const auto findings = store.findings(run.number);
    if (!findings)
        return tl::unexpected(findings.error());
    const auto finding = std::ranges::find(*findings, id, &Finding::id);
    const std::string& subject = finding == findings->end() ? id : finding->subject;
    const auto emission = store.emission(run.number, subject);
    if (!emission)
        return tl::unexpected(emission.error());
    if (*emission)
        return explain(**emission, *findings, run, words);
    const auto cells = store.cells(run.number);
    if (!cells)
        return tl::unexpected(cells.error());
    const auto cell = std::ranges::find(*cells, subject, &Cell::id);
    if (cell == cells->end())
        return not_there("explain.unknown_id", {{"id", id}, {"run", std::to_string(run.number)}});
    const auto past = past_levels(store, run, *cell);
    if (!past)
        return tl::unexpected(past.error());
    return explain(*cell, run, words, *past);
}

Status explain_from_store(const Arguments& arguments, Session& session)
{
    const auto address = store_address(arguments.settings.store.value_or(""));
    if (!address)
        return tl::unexpected(address.error());
    const auto store = Store::open(*address, false);
    if (!store)
        return tl::unexpected(store.error());
    const auto run = (*store)->run(arguments.run);
    if (!run)
        return tl::unexpected(run.error());
    if (!*run)
        return not_there(arguments.run ? "explain.unknown_run" : "explain.no_run",
                         {{"store", address->name()}, {"run", std::to_string(arguments.run.value_or(0))}});
    const auto sections = sections_of(**store, **run, arguments.words.front(), session.words());
    if (!sections)
        return tl::unexpected(sections.error());
    return session.write_sections(*sections);
}

} // namespace

int run_explain(const Arguments& arguments, Session& session)
{
    const Status explained = explain_from_store(arguments, session);
    return explained ? status::done : session.fail(explained.error());
}

} // namespace gacsong::app
