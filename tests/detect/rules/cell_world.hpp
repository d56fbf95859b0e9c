// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/cells/cell_judge.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gacsong::test {

/// A memory that a test fills.
class FilledMemory final : public CellMemory {
public:
    std::vector<CellSighting> sightings; ///< all of them at `world_place`
    std::vector<LevelAt> levels;         ///< of every identity
    PlaceMemory place;
    std::map<std::pair<std::string, std::uint64_t>, Instant> first; ///< by PLMN and cell number
    std::vector<Cell> known;

    [[nodiscard]] std::vector<CellSighting> of_identity(const std::string& technology, const std::string& plmn,
                                                        std::uint64_t cell, Instant from, Instant to) const override;
    [[nodiscard]] std::vector<LevelAt> levels_of(const Cell& cell, Instant from, Instant to) const override;
    [[nodiscard]] PlaceMemory at(const Place& where, Instant when) const override;
    [[nodiscard]] std::optional<Instant> first_heard(const Cell& cell, const Place& where, Instant when) const override;
    [[nodiscard]] std::optional<Cell> last_known(const Cell& cell, Instant when) const override;
};

/// 5 May 2026, and a place in An Giang 28 km from the border line of the world's plan.
inline constexpr std::int64_t world_time_ns = 1'778'000'000'000'000'000;
inline constexpr Place world_place{10.53, 105.13};

/// The fictional plan of fake-base-stations.md §6: A is 452-01, B 452-02, C 452-04; GSM 900 ARFCN 1–24, 25–49, 50–74
/// and LTE 1800 in blocks of 20 MHz in that order; areas 41xx, 51xx, 61xx. Levels are calibrated: 0 dBFS is 0 dBm.
/// There is a month of memory.
class World {
public:
    World();

    JudgeContext context;
    std::shared_ptr<FilledMemory> memory;
    std::vector<Cell> scan; ///< the cell that is judged is the last one

    /// Rows of the register, without their heading; the areas of all operators are in it near the place.
    World& with_register(const std::string& rows);
    World& without_register();
    /// Five cells of the operator: GSM with lists of each other's carriers, or LTE on the operator's main carrier.
    World& add_network(const std::string& technology, const std::string& plmn, std::vector<std::uint64_t> areas = {},
                       double strongest_dbm = -84.0);
    /// Judges the scan and gives the last cell.
    Cell judge();
};

/// A cell as a minute of good reception shows it: nothing odd about it. Identity, area and carrier as stated.
[[nodiscard]] Cell gsm_cell(const std::string& plmn, std::uint64_t area, std::uint64_t cell, std::uint64_t arfcn,
                            std::uint64_t bsic, double level_dbm);
/// `scheduling` as SIB1 says it: `16:3 32:5`; carriers of SIB5 as neighbours.
[[nodiscard]] Cell lte_cell(const std::string& plmn, std::uint64_t area, std::uint64_t cell, std::uint64_t earfcn,
                            std::uint64_t pci, double level_dbm, const std::string& scheduling = "16:3 32:5",
                            std::vector<Neighbour> neighbours = {{"lte", 300, 6}, {"lte", 3600, 4}});

/// A GSM cell of operator C alone, without a register, and beside five others of it.
[[nodiscard]] World one_gsm();
[[nodiscard]] World gsm_network();

/// Sets a field of every message of that name that has it, else adds it to the first one.
void set_field(Cell& cell, std::string_view message, std::string_view field, BroadcastValue value);
/// The indicator was not evaluated, for the reason `cell_needs.WHY`.
[[nodiscard]] bool left_out(const Cell& cell, const std::string& code, const char* why);

/// No paging, no assignment; LTE: no data.
void without_traffic(Cell& cell);
/// Codes and qualities that fired: `R03`, `S03 0.5`.
[[nodiscard]] std::vector<std::string> fired(const Cell& cell);

} // namespace gacsong::test
