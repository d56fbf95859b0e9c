// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/records/codes.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace gacsong {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 3> qualities{"poor", "fair", "good"};
constexpr std::array<std::string_view, 8> verdicts{"licensed",  "exempt",    "network", "unlicensed",
                                                   "violation", "protected", "unknown", "ignored"};
constexpr std::array<std::string_view, 3> severities{"notice", "serious", "danger"};
constexpr std::array<std::string_view, 5> origins{"flag", "sidecar", "header", "file name", "unknown"};

template <class Enum> std::optional<Enum> find(std::span<const std::string_view> names, std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<Enum>(i);
    return std::nullopt;
}

} // namespace

std::string_view code(Quality quality) { return qualities.at(static_cast<std::size_t>(quality)); }
std::string_view code(Verdict verdict) { return verdicts.at(static_cast<std::size_t>(verdict)); }
std::string_view code(Severity severity) { return severities.at(static_cast<std::size_t>(severity)); }
std::string_view code(Origin origin) { return origins.at(static_cast<std::size_t>(origin)); }

template <> std::optional<Quality> from_code<Quality>(std::string_view name) { return find<Quality>(qualities, name); }
template <> std::optional<Verdict> from_code<Verdict>(std::string_view name) { return find<Verdict>(verdicts, name); }
template <> std::optional<Severity> from_code<Severity>(std::string_view name)
{
    return find<Severity>(severities, name);
}
template <> std::optional<Origin> from_code<Origin>(std::string_view name) { return find<Origin>(origins, name); }

} // namespace gacsong
