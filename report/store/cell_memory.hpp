// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/cells/sighting.hpp"
#include "report/store/store_url.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

namespace gacsong {

class Connection;
class KeptStatements;

/// What the store remembers of cells. Opens the store at the first question, in the thread that asks, which must stay
/// the same. A store that cannot be read remembers nothing; writing to it tells why. Which runs lie near a place is
/// asked once for a place and kept in a temporary table until a run is added; so is when a cell was first heard there,
/// which several indicators ask.
class StoredCells final : public CellMemory {
public:
    explicit StoredCells(StoreAddress address);
    ~StoredCells() override;

    [[nodiscard]] std::vector<CellSighting> of_identity(const std::string& technology, const std::string& plmn,
                                                        std::uint64_t cell, Instant from, Instant to) const override;
    [[nodiscard]] std::vector<LevelAt> levels_of(const Cell& cell, Instant from, Instant to) const override;
    [[nodiscard]] PlaceMemory at(const Place& place, Instant when) const override;
    [[nodiscard]] std::optional<Instant> first_heard(const Cell& cell, const Place& place, Instant when) const override;
    [[nodiscard]] std::optional<Cell> last_known(const Cell& cell, Instant when) const override;

private:
    /// Technology, PLMN, cell and, of GSM, area.
    using Identity = std::tuple<std::string, std::string, std::uint64_t, std::optional<std::uint64_t>>;

    [[nodiscard]] bool ready() const;
    [[nodiscard]] bool gather_runs(const Place& place) const;

    StoreAddress address_;
    mutable std::unique_ptr<Connection> connection_;
    mutable std::unique_ptr<KeptStatements> statements_;
    mutable std::optional<Place> gathered_;                          ///< place of the temporary table
    mutable std::int64_t gathered_to_ = 0;                           ///< the last run that was there
    mutable std::map<Identity, std::optional<Instant>> first_there_; ///< within 500 m of that place, as far as asked
};

} // namespace gacsong
