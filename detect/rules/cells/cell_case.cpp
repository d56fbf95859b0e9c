// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/cell_case.hpp"

#include "detect/rules/cells/cell_fields.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double multiframe_s = 0.2354;       ///< one BCCH block
constexpr double strip_km = 40.0;             ///< of the border, where foreign networks are heard
constexpr double near_km = 3.0;               ///< of a moving receiver, what still tells of where it is (X3)
constexpr double edge_s = 2.0 * multiframe_s; ///< first and last blocks are seldom whole

} // namespace

CellCase::CellCase(const Cell& cell, const Surroundings& around, const JudgeContext& context, Instant when, bool dated)
    : cell_(cell), around_(around), context_(context), when_(when), dated_(dated)
{
    const Instant until{when.unix_ns + static_cast<std::int64_t>(std::llround(dwell_s() * 1e9))};
    place_ = place_of(context, when);
    if (context.track)
        receiver_m_s_ = context.track->speed_m_s(when, until).value_or(0.0);
    if (cell.plmn.empty())
        return;
    baseline_ = Baseline(cell, around);
    if (moving())
        baseline_near_ = baseline_.within(near_km, [&](const HeardCell& other) { return away_km(other); });
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

double CellCase::away_km(const HeardCell& other) const
{
    if (!other.now || !context_.track || !place_)
        return other.distance_km;
    const double later_s = other.cell->first_s - cell_.first_s;
    const auto there = context_.track->at({when_.unix_ns + static_cast<std::int64_t>(std::llround(later_s * 1e9))});
    return there ? distance_km(*there, *place_) : other.distance_km;
}

bool CellCase::moving() const
{
    constexpr double standing_m_s = 1.0;
    return receiver_m_s_ >= standing_m_s;
}

std::optional<double> CellCase::off_the_common_frame_s() const
{
    constexpr double together_s = 3e-6 + 33.4e-6;
    constexpr std::size_t least_others = 3;
    // The frame of a synchronised network: of LTE 10 ms, of GSM that of eight timeslots (45.002 §4.3.1).
    const double frame_s = gsm() ? 0.06 / 13.0 : 10e-3;
    const auto timed = [&](const Cell& other) {
        return other.technology == cell_.technology && other.frame_start_s && other.cell && other.plmn == cell_.plmn &&
               (gsm() || other.duplex == "tdd");
    };
    if (!timed(cell_))
        return std::nullopt;
    std::vector<double> others;
    for (const Cell& other : scan())
        if (&other != &cell_ && other.id != cell_.id && timed(other))
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
        count += agreeing_blocks(cell_, message);
    const double least = gsm() ? least_gsm_snr_db : least_lte_snr_db;
    return count >= 2 && cell_.snr_db.value_or(0.0) >= least;
}

bool CellCase::identified() const
{
    if (cell_.plmn.empty() || !cell_.cell || !cell_.area)
        return false;
    if (!gsm())
        return certain({"SIB1"});
    return certain({"SI3"}) || (certain({"SI3", "SI4"}) && blocks("SI3") > 0 && blocks("SI4") > 0 &&
                                stated_area(cell_, "SI3") == stated_area(cell_, "SI4"));
}

double CellCase::watched_periods() const
{
    constexpr double frame_s = 0.01;
    const auto periods = periods_frames(cell_);
    const auto longest = std::max_element(periods.begin(), periods.end());
    if (longest == periods.end())
        return 0.0;
    const double turns = dwell_s() / (frame_s * static_cast<double>(*longest));
    return turns >= 2.0 ? 1.0 : (turns >= 1.0 ? 0.5 : 0.0);
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
        return watched_periods();
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

double CellCase::watched_traffic() const
{
    constexpr double enough_s = 60.0;
    constexpr double least_share = 0.8;
    const double long_enough = dwell_s() >= enough_s ? 1.0 : (dwell_s() >= 0.5 * enough_s ? 0.5 : 0.0);
    if (!gsm())
        return cell_.pdsch_share ? long_enough : 0.0;
    // Blocks of CCCH in a multiframe: 3 where SDCCH/4 shares the timeslot (CCCH-CONF 1), else 9 (45.002 §6.4).
    const double in_one = number("SI3", "ccch_conf") == 1 ? 3.0 : 9.0;
    const double expected = in_one * (dwell_s() / multiframe_s - 2.0);
    const bool heard = cell_.paging && static_cast<double>(cell_.paging->blocks) >= least_share * expected;
    return heard ? long_enough : 0.0;
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

bool CellCase::register_is_old() const
{
    constexpr std::int64_t most_ns = 45LL * 86'400'000'000'000;
    const auto& cells = context_.cells;
    return cells && cells->as_of && when_.unix_ns - cells->as_of->unix_ns > most_ns;
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
    if (!place_)
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
        const double km = distance_to_line_km(*place_, border.line);
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
