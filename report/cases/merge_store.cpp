// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/merge_store.hpp"

#include "report/cases/case_rows.hpp"
#include "report/cases/cases.hpp"
#include "report/cases/item_address.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/totals.hpp"
#include "report/store/transaction.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using NamedRow = std::map<std::string, QVariant>;

constexpr std::array<const char*, 7> tables_of_a_run{"emission", "cell",     "finding", "gap",
                                                     "look",     "position", "warning"};

SqlRow as_row(const NamedRow& named)
{
    SqlRow row;
    for (const auto& [name, value] : named) {
        if (!value.isNull())
            row.emplace_back(name, value);
    }
    return row;
}

Result<std::vector<NamedRow>> rows(Connection& from, const std::string& statement, const std::vector<QVariant>& values)
{
    return read_rows<NamedRow>(from, statement, values, [](const NamedRow& row) { return row; });
}

/// Copies what one store lacks from another.
class Merge {
public:
    Merge(Connection& to, Connection& from, Hand hand, std::string origin)
        : to_(to), from_(from), hand_(std::move(hand)), origin_(std::move(origin))
    {
    }

    Status all()
    {
        Status done = runs();
        return done ? cases() : done;
    }
    [[nodiscard]] const Merged& merged() const { return merged_; }

private:
    Status log(const char* action, const std::string& subject, nlohmann::ordered_json details)
    {
        details["from"] = origin_;
        return append_audit(to_, hand_, action, subject,
                            details.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    }

    Status runs()
    {
        const auto known = read_rows<std::pair<std::string, std::int64_t>>(
            to_, "SELECT uid, run FROM run WHERE uid IS NOT NULL", {}, [](const NamedRow& row) {
                return std::pair(row.at("uid").toString().toStdString(), std::int64_t{row.at("run").toLongLong()});
            });
        const auto theirs = rows(from_, "SELECT * FROM run WHERE writer IS NULL ORDER BY run", {});
        if (!known || !theirs)
            return tl::unexpected(!known ? known.error() : theirs.error());
        const std::map<std::string, std::int64_t> here(known->begin(), known->end());
        for (NamedRow run : *theirs) {
            const std::int64_t number = run.at("run").toLongLong();
            const auto same = here.find(run.at("uid").toString().toStdString());
            if (same != here.end()) {
                numbers_[number] = same->second;
                ++merged_.there;
            } else if (const Status copied = copy_run(number, std::move(run)); !copied) {
                return copied;
            }
        }
        return {};
    }

    Status copy_run(std::int64_t number, NamedRow run)
    {
        run.erase("run");
        auto statement = to_.prepare(insert_statement("run", as_row(run)));
        if (!statement)
            return tl::unexpected(statement.error());
        if (const Status written = to_.run(*statement, values_of(as_row(run))); !written)
            return written;
        const auto counted = to_.value(last_number(to_.dialect()));
        if (!counted)
            return tl::unexpected(counted.error());
        const std::int64_t now = counted->toLongLong();
        numbers_[number] = now;
        for (const char* table : tables_of_a_run) {
            const auto all =
                rows(from_, fmt::format("SELECT * FROM {} WHERE run = ?", table), {static_cast<qlonglong>(number)});
            if (!all)
                return tl::unexpected(all.error());
            for (NamedRow row : *all) {
                row["run"] = static_cast<qlonglong>(now);
                if (const Status written = insert_row(to_, table, as_row(row)); !written)
                    return written;
            }
        }
        if (const Status totalled = total_run(to_, now); !totalled)
            return totalled;
        const auto hash = run_hash(to_, now);
        if (!hash)
            return tl::unexpected(hash.error());
        ++merged_.runs;
        return log("run-stored", std::to_string(now), {{"sha512", *hash}, {"run_there", number}});
    }

    /// The id of a case here: its own, or with a number behind it where another case has it.
    Result<std::string> id_here(const NamedRow& theirs, bool& new_here)
    {
        const std::string id = theirs.at("case_id").toString().toStdString();
        std::string free = id;
        for (int next = 2;; ++next) {
            const auto ours = rows(to_, "SELECT * FROM case_file WHERE case_id = ?", {to_sql(free)});
            if (!ours)
                return tl::unexpected(ours.error());
            new_here = ours->empty();
            const bool same = !new_here && ours->front().at("opened_at") == theirs.at("opened_at") &&
                              ours->front().at("title") == theirs.at("title");
            if (new_here || same)
                return free;
            free = fmt::format("{}-{}", id, next);
        }
    }

    Status cases()
    {
        const auto theirs = rows(from_, "SELECT * FROM case_file ORDER BY opened_at, case_id", {});
        if (!theirs)
            return tl::unexpected(theirs.error());
        for (NamedRow file : *theirs) {
            const QVariant id_there = file.at("case_id");
            bool new_here = false;
            const auto id = id_here(file, new_here);
            if (!id)
                return tl::unexpected(id.error());
            if (new_here) {
                file["case_id"] = to_sql(*id);
                Status done = insert_row(to_, "case_file", as_row(file));
                if (done)
                    done = log("case-new", *id, {{"title", file.at("title").toString().toStdString()}});
                if (!done)
                    return done;
                ++merged_.cases;
            }
            const std::uint64_t before = changed_;
            Status done = parts("case_item", {}, id_there, *id);
            if (done)
                done = parts("case_note", "note", id_there, *id);
            if (done)
                done = parts("inspected_device", "device", id_there, *id);
            if (done && (new_here || changed_ > before))
                done = append_case_audit(to_, hand_, "case-merge", *id, "{}");
            if (!done)
                return done;
        }
        return {};
    }

    /// Rows of a case that are not here yet. `number`: a column that each store counts by itself.
    Status parts(const std::string& table, const std::string& number, const QVariant& there, const std::string& here)
    {
        const std::string statement = fmt::format("SELECT * FROM {} WHERE case_id = ?", table);
        const auto theirs = rows(from_, statement, {there});
        auto ours = rows(to_, statement, {to_sql(here)});
        if (!theirs || !ours)
            return tl::unexpected(!theirs ? theirs.error() : ours.error());
        // Two databases do not name what is absent alike.
        const auto absent = [&](const auto& column) { return column.first == number || column.second.isNull(); };
        for (NamedRow& row : *ours)
            std::erase_if(row, absent);
        for (NamedRow row : *theirs) {
            std::erase_if(row, absent);
            row["case_id"] = to_sql(here);
            if (!renumber(row) || std::ranges::find(*ours, row) != ours->end())
                continue;
            Status done = insert_row(to_, table, as_row(row));
            if (done)
                done = log("case-merge", here, {{"table", table}});
            if (!done)
                return done;
            ++changed_;
            if (table == "inspected_device")
                ++merged_.devices;
        }
        return {};
    }

    /// Runs have other numbers here. False where the run of an item did not come along (it was still open).
    bool renumber(NamedRow& row) const
    {
        if (const auto run = row.find("run"); run != row.end()) {
            const auto now = numbers_.find(run->second.toLongLong());
            if (now == numbers_.end())
                return false;
            run->second = static_cast<qlonglong>(now->second);
        }
        const auto link = row.find("emission_id");
        if (link != row.end() && !link->second.isNull()) {
            const auto address = parse_item_address(link->second.toString().toStdString());
            const auto now = address && address->run ? numbers_.find(*address->run) : numbers_.end();
            if (now != numbers_.end())
                link->second = to_sql(fmt::format("{}/{}", now->second, address->id));
        }
        return true;
    }

    Connection& to_;
    Connection& from_;
    Hand hand_;
    std::string origin_;
    std::map<std::int64_t, std::int64_t> numbers_; ///< of runs there and here
    Merged merged_;
    std::uint64_t changed_ = 0; ///< rows of cases
};

Result<std::unique_ptr<Store>> open_copy(const fs::path& other, const QTemporaryDir& folder)
{
    std::error_code error;
    if (!fs::is_regular_file(other, error))
        return failure("file.not_found", {{"file", other.string()}});
    const fs::path copy = fs::path(folder.path().toStdString()) / "other.sqlite";
    for (const char* suffix : {"", "-wal"}) {
        if (const fs::path file = other.string() + suffix; fs::exists(file, error))
            fs::copy_file(file, copy.string() + suffix, error);
        if (error)
            return failure("store.open", {{"store", other.string()}, {"why", error.message()}});
    }
    return Store::open(copy, false);
}

Result<std::unique_ptr<Store>> open_at_one_moment(const StoreAddress& other)
{
    auto store = Store::open(other, false);
    if (!store)
        return store;
    const Status begun = (*store)->connection().exec(QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    if (!begun)
        return tl::unexpected(begun.error());
    return store;
}

} // namespace

Result<Merged> merge_store(Store& store, const StoreAddress& other, const Hand& hand)
{
    const QTemporaryDir folder;
    const auto theirs = other.server() ? open_at_one_moment(other) : open_copy(other.file(), folder);
    if (!theirs)
        return tl::unexpected(theirs.error());
    const auto examined = examine_audit((*theirs)->connection());
    if (!examined)
        return tl::unexpected(examined.error());
    if (!examined->problems.empty())
        return failure("verify.store", {{"store", other.name()}, {"list", examined->problems}});
    auto transaction = Transaction::begin(store.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    const std::string origin = other.server() ? other.name() : other.file().filename().string();
    Merge merge(store.connection(), (*theirs)->connection(), hand, fmt::format("{} {}", origin, examined->head));
    Status done = merge.all();
    if (done)
        done = transaction->commit();
    // After so many new rows a server counts and clears up by itself, but only minutes later; until then summaries go
    // through whole tables. Who may not do that for somebody else's tables waits.
    if (done && store.connection().dialect() == Dialect::postgresql)
        static_cast<void>(store.connection().exec(
            QStringLiteral("VACUUM (ANALYZE) run, emission, cell, finding, run_total, run_system")));
    return done.map([&] { return merge.merged(); });
}

} // namespace gacsong
