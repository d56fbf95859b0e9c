// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::test {

/// plans/wording/<language>.toml, flattened to dotted keys.
[[nodiscard]] const std::map<std::string, std::string>& words(std::string_view language);

/// Names in braces.
[[nodiscard]] std::set<std::string> placeholders(std::string_view sentence);

/// Key without a plural form at its end.
[[nodiscard]] std::string without_form(const std::string& key);

/// What a message asks for that the wording lacks, and what it hands over that no sentence uses; empty: all is well.
[[nodiscard]] std::vector<std::string> complaints(const Message& message);

} // namespace gacsong::test
