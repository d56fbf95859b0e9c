// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"
#include "dsp/result.hpp"
#include "report/store/store_url.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

class Connection;

/// A run as it stands in the store.
struct StoredRun {
    std::int64_t number = 0;
    Run run;
    End end;
    std::string path; ///< of the recording, from the root; empty for streams and receivers
};

/// The memory of the program: runs with their emissions, findings, gaps and warnings in an SQLite file or a
/// PostgreSQL database. Written one run at a time, each as one transaction; a run that may go on for ever is kept in
/// parts, each a transaction, and is open until it ends. An open run whose program is gone is closed as broken off by
/// the next one that writes. Whoever writes is alone in doing so. Belongs to the thread that opened it.
class Store {
public:
    /// Errors: store.open, store.newer, those of Connection::exec().
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const StoreAddress& address, bool create = true);

    ~Store();

    /// Begins the transaction of a run and gives its number. Errors here and below: those of Connection::exec().
    [[nodiscard]] Result<std::int64_t> begin(const Run& run);
    [[nodiscard]] Status add(const Emission& emission);
    [[nodiscard]] Status add(const Cell& cell);
    /// Takes out what the run that is being written holds of a cell, and the findings on it: more is known now.
    [[nodiscard]] Status take_out_cell(const std::string& id);
    [[nodiscard]] Status add(const Finding& finding);
    [[nodiscard]] Status add(const Gap& gap);
    [[nodiscard]] Status add(const Look& look);
    [[nodiscard]] Status add(const TrackPoint& point);
    [[nodiscard]] Status add(const Message& warning);
    /// Of a run that goes on: ends the transaction and begins the next with the record that follows. `so_far` is what
    /// holds if nothing follows. From here on the run is in the store, and open.
    [[nodiscard]] Status keep(const End& so_far);
    /// Ends the transaction: from here on the run is in the store, and closed.
    [[nodiscard]] Status commit(const End& end);
    /// Forgets the run.
    void roll_back();

    /// A run by its number, or the last one. Nothing where there is none.
    [[nodiscard]] Result<std::optional<StoredRun>> run(std::optional<std::int64_t> number = std::nullopt);
    /// All runs, oldest first, or the one of that number.
    [[nodiscard]] Result<std::vector<StoredRun>> runs(std::optional<std::int64_t> number = std::nullopt);
    [[nodiscard]] Result<std::vector<Emission>> emissions(std::int64_t run);
    [[nodiscard]] Result<std::optional<Emission>> emission(std::int64_t run, const std::string& id);
    [[nodiscard]] Result<std::vector<Cell>> cells(std::int64_t run);
    [[nodiscard]] Result<std::vector<Finding>> findings(std::int64_t run);
    [[nodiscard]] Result<std::vector<Gap>> gaps(std::int64_t run);
    [[nodiscard]] Result<std::vector<Message>> warnings(std::int64_t run);
    [[nodiscard]] Result<std::vector<Look>> looks(std::int64_t run);
    [[nodiscard]] Result<std::vector<TrackPoint>> track(std::int64_t run);

    /// For what else is kept in the same store: cases, the log.
    [[nodiscard]] Connection& connection() { return *connection_; }

private:
    struct Statements;
    [[nodiscard]] Status transaction();
    [[nodiscard]] Status write_end(const End& end);
    [[nodiscard]] Status log_run(std::int64_t run);
    [[nodiscard]] Status close_broken_runs();
    template <class Record> [[nodiscard]] Status insert(const char* table, const Record& record);
    explicit Store(std::unique_ptr<Connection> connection);

    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Statements> statements_; ///< of the run being written
    std::int64_t run_ = 0;                   ///< being written; 0: none
    bool in_transaction_ = false;
};

} // namespace gacsong
