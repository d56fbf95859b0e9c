// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/cell_memory.hpp"

#include "report/store/connection.hpp"
#include "report/store/schema.hpp"
#include "report/store/sql_values.hpp"

namespace gacsong {

namespace {

std::optional<std::uint64_t> number(const QVariant& value)
{
    return value.isNull() ? std::nullopt : std::optional(static_cast<std::uint64_t>(value.toLongLong()));
}

} // namespace

StoredCells::StoredCells(std::filesystem::path file) : file_(std::move(file)) {}

StoredCells::~StoredCells() = default;

std::vector<CellSighting> StoredCells::of_identity(const std::string& technology, const std::string& plmn,
                                                   std::uint64_t cell, Instant from, Instant to) const
{
    std::vector<CellSighting> out;
    if (!connection_) {
        auto opened = Connection::open(file_, false);
        if (!opened || !migrate(**opened))
            return out;
        connection_ = std::move(*opened);
    }
    auto query = connection_->prepare(QStringLiteral(
        "SELECT area, channel, bsic, pci, start FROM cell WHERE plmn = ? AND cell = ? AND technology = ? "
        "AND start BETWEEN ? AND ? ORDER BY start LIMIT 1000"));
    if (!query)
        return out;
    const auto status =
        connection_->run(*query, {to_sql(plmn), to_sql(cell), to_sql(technology), to_sql(from), to_sql(to)});
    if (!status)
        return out;
    while (query->next()) {
        const auto code = number(query->value(2));
        Instant at;
        from_sql(query->value(4), at);
        out.push_back({technology, plmn, number(query->value(0)), cell, number(query->value(1)),
                       code ? code : number(query->value(3)), at});
    }
    return out;
}

} // namespace gacsong
