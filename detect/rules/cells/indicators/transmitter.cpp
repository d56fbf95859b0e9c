// SPDX-License-Identifier: GPL-3.0-or-later
// P03, P05, P10, P11: motion, clock and quality of the transmitter (fake-base-stations.md §2.5).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

/// Levels of a cell over the last three minutes, this scan's last.
std::vector<CellSighting> recent_levels(const CellCase& c, const Cell& cell)
{
    constexpr std::int64_t window_ns = 180 * second_ns;
    auto out = c.context().memory->of_identity(cell.technology, cell.plmn, *cell.cell, {c.when().unix_ns - window_ns},
                                               c.when());
    std::erase_if(out, [&](const CellSighting& one) { return one.channel != cell.channel || !one.level_dbfs; });
    return out;
}

bool monotone(const std::vector<double>& levels)
{
    return std::is_sorted(levels.begin(), levels.end()) || std::is_sorted(levels.rbegin(), levels.rend());
}

/// Other cells whose level stayed, or went the other way, between two moments.
std::size_t steady_others(const CellCase& c, Instant from, double change_db)
{
    constexpr double steady_db = 5.0;
    std::size_t count = 0;
    for (const auto& cell : c.scan()) {
        const auto now = received_level_dbfs(cell);
        if (cell.id == c.cell().id || !cell.cell || cell.plmn.empty() || !now)
            continue;
        const auto before = recent_levels(c, cell);
        const auto first = std::find_if(before.begin(), before.end(), [&](const auto& one) { return one.at >= from; });
        if (first == before.end())
            continue;
        const double theirs = *now - *first->level_dbfs;
        count += std::abs(theirs) < steady_db || theirs * change_db < 0.0 ? 1U : 0U;
    }
    return count;
}

/// P03 by level, from a receiver that stands: the store keeps runs of one that moved apart.
Answer moves(const CellCase& c)
{
    constexpr double least_db = 15.0;
    constexpr std::int64_t least_ns = 30 * second_ns;
    constexpr std::size_t least_points = 3;
    constexpr std::size_t least_others = 3;
    const auto now = received_level_dbfs(c.cell());
    if (!c.identified() || !now)
        return lacks("decoded");
    if (!c.context().memory || !c.context().place || !c.dated())
        return lacks("fixes");
    const auto series = recent_levels(c, c.cell());
    if (series.size() + 1 < least_points || c.when().unix_ns - series.front().at.unix_ns < least_ns)
        return lacks("fixes");
    std::vector<double> levels;
    for (const auto& one : series)
        levels.push_back(*one.level_dbfs);
    levels.push_back(*now);
    const double change = levels.back() - levels.front();
    if (std::abs(change) < least_db || !monotone(levels))
        return NotFired{};
    if (steady_others(c, series.front().at, change) < least_others)
        return lacks("reference_cells");
    return Fired{1.0, {{"value", Quantity{std::abs(change), Unit::db}}}};
}

double middle(std::vector<double> values)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// RF: 1 from 25 dB on, 0.5 for up to 3 dB less.
double strong(const Cell& cell)
{
    constexpr double enough_db = 25.0;
    constexpr double margin_db = 3.0;
    const double snr_db = cell.snr_db.value_or(0.0);
    return snr_db >= enough_db ? 1.0 : (snr_db >= enough_db - margin_db ? 0.5 : 0.0);
}

/// P05 against at least four other cells of the scan, all strong enough.
Answer frequency_error(const CellCase& c)
{
    constexpr double limit_ppm = 0.25;
    constexpr std::size_t least_others = 4;
    std::vector<double> others;
    for (const auto& other : c.scan()) {
        if (&other != &c.cell() && other.id != c.cell().id && other.ppm && strong(other) >= 1.0)
            others.push_back(*other.ppm);
    }
    const double q = strong(c.cell());
    if (!c.cell().ppm || q == 0.0 || others.size() < least_others)
        return lacks("reference_cells");
    const double median = middle(others);
    // Of the middle deviation: two false cells must not hide each other.
    constexpr double normal_of_middle = 1.4826;
    std::vector<double> deviations;
    for (const double ppm : others)
        deviations.push_back(std::abs(ppm - median));
    const double spread = normal_of_middle * middle(deviations);
    const double off = std::abs(*c.cell().ppm - median);
    if (off <= std::max(limit_ppm, 4.0 * spread))
        return NotFired{};
    return Fired{q, {{"ppm", Quantity{off, Unit::none, 0.01}}}};
}

/// P10. Drift against other cells is the clock's, which P05 compares; what stands here is the frame of a cell that
/// shares its carrier's direction in time with the operator's others.
Answer timing_drift(const CellCase& c)
{
    if (frequency_error(c).fired() != nullptr)
        return lacks("same_cause");
    const double q = strong(c.cell());
    const auto off_s = c.off_the_common_frame_s();
    if (q == 0.0 || !off_s)
        return lacks("timing");
    constexpr double microseconds = 1e6;
    return *off_s == 0.0 ? Answer(NotFired{})
                         : Answer(Fired{q, {{"value", Quantity{*off_s * microseconds, Unit::none, 1.0}}}});
}

Answer poor_transmitter(const CellCase& c)
{
    constexpr double rms_limit_deg = 7.0;
    constexpr double peak_limit_deg = 25.0;
    constexpr double evm_limit_percent = 17.5;
    constexpr std::size_t others_that_pass = 3;
    const auto poor = [](const Cell& cell) -> std::optional<bool> {
        if (cell.phase_error_deg)
            return *cell.phase_error_deg > rms_limit_deg || cell.phase_error_peak_deg.value_or(0.0) > peak_limit_deg;
        return cell.reference_evm_percent ? std::optional(*cell.reference_evm_percent > evm_limit_percent)
                                          : std::nullopt;
    };
    const auto here = poor(c.cell());
    const double q = strong(c.cell());
    if (!here || q == 0.0)
        return lacks("modulation");
    if (!*here)
        return NotFired{};
    const auto pass = std::count_if(c.scan().begin(), c.scan().end(),
                                    [&](const Cell& other) { return other.id != c.cell().id && poor(other) == false; });
    if (static_cast<std::size_t>(pass) < others_that_pass)
        return lacks("reference_cells");
    return Fired{q, {}};
}

constexpr std::array<Indicator, 4> indicators{{
    {"P03", 28.0, "MOVE", true, "all", moves},
    {"P05", 14.0, "RFQ", true, "all", frequency_error},
    {"P10", 10.0, "RFQ", false, "all", timing_drift},
    {"P11", 14.0, "RFQ", true, "all", poor_transmitter},
}};

} // namespace

std::span<const Indicator> transmitter_indicators() { return indicators; }

} // namespace gacsong
