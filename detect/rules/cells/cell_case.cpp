// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/cell_case.hpp"

#include "detect/rules/cells/cell_fields.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double multiframe_s = 0.2354;       ///< one BCCH block
constexpr double strip_km = 40.0;             ///< of the border, where foreign networks are heard
constexpr double edge_s = 2.0 * multiframe_s; ///< first and last blocks are seldom whole

} // namespace

CellCase::CellCase(const Cell& cell, const Surroundings& around, const JudgeContext& context, Instant when, bool dated)
    : cell_(cell), around_(around), context_(context), when_(when), dated_(dated)
{
    if (cell.plmn.empty())
        return;
    baseline_ = Baseline(cell, around);
    if (!context.cells)
        return;
    covers_ = context.cells->covers(cell.technology, cell.plmn);
    reported_ = context.cells->only_reported(cell.technology, cell.plmn);
    if (!cell.cell)
        return;
    for (const auto* row : context.cells->find(cell.technology, cell.plmn, cell.area, *cell.cell)) {
        if (row->validity.holds(when))
            rows_.push_back(row);
    }
    excused_ = std::any_of(rows_.begin(), rows_.end(), [](const auto* row) { return !row->status.empty(); });
}

std::optional<double> CellCase::off_the_common_frame_s() const
{
    constexpr double frame_s = 10e-3;
    constexpr double together_s = 3e-6 + 33.4e-6;
    constexpr std::size_t least_others = 3;
    const auto timed = [](const Cell& cell) {
        return cell.technology == "lte" && cell.duplex == "tdd" && cell.frame_start_s && cell.cell;
    };
    if (!timed(cell_))
        return std::nullopt;
    std::vector<double> others;
    for (const Cell& other : scan())
        if (&other != &cell_ && other.id != cell_.id && timed(other) && other.plmn == cell_.plmn)
            others.push_back(std::remainder(*other.frame_start_s - *cell_.frame_start_s, frame_s));
    if (others.size() < least_others)
        return std::nullopt;
    const auto from_first = [&](double one) { return std::abs(std::remainder(one - others.front(), frame_s)); };
    if (!std::all_of(others.begin(), others.end(), [&](double one) { return from_first(one) <= together_s; }))
        return std::nullopt;
    const double least = std::abs(
        *std::min_element(others.begin(), others.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
    return least <= together_s ? 0.0 : least;
}

std::optional<double> CellCase::level_dbm() const
{
    const auto level = received_level_dbfs(cell_);
    if (!level || !context_.full_scale_dbm)
        return std::nullopt;
    const auto full_scale = context_.full_scale_dbm(cell_.carrier_hz.value_or(0.0));
    return full_scale ? std::optional(*level + *full_scale) : std::nullopt;
}

std::uint64_t CellCase::blocks(std::string_view message) const { return broadcast_blocks(cell_, message); }

std::optional<std::int64_t> CellCase::number(std::string_view message, std::string_view field) const
{
    return broadcast_number(cell_, message, field);
}

std::optional<bool> CellCase::flag(std::string_view message, std::string_view field) const
{
    return broadcast_flag(cell_, message, field);
}

std::vector<std::int64_t> CellCase::list(std::string_view message, std::string_view field) const
{
    return broadcast_list(cell_, message, field);
}

std::optional<bool> CellCase::sends_sib(unsigned number) const { return gacsong::sends_sib(cell_, number); }

bool CellCase::certain(std::initializer_list<std::string_view> messages) const
{
    constexpr double least_gsm_snr_db = 6.0;
    constexpr double least_lte_snr_db = 3.0;
    std::uint64_t count = 0;
    for (const auto message : messages)
        count += blocks(message);
    const double least = gsm() ? least_gsm_snr_db : least_lte_snr_db;
    return count >= 2 && cell_.snr_db.value_or(0.0) >= least;
}

bool CellCase::identified() const
{
    if (cell_.plmn.empty() || !cell_.cell || !cell_.area)
        return false;
    if (!gsm()) // one transport block with its CRC names the cell; two make it certain, short recordings hold one
        return blocks("SIB1") >= 1;
    return certain({"SI3"}) || (certain({"SI3", "SI4"}) && blocks("SI3") > 0 && blocks("SI4") > 0);
}

double CellCase::cycle() const
{
    if (!gsm()) {
        const auto messages = scheduled_sibs(cell_);
        if (!messages)
            return 0.0;
        for (const auto& blocks : *messages) {
            for (const unsigned sib : blocks) {
                if (!has_decoded(cell_, "SIB" + std::to_string(sib)))
                    return 0.0;
            }
        }
        return 1.0;
    }
    std::uint64_t bcch = 0;
    for (const auto& message : cell_.messages)
        bcch += message.channel == "BCCH" ? message.count : 0;
    const double seen_s = dwell_s();
    const double expected = std::max(1.0, (seen_s - edge_s) / multiframe_s);
    if (static_cast<double>(bcch) < 0.9 * std::floor(expected))
        return 0.0;
    // The last block of a rotation begins seven multiframes after the first.
    return seen_s >= bcch_rotation_s - multiframe_s ? 1.0 : (seen_s >= 0.5 * bcch_rotation_s - edge_s ? 0.5 : 0.0);
}

bool CellCase::watched_traffic() const
{
    constexpr double least_s = 60.0;
    constexpr double least_share = 0.8;
    if (dwell_s() < least_s)
        return false;
    if (!gsm())
        return cell_.pdsch_share.has_value();
    // Blocks of CCCH in a multiframe: 3 where SDCCH/4 shares the timeslot (CCCH-CONF 1), else 9 (45.002 §6.4).
    const double expected = number("SI3", "ccch_conf") == 1 ? 3.0 : 9.0;
    return cell_.paging &&
           static_cast<double>(cell_.paging->blocks) >= least_share * expected * (dwell_s() / multiframe_s - 2.0);
}

bool CellCase::home_cell_outside() const
{
    constexpr double through_walls_dbm = -60.0;
    return flag("SIB1", "csg_indication").value_or(false) && number("SIB1", "csg_identity") && !context_.indoors &&
           level_dbm().value_or(through_walls_dbm - 1.0) < through_walls_dbm;
}

double CellCase::completeness() const
{
    constexpr double of_reports = 0.5; // OpenCelliD knew 41 to 58 % of the cells of a town (Mayer 2012)
    return reported_ ? std::min(of_reports, around_.completeness()) : around_.completeness();
}

double CellCase::register_quality() const
{
    constexpr double enough = 0.7;
    constexpr double least = 0.5;
    const double share = completeness();
    return share >= enough ? 1.0 : (share >= least ? 0.5 : 0.0);
}

std::optional<double> CellCase::own_border_km() const
{
    if (!context_.place)
        return std::nullopt;
    std::string country;
    for (const auto& network : context_.plan.networks) {
        if (network.plmn == cell_.plmn && network.role == "foreign")
            country = network.country;
    }
    std::optional<double> least;
    for (const auto& border : context_.plan.borders) {
        if (country.empty() || border.country != country || !border.row.validity.holds(when_))
            continue;
        const double km = distance_to_line_km(*context_.place, border.line);
        least = std::min(least.value_or(km), km);
    }
    return least;
}

bool CellCase::border_cell() const
{
    const auto km = own_border_km();
    return km && *km <= strip_km;
}

double quality_of(std::initializer_list<double> prerequisites)
{
    double least = 1.0;
    int missed = 0;
    for (const double one : prerequisites) {
        least = std::min(least, one);
        missed += one < 1.0 ? 1 : 0;
    }
    return missed > 1 ? 0.0 : least;
}

} // namespace gacsong
