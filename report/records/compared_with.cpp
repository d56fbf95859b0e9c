// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/records/compared_with.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gacsong {
namespace {

constexpr std::array<std::string_view, 5> kinds{"plan", "register", "cells", "blocks", "ignore"};
constexpr std::string_view after_kind = "_file ";
constexpr std::string_view before_day = "=as_of=";
constexpr std::string_view before_hash = " sha512=";

} // namespace

std::string setting_of(const ComparedWith& file)
{
    return fmt::format("{}{}{}{}{}{}{}", file.kind, after_kind, file.file, before_day, file.as_of, before_hash,
                       file.sha512);
}

std::optional<ComparedWith> compared_with(std::string_view setting)
{
    // The name of the file may hold anything; what follows it does not.
    const std::size_t name = setting.find(after_kind);
    const std::size_t hash = setting.rfind(before_hash);
    if (name == std::string_view::npos || hash == std::string_view::npos)
        return std::nullopt;
    const std::size_t day = setting.rfind(before_day, hash);
    const std::string_view kind = setting.substr(0, name);
    if (day == std::string_view::npos || day < name + after_kind.size() ||
        std::ranges::find(kinds, kind) == kinds.end())
        return std::nullopt;
    const auto between = [&](std::size_t from, std::size_t to) { return std::string(setting.substr(from, to - from)); };
    return ComparedWith{std::string(kind), between(name + after_kind.size(), day),
                        between(day + before_day.size(), hash), std::string(setting.substr(hash + before_hash.size()))};
}

} // namespace gacsong
