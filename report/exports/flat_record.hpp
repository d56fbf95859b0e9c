// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/json/json_text.hpp"
#include "report/records/codes.hpp"
#include "report/store/sql_columns.hpp"
#include "report/text/time_text.hpp"

#include <string>
#include <type_traits>

namespace gacsong {

/// A field of a record as text, and whether it is a word (and no number).
struct FlatValue {
    std::string text; ///< empty: not known
    bool word = true;
};

[[nodiscard]] inline FlatValue flat(const std::string& value) { return {value, true}; }
[[nodiscard]] inline FlatValue flat(double value) { return {json_number(value), false}; }
[[nodiscard]] inline FlatValue flat(bool value) { return {value ? "true" : "false", false}; }
[[nodiscard]] inline FlatValue flat(std::uint64_t value) { return {std::to_string(value), false}; }
[[nodiscard]] inline FlatValue flat(Instant value) { return {rfc3339(value), true}; }
template <class T> [[nodiscard]] FlatValue flat(const std::optional<T>& value) requires requires { flat(*value); }
{
    return value ? flat(*value) : FlatValue{};
}

/// Calls visit(name, FlatValue) for each field of a record that is one value, in their order, those of records inside
/// it with their name in front, as in SQL; lists and sentences are left out.
template <class Record, class Visit> void for_each_value(const Record& record, const Visit& visit)
{
    for_each_column(record, [&](const std::string& name, const auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_enum_v<Member>)
            visit(name, FlatValue{std::string(code(member)), true});
        else if constexpr (requires { flat(member); })
            visit(name, flat(member));
    });
}

} // namespace gacsong
