// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace gacsong {

template <class T>
concept FieldRecord = requires
{
    std::remove_cvref_t<T>::fields;
};

/// Calls visit(name, member) for each SQL column of a record. A record inside a record becomes columns with its name in
/// front (`modulation_name`); an optional one that is absent has only NULLs, and is absent again where its first column
/// is NULL. Changes made to the members of a record that is not const stay.
template <class Record, class Visit>
void for_each_column(Record& record, const Visit& visit, const std::string& prefix = {})
{
    for_each_field(record, [&](std::string_view field, auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        const std::string name = prefix + std::string(field);
        if constexpr (FieldRecord<Member>) {
            for_each_column(member, visit, name + "_");
        } else if constexpr (requires {
                                 requires FieldRecord<typename Member::value_type> && requires { member.has_value(); };
                             }) {
            typename Member::value_type inner = member ? *member : typename Member::value_type{};
            for_each_column(inner, visit, name + "_");
            if constexpr (!std::is_const_v<std::remove_reference_t<decltype(member)>>) {
                const auto& key = inner.*(std::get<0>(std::remove_cvref_t<decltype(inner)>::fields).member);
                if (!(key == std::remove_cvref_t<decltype(key)>{}))
                    member = inner;
            }
        } else {
            visit(name, member);
        }
    });
}

} // namespace gacsong
