// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/baseline.hpp"

#include "detect/rules/cells/cell_fields.hpp"

#include <algorithm>

namespace gacsong {

namespace {

constexpr std::size_t enough_cells = 4;
constexpr std::size_t nearly_enough = 3;

} // namespace

Baseline::Baseline(const Cell& cell, const Surroundings& around)
{
    for (const auto& other : around.of_network(cell.technology, cell.plmn)) {
        const bool carrier = other.cell->channel == cell.channel;
        const bool itself = carrier && (other.cell->cell == cell.cell || code_of(*other.cell) == code_of(cell));
        if (!itself)
            cells_.push_back(other);
    }
}

Baseline Baseline::within(double most_km, const std::function<double(const HeardCell&)>& away_km) const
{
    Baseline out;
    for (const auto& other : cells_)
        if (away_km(other) <= most_km)
            out.cells_.push_back(other);
    return out;
}

double Baseline::quality() const
{
    return cells_.size() >= enough_cells ? 1.0 : (cells_.size() == nearly_enough ? 0.5 : 0.0);
}

std::vector<std::int64_t> Baseline::numbers(std::string_view message, std::string_view field) const
{
    std::vector<std::int64_t> out;
    for (const auto& other : cells_) {
        if (const auto value = broadcast_number(*other.cell, message, field))
            out.push_back(*value);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::optional<std::int64_t> Baseline::median(std::string_view message, std::string_view field) const
{
    const auto all = numbers(message, field);
    return all.size() >= nearly_enough ? std::optional(all[all.size() / 2]) : std::nullopt;
}

std::optional<double> Baseline::share(std::string_view message, std::string_view field) const
{
    std::size_t all = 0;
    std::size_t set = 0;
    for (const auto& other : cells_) {
        const auto value = broadcast_flag(*other.cell, message, field);
        all += value ? 1U : 0U;
        set += value.value_or(false) ? 1U : 0U;
    }
    return all >= nearly_enough ? std::optional(static_cast<double>(set) / static_cast<double>(all)) : std::nullopt;
}

} // namespace gacsong
