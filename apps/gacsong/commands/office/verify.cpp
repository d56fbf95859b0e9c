// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/verify.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/office/verified.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/cases/audit.hpp"
#include "report/store/store.hpp"
#include "report/store/store_url.hpp"

namespace gacsong::app {
namespace {

void add_list(std::string& out, const std::string& what, const std::vector<std::string>& names)
{
    if (names.empty())
        return;
    out += (out.empty() ? "" : "; ") + what + ": ";
    for (std::size_t i = 0; i < names.size(); ++i)
        out += (i > 0 ? ", " : "") + names[i];
}

/// The log of a store.
Status verify_store(const std::string& url, Session& session)
{
    const auto address = store_address(url);
    if (!address)
        return tl::unexpected(address.error());
    const auto store = Store::open(*address, false);
    if (!store)
        return tl::unexpected(store.error());
    const auto report = examine_audit((*store)->connection());
    if (!report)
        return tl::unexpected(report.error());
    if (!report->problems.empty())
        return failure("verify.store", {{"store", address->name()}, {"list", report->problems}});
    return session.out().line(session.words().text(Message(
        "verify.store_ok",
        {{"store", address->name()}, {"n", static_cast<std::int64_t>(report->entries)}, {"hash", report->head}})));
}

} // namespace

Result<std::string> verified_package(const std::string& file, const Wording& words)
{
    const auto found = evidence::verify_package(file, evidence::Keys(evidence::keys_folder()).trusted());
    if (!found)
        return tl::unexpected(found.error());
    if (!found->contents_whole()) {
        std::string list;
        add_list(list, words.text("verify.word_changed"), found->changed);
        add_list(list, words.text("verify.word_missing"), found->missing);
        add_list(list, words.text("verify.word_added"), found->added);
        return failure("verify.changed", {{"file", file}, {"list", list}});
    }
    if (!found->signature_valid)
        return failure("verify.signature", {{"file", file}, {"key", found->key}});
    const std::string trust = found->trusted ? words.text(Message("verify.trusted", {{"name", *found->trusted}}))
                                             : words.text("verify.untrusted");
    return words.text(Message("verify.ok",
                              {{"file", file}, {"n", static_cast<std::int64_t>(found->files)}, {"key", found->key}})) +
           " " + trust;
}

int run_verify(const Arguments& arguments, Session& session)
{
    const std::string& what = arguments.words.front();
    const bool store =
        what.starts_with("sqlite:") || what.starts_with("postgresql://") || what.starts_with("postgres://");
    const Status done = store ? verify_store(what, session)
                              : verified_package(what, session.words()).and_then([&](const std::string& said) {
                                    return session.out().line(said);
                                });
    return done ? status::done : session.fail(done.error());
}

} // namespace gacsong::app
