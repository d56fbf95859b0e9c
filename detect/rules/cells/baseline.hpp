// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/cells/surroundings.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace gacsong {

/// The other cells of an operator in one technology, heard within 10 km and 24 hours (fake-base-stations.md §2.0, BL).
/// What has the judged cell's carrier and code, or its number and carrier, is taken for that cell.
class Baseline {
public:
    Baseline() = default;
    Baseline(const Cell& cell, const Surroundings& around);

    [[nodiscard]] const std::vector<HeardCell>& cells() const { return cells_; }
    /// Those that `away_km` puts within `most_km`.
    [[nodiscard]] Baseline within(double most_km, const std::function<double(const HeardCell&)>& away_km) const;
    /// 1 from four cells on, 0.5 with three, else 0.
    [[nodiscard]] double quality() const;

    /// A field of each cell that has it, ascending. An empty `message`: of any.
    [[nodiscard]] std::vector<std::int64_t> numbers(std::string_view message, std::string_view field) const;
    /// The middle of them; nothing where fewer than three have it.
    [[nodiscard]] std::optional<std::int64_t> median(std::string_view message, std::string_view field) const;
    /// Share of the cells that have the flag in which it is set; nothing where fewer than three have it.
    [[nodiscard]] std::optional<double> share(std::string_view message, std::string_view field) const;

private:
    std::vector<HeardCell> cells_;
};

} // namespace gacsong
