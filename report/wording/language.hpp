// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace gacsong {

/// The languages that the program speaks.
enum class Language { vi, en };

[[nodiscard]] constexpr std::string_view code(Language language) { return language == Language::vi ? "vi" : "en"; }

/// Reads `vi` or `en`, also with a territory and an encoding (`vi_VN.UTF-8`); nothing for other languages.
[[nodiscard]] constexpr std::optional<Language> parse_language(std::string_view name)
{
    const std::string_view head = name.substr(0, 2);
    const bool whole = name.size() <= 2 || name[2] == '_' || name[2] == '-' || name[2] == '.' || name[2] == '@';
    if (whole && head == "vi")
        return Language::vi;
    if (whole && head == "en")
        return Language::en;
    return std::nullopt;
}

} // namespace gacsong
