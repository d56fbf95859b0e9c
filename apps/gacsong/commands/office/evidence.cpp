// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/office/open_case.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/evidence/package.hpp"

namespace gacsong::app {
namespace {

Status write_evidence(const Arguments& arguments, Session& session)
{
    if (arguments.output.empty())
        return failure("package.output", {}, Fault::usage);
    const auto opened = open_case(arguments);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return tl::unexpected(vi ? en.error() : vi.error());
    const evidence::Keys keys(evidence::keys_folder());
    const evidence::PackageInput input{
        *opened->store, opened->material, arguments.settings.office, keys, *vi, *en, "Gác Sóng " GACSONG_VERSION,
        present_hand()};
    const auto package = evidence::write_package(input, arguments.output);
    if (!package)
        return tl::unexpected(package.error());
    for (const Message& message : package->left_out)
        session.warn(message);
    return session.out().line(session.words().text(Message(
        "package.made",
        {{"file", arguments.output}, {"n", static_cast<std::int64_t>(package->files)}, {"hash", package->sha512}})));
}

} // namespace

int run_evidence(const Arguments& arguments, Session& session)
{
    const Status written = write_evidence(arguments, session);
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
