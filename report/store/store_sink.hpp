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
class StoreSink final : public Sink {
public:
    /// Seconds of a clock that nobody sets.
    using Clock = std::function<double()>;

    /// `batch` ≥ 1. The store is opened by begin(), in the thread that calls it.
    explicit StoreSink(StoreAddress address, std::size_t batch = 10'000, Clock clock = {});

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
};

} // namespace gacsong
