// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/audit.hpp"

#include "report/cases/case_rows.hpp"
#include "report/cases/row_hash.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/totals.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

namespace gacsong {
namespace {

/// The one value of the state table.
Result<std::string> state(Connection& connection, const char* name)
{
    const auto rows =
        read_rows<std::string>(connection, "SELECT value FROM store_state WHERE name = ?", {to_sql(std::string(name))},
                               [](const auto& row) { return row.at("value").toString().toStdString(); });
    if (!rows)
        return tl::unexpected(rows.error());
    return rows->empty() ? std::string{} : rows->front();
}

Status set_state(Connection& connection, const char* name, const std::string& value)
{
    const Status gone =
        run_statement(connection, "DELETE FROM store_state WHERE name = ?", {to_sql(std::string(name))});
    if (!gone)
        return gone;
    return insert_row(connection, "store_state", {{"name", to_sql(std::string(name))}, {"value", to_sql(value)}});
}

std::string head_text(const AuditEntry& entry) { return fmt::format("{} {}", entry.entry, entry.hash); }

Result<std::set<std::int64_t>> present_runs(Connection& connection)
{
    return read_rows<std::int64_t>(connection, "SELECT run FROM run WHERE writer IS NULL",
                                   {}, // an open one is not logged yet

                                   [](const auto& row) { return row.at("run").toLongLong(); })
        .map([](const std::vector<std::int64_t>& all) { return std::set<std::int64_t>(all.begin(), all.end()); });
}

/// Runs as the log tells of them.
struct LoggedRuns {
    std::map<std::int64_t, std::string> hashes;
    std::int64_t first = 0; ///< the log tells of runs from this one on; 0: of none

    void take(const AuditEntry& entry)
    {
        const std::int64_t run = QString::fromStdString(entry.subject).toLongLong();
        if (entry.action == "run-stored") {
            hashes[run] = nlohmann::json::parse(entry.details, nullptr, false).value("sha512", std::string{});
            first = first == 0 ? run : std::min(first, run);
        } else if (entry.action == "run-removed") {
            hashes.erase(run);
        }
    }
};

Status examine_runs(Connection& connection, const LoggedRuns& logged, AuditReport& report)
{
    const auto present = present_runs(connection);
    if (!present)
        return tl::unexpected(present.error());
    for (const std::int64_t run : *present) {
        if (logged.first != 0 && run >= logged.first && !logged.hashes.contains(run))
            report.problems.emplace_back("audit.run_added", std::vector<Argument>{{"id", std::to_string(run)}});
    }
    for (const auto& [run, hash] : logged.hashes) {
        const Argument id{"id", std::to_string(run)};
        if (!present->contains(run)) {
            report.problems.emplace_back("audit.run_missing", std::vector<Argument>{id});
            continue;
        }
        const auto now = run_hash(connection, run);
        if (!now)
            return tl::unexpected(now.error());
        ++report.runs;
        if (*now != hash)
            report.problems.emplace_back("audit.run_changed", std::vector<Argument>{id});
    }
    return {};
}

} // namespace

Hand present_hand()
{
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    Hand hand{{}, {std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()}};
    std::array<char, 4096> room{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(getuid(), &entry, room.data(), room.size(), &found) == 0 && found != nullptr)
        hand.who = printable(found->pw_name);
    else
        hand.who = fmt::format("uid {}", getuid());
    return hand;
}

std::string audit_hash(const AuditEntry& entry)
{
    const nlohmann::json fields{entry.entry,   entry.at,      entry.who,     entry.action,
                                entry.subject, entry.details, entry.previous};
    return sha512_of(fields.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<std::vector<AuditEntry>> audit_entries(Connection& connection)
{
    return read_rows<AuditEntry>(connection, "SELECT * FROM audit ORDER BY entry", {}, filled<AuditEntry>);
}

Status append_audit(Connection& connection, const Hand& hand, const std::string& action, const std::string& subject,
                    const std::string& details)
{
    const auto last =
        read_rows<AuditEntry>(connection, "SELECT * FROM audit ORDER BY entry DESC LIMIT 1", {}, filled<AuditEntry>);
    if (!last)
        return tl::unexpected(last.error());
    AuditEntry entry;
    entry.entry = last->empty() ? 1 : last->front().entry + 1;
    entry.at = rfc3339(hand.at, 9);
    entry.who = hand.who;
    entry.action = action;
    entry.subject = subject;
    entry.details = details;
    entry.previous = last->empty() ? std::string{} : last->front().hash;
    entry.hash = audit_hash(entry);
    if (const Status written = insert_row(connection, "audit", row_of(entry)); !written)
        return written;
    return set_state(connection, "audit_head", head_text(entry));
}

Result<std::string> run_hash(Connection& connection, std::int64_t run)
{
    return rows_hash(connection, {"run", "emission", "cell", "finding", "gap", "look", "position", "warning"}, "run",
                     static_cast<qlonglong>(run));
}

Result<AuditReport> examine_audit(Connection& connection)
{
    const auto entries = audit_entries(connection);
    if (!entries)
        return tl::unexpected(entries.error());
    AuditReport report;
    LoggedRuns runs;
    LoggedCases cases;
    std::uint64_t expected = 1;
    const auto problem = [&](const char* key, std::uint64_t entry) {
        report.problems.emplace_back(key, std::vector<Argument>{{"id", std::to_string(entry)}});
    };
    for (const AuditEntry& entry : *entries) {
        if (entry.entry != expected)
            problem("audit.missing", expected);
        else if (entry.previous != report.head)
            problem("audit.chain", entry.entry);
        if (audit_hash(entry) != entry.hash)
            problem("audit.changed", entry.entry);
        runs.take(entry);
        cases.take(entry);
        report.head = entry.hash;
        expected = entry.entry + 1;
        ++report.entries;
    }
    const auto head = state(connection, "audit_head");
    if (!head)
        return tl::unexpected(head.error());
    const std::string found = entries->empty() ? std::string{} : head_text(entries->back());
    if (*head != found)
        problem("audit.end", expected);
    if (const Status examined = examine_runs(connection, runs, report); !examined)
        return tl::unexpected(examined.error());
    const auto compared = cases.examine(connection, report.problems);
    const auto miscounted = runs_with_wrong_totals(connection);
    if (!compared || !miscounted)
        return tl::unexpected(!compared ? compared.error() : miscounted.error());
    report.cases = *compared;
    for (const std::int64_t run : *miscounted)
        report.problems.emplace_back("audit.totals", std::vector<Argument>{{"id", std::to_string(run)}});
    return report;
}

} // namespace gacsong
