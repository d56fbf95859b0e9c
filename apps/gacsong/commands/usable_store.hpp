// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/session.hpp"
#include "report/store/store.hpp"

#include <memory>
#include <optional>

namespace gacsong::app {

/// Where the store is, if there is to be one and it can be written; `result` tells what went wrong.
[[nodiscard]] std::optional<StoreAddress> usable_store(const Arguments& arguments, Session& session, int& result);

/// The store that the arguments name; it is made where it is not there only if `create` says so.
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(const Arguments& arguments, bool create);

/// The comparison with what the store knows of base stations.
[[nodiscard]] Comparison remembering(Comparison comparison, const std::optional<StoreAddress>& store);

} // namespace gacsong::app
