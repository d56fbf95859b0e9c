// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/row_hash.hpp"

#include "report/store/read_rows.hpp"
#include "sdr/recorder/sha512.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace gacsong {
namespace {

/// A row as text that does not depend on the order of the columns nor on the database.
std::string canonical(const std::string& table, const std::map<std::string, QVariant>& row)
{
    std::string text = table;
    for (const auto& [name, value] : row) {
        if (value.isNull())
            continue;
        const int type = value.typeId();
        const bool real = type == QMetaType::Double || type == QMetaType::Float;
        const std::string written = real ? fmt::format("{:a}", value.toDouble()) : value.toString().toStdString();
        text += fmt::format("\n{}={}:{}", name, written.size(), written);
    }
    return text;
}

} // namespace

std::string sha512_of(const std::string& text)
{
    sdr::Sha512 hash;
    hash.add(std::as_bytes(std::span(text)));
    return hash.hex();
}

Result<std::string> rows_hash(Connection& connection, std::initializer_list<const char*> tables, const char* column,
                              const QVariant& value)
{
    std::vector<std::string> rows;
    for (const char* table : tables) {
        const auto of_table =
            read_rows<std::string>(connection, fmt::format("SELECT * FROM {} WHERE {} = ?", table, column), {value},
                                   [&](const auto& row) { return sha512_of(canonical(table, row)); });
        if (!of_table)
            return tl::unexpected(of_table.error());
        rows.insert(rows.end(), of_table->begin(), of_table->end());
    }
    std::ranges::sort(rows);
    std::string all;
    for (const std::string& row : rows)
        all += row;
    return sha512_of(all);
}

} // namespace gacsong
