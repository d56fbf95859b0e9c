// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/place.hpp"
#include "detect/records/cell.hpp"
#include "dsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A cell as it was heard at some time: what the indicators compare with.
struct CellSighting {
    std::string technology;
    std::string plmn;
    std::optional<std::uint64_t> area;
    std::optional<std::uint64_t> cell;
    std::optional<std::uint64_t> channel;
    std::optional<std::uint64_t> code; ///< BSIC or PCI
    Instant at;
    std::optional<double> level_dbfs; ///< as received_level_dbfs()
};

/// How loud a cell was at some place.
struct LevelAt {
    Instant at;
    Place place;
    double level_dbfs = 0.0; ///< as received_level_dbfs()
};

/// The latest record of a cell that was heard in the last day, and how well it is known here.
struct RememberedCell {
    Cell cell;
    double distance_km = 0.0; ///< of the place of that reception from the one asked for
    std::uint64_t scans = 0;  ///< in which it was heard within 5 km; counted to `enough_scans`
};

/// Above that many scans nobody asks how many.
inline constexpr std::uint64_t enough_scans = 3;

/// What is known of a place.
struct PlaceMemory {
    std::optional<Instant> since; ///< the first scan within 500 m
    std::uint64_t scans = 0;      ///< within 500 m: of each run, the days on which it heard cells
    std::uint64_t days = 0;
    std::vector<RememberedCell> day; ///< heard within 10 km in the 24 hours before; each identity and carrier once
};

/// What was heard before, across runs. The store implements it; without one there is no memory. A run counts where its
/// receiver stood; those that moved are not a place's.
class CellMemory {
public:
    virtual ~CellMemory() = default;

    /// Sightings of cells with this network and cell number, whatever their area and carrier, between two moments,
    /// oldest first.
    [[nodiscard]] virtual std::vector<CellSighting> of_identity(const std::string& technology, const std::string& plmn,
                                                                std::uint64_t cell, Instant from, Instant to) const = 0;

    /// Levels of a cell's identity on its carrier, each with the place of its reception, between two moments, oldest
    /// first; also of runs whose receiver moved, where it went no further than 100 m meanwhile.
    [[nodiscard]] virtual std::vector<LevelAt> levels_of(const Cell& cell, Instant from, Instant to) const = 0;

    /// What is known of the place before `when`.
    [[nodiscard]] virtual PlaceMemory at(const Place& place, Instant when) const = 0;

    /// When the cell's identity was first heard within 500 m of the place; nothing where it never was before `when`.
    [[nodiscard]] virtual std::optional<Instant> first_heard(const Cell& cell, const Place& place,
                                                             Instant when) const = 0;

    /// The latest record of the cell's identity before `when`, wherever it was heard.
    [[nodiscard]] virtual std::optional<Cell> last_known(const Cell& cell, Instant when) const = 0;
};

} // namespace gacsong
