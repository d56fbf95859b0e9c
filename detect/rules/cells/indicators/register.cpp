// SPDX-License-Identifier: GPL-3.0-or-later
// R01 … R07: network, block, register, area, place and dates.
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/spectrum_rows.hpp"
#include "detect/rules/cells/test_networks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace gacsong {

namespace {

constexpr double area_radius_km = 15.0;
constexpr std::int64_t grace_days = 30;
constexpr std::int64_t day_ns = 86'400'000'000'000;

Argument text(std::string name, std::string value) { return {std::move(name), std::move(value)}; }

const MobileNetwork* network_of(const CellCase& c)
{
    for (const auto& network : c.context().plan.networks) {
        if (network.plmn == c.cell().plmn && network.row.validity.holds(c.when()))
            return &network;
    }
    return nullptr;
}

Answer foreign_network(const CellCase& c)
{
    constexpr double light_weight = 5.0;
    if (!c.identified())
        return lacks("decoded");
    if (is_test_network(c.cell().plmn))
        return lacks("r08");
    if (!c.place())
        return lacks("place");
    const auto* network = network_of(c);
    const std::vector<Argument> values{text("plmn", c.cell().plmn)};
    if (c.country() == "452") {
        if (network == nullptr || network->role == "withdrawn")
            return Fired{1.0, values};
        return network->role == "virtual" ? Answer(Fired{0.5, values}) : Answer(NotFired{});
    }
    // Without level calibration the level is taken as what a border cell has, and the sentence says so.
    const double usual_dbm = c.gsm() ? -70.0 : -85.0;
    const auto level = c.level_dbm();
    if (network != nullptr && network->role == "foreign" && c.border_cell() && level.value_or(usual_dbm) <= usual_dbm)
        return Fired{1.0, values, light_weight, false, level ? "why" : "why_no_level"};
    return Fired{1.0, values};
}

Answer outside_block(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    if (c.border_cell())
        return lacks("border");
    const auto band = occupied(c.cell());
    if (!band)
        return lacks("carrier");
    const OperatorBlocks blocks(c.context().plan, c.cell().technology, c.when());
    if (!blocks.complete(*band) || !blocks.holds_any(c.cell().plmn))
        return lacks("blocks");
    if (blocks.inside(*band, c.cell().plmn))
        return NotFired{};
    return Fired{1.0, {{"center", Quantity{*c.cell().carrier_hz, Unit::frequency, 1e5}}, text("plmn", c.cell().plmn)}};
}

/// What every comparison with the register needs; nothing where it is there.
std::optional<Answer> without_register(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    if (!c.context().cells)
        return lacks("register");
    if (!c.register_covers())
        return lacks("register_network");
    if (c.register_is_old())
        return lacks("register_age");
    if (c.register_quality() == 0.0)
        return lacks("register_share");
    return std::nullopt;
}

/// The same for what compares a cell with its own row.
std::optional<Answer> without_own_row(const CellCase& c)
{
    if (auto missing = without_register(c))
        return missing;
    if (c.excused())
        return lacks("excused");
    if (c.rows().empty())
        return lacks("identity");
    return std::nullopt;
}

Answer not_in_register(const CellCase& c)
{
    if (auto missing = without_register(c))
        return *missing;
    if (c.border_cell())
        return lacks("border");
    if (c.excused())
        return lacks("excused");
    constexpr double weight = 18.0;
    if (!c.rows().empty())
        return NotFired{};
    const double share = c.completeness();
    return Fired{c.register_quality(),
                 {text("cell", cell_name(c.cell())),
                  text("register", c.context().cells->name()),
                  {"share", Quantity{100.0 * share, Unit::percent}}},
                 weight * share,
                 true,
                 share < 1.0 ? "why_share" : "why"};
}

bool same_carrier(const RegisteredCell& row, const Cell& cell)
{
    constexpr double tolerance_hz = 50e3;
    const bool channel = !row.channel || !cell.channel || *row.channel == *cell.channel;
    const bool carrier =
        !row.carrier_hz || !cell.carrier_hz || std::abs(*row.carrier_hz - *cell.carrier_hz) <= tolerance_hz;
    const bool bsic = !row.bsic || !cell.bsic || *row.bsic == *cell.bsic;
    const bool pci = !row.pci || !cell.pci || *row.pci == *cell.pci;
    const auto width = cell.resource_blocks ? channel_bandwidth_hz(*cell.resource_blocks) : std::nullopt;
    const bool bandwidth = !row.bandwidth_hz || !width || std::abs(*row.bandwidth_hz - *width) <= tolerance_hz;
    return (row.channel ? channel : carrier) && bsic && pci && bandwidth;
}

Answer other_carrier(const CellCase& c)
{
    if (auto missing = without_own_row(c))
        return *missing;
    const bool fits =
        std::any_of(c.rows().begin(), c.rows().end(), [&](const auto* row) { return same_carrier(*row, c.cell()); });
    if (fits)
        return NotFired{};
    const auto& row = *c.rows().front();
    const auto shown = [](std::optional<std::uint64_t> value) { return value ? std::to_string(*value) : "?"; };
    return Fired{c.register_quality(),
                 {text("channel", shown(c.cell().channel)), text("code", shown(c.code())),
                  text("expected", shown(row.channel)), text("expected_code", shown(c.gsm() ? row.bsic : row.pci))}};
}

Answer far_from_site(const CellCase& c)
{
    if (auto missing = without_own_row(c))
        return *missing;
    if (!c.place())
        return lacks("place");
    const bool low_band = c.cell().carrier_hz.value_or(0.0) < 1.2e9;
    const double reach_km = c.gsm() ? 35.0 : (low_band ? 30.0 : 15.0);
    std::optional<double> nearest;
    for (const auto* row : c.rows()) {
        if (row->place) {
            const double km = distance_km(*row->place, *c.place());
            nearest = std::min(nearest.value_or(km), km);
        }
    }
    if (!nearest)
        return lacks("register_place");
    constexpr double strong_dbm = -60.0;
    constexpr double strong_km = 5.0;
    const bool too_strong = *nearest >= strong_km && c.level_dbm().value_or(strong_dbm - 1.0) >= strong_dbm;
    if (*nearest <= reach_km && !too_strong)
        return NotFired{};
    return Fired{c.register_quality(), {{"distance", Quantity{*nearest, Unit::kilometres}}}};
}

Answer unused_area(const CellCase& c)
{
    if (auto missing = without_register(c))
        return *missing;
    if (c.border_cell())
        return lacks("border");
    if (!c.place())
        return lacks("place");
    // Its own row is one of the register's cells here, unless it is heard where it cannot be.
    const bool own = std::any_of(c.rows().begin(), c.rows().end(),
                                 [&](const auto* row) { return row->area && row->area == c.cell().area; });
    if (own && far_from_site(c).fired() == nullptr)
        return NotFired{};
    const auto areas = c.context().cells->areas_near(c.cell().technology, c.cell().plmn, *c.place(), area_radius_km);
    if (areas.empty())
        return lacks("register_near");
    if (std::find(areas.begin(), areas.end(), *c.cell().area) != areas.end())
        return NotFired{};
    return Fired{c.register_quality(), {text("area", std::to_string(*c.cell().area)), text("plmn", c.cell().plmn)}};
}

Answer switched_off(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    if (c.country() != "452")
        return NotFired{};
    for (const auto& off : c.context().plan.switched_off) {
        const bool ours = off.technology == c.cell().technology &&
                          std::find(off.plmn.begin(), off.plmn.end(), c.cell().plmn) != off.plmn.end();
        if (!ours || !off.row.validity.from)
            continue;
        if (!c.dated())
            return lacks("date");
        if (c.when().unix_ns <= off.row.validity.from->unix_ns + grace_days * day_ns)
            return NotFired{};
        return Fired{off.row.verified == Verified::yes ? 1.0 : 0.5,
                     {text("plmn", c.cell().plmn), text("reference", off.row.reference),
                      text("technology", c.gsm() ? "GSM" : "UMTS")}};
    }
    return NotFired{};
}

constexpr std::array<Indicator, 7> indicators{{
    {"R01", 35.0, "PLAN", true, "all", foreign_network},
    {"R02", 60.0, "PLAN", true, "all", outside_block},
    {"R03", 18.0, "REG", false, "all", not_in_register},
    {"R04", 24.0, "REG", false, "all", other_carrier},
    {"R05", 18.0, "AREA", false, "all", unused_area},
    {"R06", 24.0, "REG", false, "all", far_from_site},
    {"R07", 60.0, "PLAN", true, "all", switched_off},
}};

} // namespace

std::span<const Indicator> register_indicators() { return indicators; }

} // namespace gacsong
