// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/usable_store.hpp"

#include "report/store/cell_memory.hpp"
#include "report/store/store_url.hpp"

#include <fmt/format.h>

namespace gacsong::app {

std::optional<std::filesystem::path> usable_store(const Arguments& arguments, Session& session, int& result)
{
    if (arguments.no_store)
        return std::nullopt;
    const auto file = store_file(arguments.settings.store.value_or(""));
    if (!file) {
        result = session.fail(file.error());
        return std::nullopt;
    }
    if (const auto store = Store::open(*file); !store) {
        result = session.fail(store.error());
        return std::nullopt;
    }
    return *file;
}

Result<std::unique_ptr<Store>> open_store(const Arguments& arguments, bool create)
{
    const auto file = store_file(arguments.settings.store.value_or(""));
    if (!file)
        return tl::unexpected(file.error());
    auto store = Store::open(*file, create);
    if (store || create || store.error().message.key != "store.open")
        return store;
    // Whoever only reads is not helped by how a scan goes on without a store.
    Error error = store.error();
    error.message.key = "store.not_read";
    error.message.arguments.push_back(
        {"hint", std::vector<Message>{Message(fmt::format("store.hint.{}", arguments.command))}});
    return tl::unexpected(std::move(error));
}

Comparison remembering(Comparison comparison, const std::optional<std::filesystem::path>& store)
{
    if (store) {
        auto context = std::make_shared<JudgeContext>(*comparison.context);
        context->memory = std::make_shared<StoredCells>(*store);
        comparison.context = std::move(context);
    }
    return comparison;
}

} // namespace gacsong::app
