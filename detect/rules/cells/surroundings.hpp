// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/rules/cells/sighting.hpp"
#include "detect/rules/context.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gacsong {

/// A cell heard here, now or within the last day.
struct HeardCell {
    const Cell* cell = nullptr;
    double distance_km = 0.0; ///< of its reception from the scan's
    bool now = false;         ///< in this scan
};

/// A cell that was not heard here before, since when it is, and its levels in the day before, oldest first.
struct Newcomer {
    const Cell* cell = nullptr;
    Instant since;
    std::vector<CellSighting> levels;
};

/// What a scan's cells are compared with: the scan itself and what memory holds of the place. Made once for a scan.
class Surroundings {
public:
    /// `scan` and `context` must outlive it; `dated`: `when` is the time of the recording.
    Surroundings(std::span<const Cell> scan, const JudgeContext& context, Instant when, bool dated);

    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;

    [[nodiscard]] std::span<const Cell> scan() const { return scan_; }
    /// Cells of one technology and network, this scan's first; each identity and carrier once, whole records only.
    [[nodiscard]] std::span<const HeardCell> of_network(const std::string& technology, const std::string& plmn) const;
    /// Cells of one technology of all networks, each identity and carrier once.
    [[nodiscard]] std::vector<HeardCell> of_technology(const std::string& technology) const;
    /// There is a week of it, with three scans on three days (HI).
    [[nodiscard]] bool has_history() const { return history_; }
    /// Share of the cells that are regularly heard here which the register knows; what the office states where they
    /// are too few to tell.
    [[nodiscard]] double completeness() const { return completeness_; }
    /// Seconds that this scan has certainly watched: from the first block of any cell to the last one.
    [[nodiscard]] std::pair<double, double> watched_s() const { return watched_s_; }
    /// Newcomers of all technologies at a place, told by `newcomer` of each cell heard; told once while the place stays
    /// the same, since each cell of the scan is asked for a partner among them. In the thread that judges.
    [[nodiscard]] const std::vector<Newcomer>&
    newcomers(const Place& place, const std::function<std::optional<Newcomer>(const Cell&)>& newcomer) const;

private:
    using Network = std::pair<std::string, std::string>;

    void add(const Cell& cell, double distance_km, bool now);
    void measure_register(const JudgeContext& context);

    std::span<const Cell> scan_;
    PlaceMemory memory_;
    std::map<Network, std::vector<HeardCell>> networks_;
    std::pair<double, double> watched_s_{};
    double completeness_ = 0.0;
    bool history_ = false;
    mutable std::optional<Place> newcomers_at_;
    mutable std::vector<Newcomer> newcomers_;
};

} // namespace gacsong
