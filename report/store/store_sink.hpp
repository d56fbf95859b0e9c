// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/store/store.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace gacsong {

/// Writes each run to the store as one transaction: a run that breaks off by a kill or a full disk leaves nothing.
/// A run of which nobody knows when it ends is kept in parts, a few seconds after something was found: a kill loses
/// what came later, and the run stands there as broken off. Records wait in memory and are written `batch` at a time
/// (one with many bursts counts for several), so that a long run does not keep others from writing before it has much
/// to say.
/// A server that goes away within a run is looked for again: what it had not stored yet is kept in memory, within
/// bounds, and stored when it is back, at the end after some waiting. What follows of a run that goes on is then a run
/// of its own in the store; the part before stands there as broken off.
class StoreSink final : public Sink {
public:
    /// Seconds of a clock that nobody sets.
    using Clock = std::function<double()>;

    /// How long a server that went away is waited for.
    struct Patience {
        int attempts = 60;                     ///< at the end of the run, when nothing else is left to do
        double pause_s = 0.5;                  ///< between them
        double again_s = 5.0;                  ///< between attempts while the run goes on
        std::size_t most_kept = 50'000;        ///< records in memory; one more, and what is not stored is given up
        static constexpr double most_s = 30.0; ///< of waiting at the end, whatever an attempt takes
    };

    /// `batch` ≥ 1. The store is opened by begin(), in the thread that calls it.
    explicit StoreSink(StoreAddress address, std::size_t batch = 10'000, Clock clock = {});
    StoreSink(StoreAddress address, std::size_t batch, Clock clock, Patience patience);

    /// The files that runs are compared with from now on, a line each (compared_with.hpp). They stand among the
    /// settings of a stored run.
    void set_compared_with(std::vector<std::string> lines) { compared_with_ = std::move(lines); }

    Status begin(const Run& run) override;
    Status emission(const Emission& emission) override { return keep(emission); }
    Status cell(const Cell& cell) override { return keep(cell); }
    Status heard(const Cell& cell, std::span<const Finding> findings) override;
    Status finding(const Finding& finding) override { return keep(finding); }
    Status gap(const Gap& gap) override { return keep(gap); }
    Status look(const Look& look) override { return keep(look); }
    Status position(const TrackPoint& point) override { return keep(point); }
    Status warning(const Message& message) override { return keep(message); }
    void progress(const Progress& progress) override;
    Status end(const End& end) override;

    /// Number of the last run that is in the store.
    [[nodiscard]] std::optional<std::int64_t> stored_run() const { return stored_run_; }

private:
    using Record = std::variant<Emission, Cell, Finding, Gap, Look, TrackPoint, Message>;

    [[nodiscard]] Status keep(Record record);
    [[nodiscard]] Status write_waiting();
    [[nodiscard]] Status begin_run();
    [[nodiscard]] Status write_part();
    [[nodiscard]] Status failed(const Status& why);
    [[nodiscard]] Status look_again();
    [[nodiscard]] bool reconnect();
    void remember_written();
    void count(const Record& record);
    [[nodiscard]] Status write_heard();
    [[nodiscard]] Status add(const Record& record);

    /// A cell that is being received, as it stands in the store until it ends.
    struct Heard {
        Cell cell;
        std::vector<Finding> findings;
        bool fresh = true;   ///< not written as it is
        bool stored = false; ///< in the store, perhaps as it was before
    };

    StoreAddress address_;
    std::size_t batch_;
    std::vector<std::string> compared_with_;
    Run run_;
    std::unique_ptr<Store> store_;
    std::vector<Record> waiting_;
    std::map<std::string, Heard> heard_; ///< by id
    std::size_t weight_ = 0;             ///< of what waits, in records of usual size
    std::int64_t number_ = 0;            ///< of the run whose transaction is open; 0: none
    std::optional<std::int64_t> stored_run_;
    Clock clock_;
    End so_far_;        ///< of a run that goes on
    bool live_ = false; ///< it is kept in parts
    double kept_at_s_ = 0.0;
    Status late_; ///< what went wrong when nobody could be told
    Patience patience_;
    std::optional<Error> away_;   ///< the server went away: what it said
    double away_at_s_ = 0.0;      ///< when it was last looked for
    std::vector<Record> unsaved_; ///< written, but in a transaction that has not ended; of servers only
    bool all_unsaved_ = true;     ///< none was let go for want of room
    std::string uid_;             ///< of the run in the store
    bool ending_ = false;         ///< the last transaction of the run was tried
    bool whole_ = false;          ///< the run was stored though its connection broke before it could say so
    End attempted_;               ///< the run up to the transaction that ended last, or was about to
    std::string attempted_mark_;  ///< what the row of the run says if it did
    End committed_;               ///< the run up to the last transaction that ended for certain
    End before_;                  ///< what of it lies in other runs of the store
};

} // namespace gacsong
