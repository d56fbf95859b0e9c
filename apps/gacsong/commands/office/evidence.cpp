// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/evidence/package.hpp"
#include "report/picture/sheet.hpp"
#include "report/store/store_url.hpp"

#include <filesystem>

namespace gacsong::app {
namespace {

Status write_evidence(const Arguments& arguments, Session& session)
{
    const std::string& id = arguments.words.front();
    if (arguments.output.empty())
        return failure("package.output", {}, Fault::usage);
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(arguments.output, error))
        return failure("output.exists", {{"file", arguments.output}}, Fault::output);
    picture::prepare_painting(); // before the store makes an application that cannot paint
    const auto file = store_file(arguments.settings.store.value_or(""));
    if (!file)
        return tl::unexpected(file.error());
    const auto store = Store::open(*file, false);
    if (!store)
        return tl::unexpected(store.error());
    const auto material = papers::gather_case(**store, id);
    if (!material)
        return tl::unexpected(material.error());
    if (material->subjects.empty())
        return failure("report.empty", {{"case", id}}, Fault::usage);
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return tl::unexpected(vi ? en.error() : vi.error());
    const evidence::Keys keys(evidence::keys_folder());
    const evidence::PackageInput input{**store, *material, arguments.settings.office,   keys,
                                       *vi,     *en,       "Gác Sóng " GACSONG_VERSION, present_hand()};
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
