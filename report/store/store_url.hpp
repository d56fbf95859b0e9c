// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <filesystem>
#include <string_view>

namespace gacsong {

/// The file of a store named as on the command line: `sqlite:FILE`, or a path alone. An empty name is the user's own
/// store, `$XDG_DATA_HOME/gacsong/store.sqlite`.
/// Errors: store.postgresql (announced, not built in yet), store.url (another scheme, or no home folder).
[[nodiscard]] Result<std::filesystem::path> store_file(std::string_view url);

} // namespace gacsong
