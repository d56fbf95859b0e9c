// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <tuple>

namespace gacsong {

/// One field of a record: its name in C++, JSON, SQL and CSV, and the member that holds it.
/// The unit is the name's suffix (`_hz`, `_s`, `_db`, `_dbfs`).
template <class Record, class Member> struct Field {
    std::string_view name;
    Member Record::*member;
};

template <class Record, class Member> Field(const char*, Member Record::*) -> Field<Record, Member>;

/// Calls visit(name, record.*member) for each field in the order of the list.
template <class Record, class Visitor> constexpr void for_each_field(Record&& record, Visitor&& visit)
{
    std::apply([&](const auto&... field) { (visit(field.name, record.*(field.member)), ...); },
               std::remove_cvref_t<Record>::fields);
}

} // namespace gacsong
