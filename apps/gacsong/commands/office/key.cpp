// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/evidence/ed25519.hpp"
#include "report/evidence/keys.hpp"

namespace gacsong::app {
namespace {

Status say_key(Session& session, const std::string& name, const std::string& public_pem)
{
    return session.out().line(session.words().text(
        Message("key.line", {{"name", name}, {"key", evidence::fingerprint(public_pem).value_or("")}})));
}

Status make(Session& session, evidence::Keys& keys)
{
    const auto made = keys.make();
    if (!made)
        return tl::unexpected(made.error());
    session.warn(Message("key.keep", {{"file", keys.private_file().string()}}));
    return say_key(session, "office", *made);
}

Status show(Session& session, const evidence::Keys& keys)
{
    const auto own = keys.public_pem();
    if (!own)
        return tl::unexpected(own.error());
    Status done;
    for (const evidence::TrustedKey& key : keys.trusted()) {
        if (done)
            done = say_key(session, key.name, key.public_pem);
    }
    return done ? session.out().text(*own) : done;
}

Status act(const Arguments& arguments, Session& session)
{
    evidence::Keys keys(evidence::keys_folder());
    const auto& words = arguments.words;
    if (words[0] == "new" && words.size() == 1)
        return make(session, keys);
    if (words[0] == "show" && words.size() == 1)
        return show(session, keys);
    if (words[0] == "trust" && words.size() == 3)
        return keys.trust(words[1], words[2]);
    std::string what;
    for (const std::string& word : words)
        what += (what.empty() ? "" : " ") + word;
    return failure("key.action", {{"what", what}}, Fault::usage);
}

} // namespace

int run_key(const Arguments& arguments, Session& session)
{
    const Status done = act(arguments, session);
    return done ? status::done : session.fail(done.error());
}

} // namespace gacsong::app
