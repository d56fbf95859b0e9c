// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/usable_store.hpp"

#include "report/store/cell_memory.hpp"
#include "report/store/store_url.hpp"

#include <fmt/format.h>

namespace gacsong::app {

std::optional<StoreAddress> usable_store(const Arguments& arguments, Session& session, int& result)
{
    if (arguments.no_store)
        return std::nullopt;
    const auto address = store_address(arguments.settings.store.value_or(""));
    if (!address) {
        result = session.fail(address.error());
        return std::nullopt;
    }
    if (const auto store = Store::open(*address); !store) {
        result = session.fail(store.error());
        return std::nullopt;
    }
    return *address;
}

Result<std::unique_ptr<Store>> open_store(const Arguments& arguments, bool create)
{
    const auto address = store_address(arguments.settings.store.value_or(""));
    if (!address)
        return tl::unexpected(address.error());
    auto store = Store::open(*address, create);
    if (store || create || store.error().message.key != "store.open")
        return store;
    // Whoever only reads is not helped by how a scan goes on without a store.
    Error error = store.error();
    error.message.key = "store.not_read";
    error.message.arguments.push_back(
        {"hint", std::vector<Message>{Message(fmt::format("store.hint.{}", arguments.command))}});
    return tl::unexpected(std::move(error));
}

Comparison remembering(Comparison comparison, const std::optional<StoreAddress>& store)
{
    if (store) {
        auto context = std::make_shared<JudgeContext>(*comparison.context);
        context->memory = std::make_shared<StoredCells>(*store);
        comparison.context = std::move(context);
    }
    return comparison;
}

} // namespace gacsong::app
