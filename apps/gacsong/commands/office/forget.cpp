// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/cases/retention.hpp"

#include <cmath>

namespace gacsong::app {
namespace {

/// Recordings and clips in a folder.
Status forget_raw(Store& store, const Hand& hand, Instant before, const Arguments& arguments, Session& session)
{
    const auto gone = forget_files(store, hand, arguments.words.front(), before, !arguments.office.yes);
    if (!gone)
        return tl::unexpected(gone.error());
    return session.out().line(
        session.words().text(Message(arguments.office.yes ? "forget.files_done" : "forget.files_would",
                                     {{"n", static_cast<std::int64_t>(gone->files)},
                                      {"size", Quantity{static_cast<double>(gone->bytes), Unit::bytes}},
                                      {"kept", std::to_string(gone->kept)},
                                      {"other", std::to_string(gone->not_ours)}})));
}

Status forget_old(const Arguments& arguments, Session& session)
{
    if (!arguments.office.older_s)
        return failure("forget.older", {}, Fault::usage);
    if (arguments.office.dry_run && arguments.office.yes)
        return failure("option.conflict", {{"option", std::string("--dry-run")}, {"other", std::string("--yes")}},
                       Fault::usage);
    const auto store = open_store(arguments, false);
    if (!store)
        return tl::unexpected(store.error());
    const Hand hand = present_hand();
    const Instant before{hand.at.unix_ns - std::llround(*arguments.office.older_s * 1e9)};
    if (!arguments.words.empty())
        return forget_raw(**store, hand, before, arguments, session);
    const auto forgotten = forget_runs(**store, hand, before, !arguments.office.yes);
    if (!forgotten)
        return tl::unexpected(forgotten.error());
    return session.out().line(session.words().text(
        Message(arguments.office.yes ? "forget.done" : "forget.would",
                {{"n", static_cast<std::int64_t>(forgotten->runs)}, {"kept", std::to_string(forgotten->kept)}})));
}

} // namespace

int run_forget(const Arguments& arguments, Session& session)
{
    const Status done = forget_old(arguments, session);
    return done ? status::done : session.fail(done.error());
}

} // namespace gacsong::app
