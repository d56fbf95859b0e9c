// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gacsong {

/// Names one thing in a store: `12/f2` is finding f2 of run 12, `f2` that of the last run. The id `all` stands for all
/// findings of the run.
struct ItemAddress {
    std::optional<std::int64_t> run;
    std::string id;
    bool operator==(const ItemAddress&) const = default;
};

/// Reads `[RUN/](fN|eN|cN|all)`, N from 1, at most nine digits. Nothing where it is something else.
[[nodiscard]] std::optional<ItemAddress> parse_item_address(std::string_view text);

} // namespace gacsong
