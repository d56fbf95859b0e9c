// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/explain/explain.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/store/store.hpp"
#include "report/store/store_url.hpp"

#include <algorithm>

namespace gacsong::app {
namespace {

tl::unexpected<Error> not_there(std::string key, std::vector<Argument> arguments)
{
    return failure(std::move(key), std::move(arguments), Fault::usage);
}

/// The emission that `id` names in a run: its own id, or that of one of its findings.
Result<Emission> emission_named(Store& store, const StoredRun& run, std::span<const Finding> findings,
                                const std::string& id)
{
    const auto finding = std::ranges::find(findings, id, &Finding::id);
    auto emission = store.emission(run.number, finding == findings.end() ? id : finding->subject);
    if (!emission)
        return tl::unexpected(emission.error());
    if (!*emission)
        return not_there("explain.unknown_id", {{"id", id}, {"run", std::to_string(run.number)}});
    return std::move(**emission);
}

Status explain_from_store(const Arguments& arguments, Session& session)
{
    const auto file = store_file(arguments.settings.store.value_or(""));
    if (!file)
        return tl::unexpected(file.error());
    const auto store = Store::open(*file, false);
    if (!store)
        return tl::unexpected(store.error());
    const auto run = (*store)->run(arguments.run);
    if (!run)
        return tl::unexpected(run.error());
    if (!*run)
        return not_there(arguments.run ? "explain.unknown_run" : "explain.no_run",
                         {{"store", file->string()}, {"run", std::to_string(arguments.run.value_or(0))}});
    const auto findings = (*store)->findings((*run)->number);
    if (!findings)
        return tl::unexpected(findings.error());
    const auto emission = emission_named(**store, **run, *findings, arguments.words.front());
    if (!emission)
        return tl::unexpected(emission.error());
    return session.write_sections(explain(*emission, *findings, **run, session.words()));
}

} // namespace

int run_explain(const Arguments& arguments, Session& session)
{
    const Status explained = explain_from_store(arguments, session);
    return explained ? status::done : session.fail(explained.error());
}

} // namespace gacsong::app
