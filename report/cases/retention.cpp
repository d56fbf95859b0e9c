// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/retention.hpp"

#include "report/cases/item_address.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/transaction.hpp"
#include "report/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace gacsong {
namespace {

Status forget(Connection& connection, const Hand& hand, std::int64_t run)
{
    const auto hash = run_hash(connection, run);
    if (!hash)
        return tl::unexpected(hash.error());
    // What belongs to the run goes with it (ON DELETE CASCADE).
    const Status gone = run_statement(connection, "DELETE FROM run WHERE run = ?", {static_cast<qlonglong>(run)});
    if (!gone)
        return gone;
    const nlohmann::json details{{"sha512", *hash}, {"why", "age"}};
    return append_audit(connection, hand, "run-removed", std::to_string(run), details.dump());
}

} // namespace

Result<std::set<std::int64_t>> needed_runs(Connection& connection)
{
    const auto items =
        read_rows<std::int64_t>(connection, "SELECT DISTINCT run FROM case_item", {},
                                [](const auto& row) { return std::int64_t{row.at("run").toLongLong()}; });
    const auto links =
        read_rows<std::string>(connection, "SELECT emission_id FROM inspected_device WHERE emission_id IS NOT NULL", {},
                               [](const auto& row) { return row.at("emission_id").toString().toStdString(); });
    if (!items || !links)
        return tl::unexpected(!items ? items.error() : links.error());
    std::set<std::int64_t> needed(items->begin(), items->end());
    for (const std::string& link : *links) {
        if (const auto address = parse_item_address(link); address && address->run)
            needed.insert(*address->run);
    }
    return needed;
}

Result<Forgotten> forget_runs(Store& store, const Hand& hand, Instant before, bool only_count)
{
    Connection& connection = store.connection();
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const auto needed = needed_runs(connection);
    const auto old = read_rows<std::int64_t>(
        connection, "SELECT run FROM run WHERE stored_at < ? AND writer IS NULL ORDER BY run", {to_sql(before)},
        [](const auto& row) { return std::int64_t{row.at("run").toLongLong()}; });
    if (!needed || !old)
        return tl::unexpected(!needed ? needed.error() : old.error());
    Forgotten forgotten;
    for (const std::int64_t run : *old) {
        if (needed->contains(run)) {
            ++forgotten.kept;
            continue;
        }
        ++forgotten.runs;
        if (only_count)
            continue;
        if (const Status gone = forget(connection, hand, run); !gone)
            return tl::unexpected(gone.error());
    }
    if (only_count)
        return forgotten;
    return transaction->commit().map([&] { return forgotten; });
}

} // namespace gacsong
