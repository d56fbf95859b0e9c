// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/office/open_case.hpp"

#include "apps/gacsong/commands/usable_store.hpp"
#include "report/picture/sheet.hpp"

#include <filesystem>

namespace gacsong::app {

Status check_output(const Arguments& arguments)
{
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(arguments.output, error))
        return failure("output.exists", {{"file", arguments.output}}, Fault::output);
    return {};
}

Result<OpenedCase> open_case(const Arguments& arguments)
{
    if (const Status free = check_output(arguments); !free)
        return tl::unexpected(free.error());
    picture::prepare_painting(); // before the store makes an application that cannot paint
    auto store = open_store(arguments, false);
    if (!store)
        return tl::unexpected(store.error());
    auto material = papers::gather_case(**store, arguments.words.front());
    if (!material)
        return tl::unexpected(material.error());
    if (material->subjects.empty() && material->devices.empty())
        return failure("report.empty", {{"case", arguments.words.front()}}, Fault::usage);
    return OpenedCase{std::move(*store), std::move(*material)};
}

} // namespace gacsong::app
