// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"

#include <QVariant>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// How each type that a field may have stands in SQL. What is unknown, an empty text included, is NULL. Times are RFC
/// 3339 with nine decimals, so that they sort as text; lists and messages are JSON.

[[nodiscard]] QVariant to_sql(const std::string& value);
[[nodiscard]] QVariant to_sql(double value);
[[nodiscard]] QVariant to_sql(bool value);
[[nodiscard]] QVariant to_sql(std::uint64_t value);
[[nodiscard]] QVariant to_sql(Instant value);
[[nodiscard]] QVariant to_sql(Quality value);
[[nodiscard]] QVariant to_sql(Verdict value);
[[nodiscard]] QVariant to_sql(Severity value);
[[nodiscard]] QVariant to_sql(const Message& value);
[[nodiscard]] QVariant to_sql(const std::vector<Message>& value);
[[nodiscard]] QVariant to_sql(const std::vector<Reason>& value);
[[nodiscard]] QVariant to_sql(const std::vector<Burst>& value);
[[nodiscard]] QVariant to_sql(const std::map<std::string, std::string>& value);
[[nodiscard]] QVariant to_sql(const std::vector<std::string>& value);
[[nodiscard]] QVariant to_sql(const std::vector<CellMessage>& value);
[[nodiscard]] QVariant to_sql(const std::vector<Neighbour>& value);
[[nodiscard]] QVariant to_sql(const std::vector<CellIndicator>& value);
[[nodiscard]] QVariant to_sql(const std::vector<CellGroup>& value);
[[nodiscard]] QVariant to_sql(const std::vector<CellLeftOut>& value);

template <class T> [[nodiscard]] QVariant to_sql(const std::optional<T>& value)
{
    return value ? to_sql(*value) : QVariant{};
}

/// The other way. A value of another shape leaves what the member had.
void from_sql(const QVariant& sql, std::string& value);
void from_sql(const QVariant& sql, double& value);
void from_sql(const QVariant& sql, bool& value);
void from_sql(const QVariant& sql, std::uint64_t& value);
void from_sql(const QVariant& sql, Instant& value);
void from_sql(const QVariant& sql, Quality& value);
void from_sql(const QVariant& sql, Verdict& value);
void from_sql(const QVariant& sql, Severity& value);
void from_sql(const QVariant& sql, Message& value);
void from_sql(const QVariant& sql, std::vector<Message>& value);
void from_sql(const QVariant& sql, std::vector<Reason>& value);
void from_sql(const QVariant& sql, std::vector<Burst>& value);
void from_sql(const QVariant& sql, std::map<std::string, std::string>& value);
void from_sql(const QVariant& sql, std::vector<std::string>& value);
void from_sql(const QVariant& sql, std::vector<CellMessage>& value);
void from_sql(const QVariant& sql, std::vector<Neighbour>& value);
void from_sql(const QVariant& sql, std::vector<CellIndicator>& value);
void from_sql(const QVariant& sql, std::vector<CellGroup>& value);
void from_sql(const QVariant& sql, std::vector<CellLeftOut>& value);

template <class T> void from_sql(const QVariant& sql, std::optional<T>& value)
{
    value.reset();
    if (!sql.isNull())
        from_sql(sql, value.emplace());
}

/// The column's type in SQL.
[[nodiscard]] constexpr const char* sql_type(const double&) { return "REAL"; }
[[nodiscard]] constexpr const char* sql_type(const bool&) { return "INTEGER"; }
[[nodiscard]] constexpr const char* sql_type(const std::uint64_t&) { return "INTEGER"; }

template <class T> [[nodiscard]] constexpr const char* sql_type(const T&) { return "TEXT"; }

template <class T> [[nodiscard]] constexpr const char* sql_type(const std::optional<T>&) { return sql_type(T{}); }

} // namespace gacsong
