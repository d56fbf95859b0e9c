// SPDX-License-Identifier: GPL-3.0-or-later
// P03, P05, P10, P11: motion, clock and quality of the transmitter (fake-base-stations.md §2.5).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/level_fix.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace gacsong {

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

/// What memory, where there is one, knows of the cell's levels at places.
std::vector<LevelAt> remembered_levels(const CellCase& c, const Cell& cell, std::int64_t back_ns)
{
    const auto& memory = c.context().memory;
    return memory == nullptr ? std::vector<LevelAt>{}
                             : memory->levels_of(cell, {c.when().unix_ns - back_ns}, {c.when().unix_ns - 1});
}

/// Levels of a cell over the last three minutes where the receiver is now (PO), oldest first; without this scan's.
std::vector<LevelAt> recent_levels(const CellCase& c, const Cell& cell)
{
    constexpr std::int64_t window_ns = 180 * second_ns;
    constexpr double here_km = 0.05;
    auto out = remembered_levels(c, cell, window_ns);
    std::erase_if(out, [&](const LevelAt& one) { return distance_km(one.place, *c.place()) > here_km; });
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
        const double theirs = *now - first->level_dbfs;
        count += std::abs(theirs) < steady_db || theirs * change_db < 0.0 ? 1U : 0U;
    }
    return count;
}

/// Levels of the cell's identity on its carrier over two hours with their places, oldest first: of memory, and of this
/// scan, which may have come back to the carrier.
std::vector<LevelAt> located_levels(const CellCase& c)
{
    constexpr std::int64_t window_ns = 2 * 3600 * second_ns;
    constexpr double still_km = 0.1;
    if (!c.dated())
        return {};
    auto out = remembered_levels(c, c.cell(), window_ns);
    for (const auto& other : c.scan()) {
        const auto level = received_level_dbfs(other);
        const auto moment = [&](double at_s) {
            return Instant{c.when().unix_ns + static_cast<std::int64_t>(std::llround((at_s - c.cell().first_s) * 1e9))};
        };
        const auto place = place_of(c.context(), moment(other.first_s));
        const auto later = place_of(c.context(), moment(other.last_s));
        if (other.cell && other.technology == c.cell().technology && other.plmn == c.cell().plmn &&
            same_identity(other, c.cell()) && other.channel == c.cell().channel && level && place && later &&
            distance_km(*place, *later) <= still_km && moment(other.first_s) <= c.when())
            out.push_back({moment(other.first_s), *place, *level});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return out;
}

/// P03 by two fixes, of the earlier and of the later half of what was received within two hours; nothing where the
/// places do not give them.
std::optional<Answer> moves_between_fixes(const CellCase& c)
{
    constexpr double least_km = 0.3;
    constexpr double most_sigma_m = 100.0;
    const auto levels = located_levels(c);
    const auto half = levels.size() / 2;
    const auto first = fix_by_levels(std::span(levels).first(half));
    if (!first || first->sigma_m > most_sigma_m)
        return std::nullopt;
    const auto second = fix_by_levels(std::span(levels).subspan(half));
    if (!second || second->sigma_m > most_sigma_m)
        return std::nullopt;
    const double apart_km = distance_km(first->place, second->place);
    if (apart_km < least_km)
        return Answer(NotFired{});
    const double duration_s = 1e-9 * static_cast<double>(levels.back().at.unix_ns - levels.front().at.unix_ns);
    return Answer(Fired{
        1.0,
        {{"distance", Quantity{apart_km, Unit::kilometres, 0.01}}, {"duration", Quantity{duration_s, Unit::seconds}}},
        0.0,
        true,
        "why_fixes"});
}

/// P03 by level, from a receiver that stands.
Answer moves(const CellCase& c)
{
    constexpr double least_db = 15.0;
    constexpr std::int64_t least_ns = 30 * second_ns;
    constexpr std::size_t least_points = 3;
    constexpr std::size_t least_others = 3;
    const auto now = received_level_dbfs(c.cell());
    if (!c.identified() || !now)
        return lacks("decoded");
    if (auto answer = moves_between_fixes(c))
        return *std::move(answer);
    if (!c.context().memory || !c.place() || !c.dated() || c.moving())
        return lacks("fixes");
    const auto series = recent_levels(c, c.cell());
    if (series.size() + 1 < least_points || c.when().unix_ns - series.front().at.unix_ns < least_ns)
        return lacks("fixes");
    std::vector<double> levels;
    for (const auto& one : series)
        levels.push_back(one.level_dbfs);
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

/// Spread of what lies about a median, from the quarter of the values that is nearest to it: up to three quarters may
/// be off, in whatever direction, without making room for each other. That many are the receiver's own fault (X6).
double spread_of(const std::vector<double>& values, double median)
{
    constexpr double normal_of_quarter = 0.3186; // of a normal deviation, what a quarter of the values stays within
    std::vector<double> deviations;
    for (const double one : values)
        deviations.push_back(std::abs(one - median));
    const auto at = deviations.begin() + static_cast<std::ptrdiff_t>(deviations.size() / 4);
    std::nth_element(deviations.begin(), at, deviations.end());
    return *at / normal_of_quarter;
}

/// P05 against at least four other cells of the scan, all strong enough.
Answer frequency_error(const CellCase& c)
{
    constexpr double limit_ppm = 0.25;
    constexpr std::size_t least_others = 4;
    std::vector<double> others;
    for (const auto& other : c.scan()) {
        if (&other != &c.cell() && other.id != c.cell().id && other.ppm && rf_quality(other) >= 1.0)
            others.push_back(*other.ppm);
    }
    const double q = rf_quality(c.cell());
    if (!c.cell().ppm || q == 0.0 || others.size() < least_others)
        return lacks("reference_cells");
    const double median = middle(others);
    // Doppler: 0.093 ppm at 100 km/h.
    constexpr double doppler_ppm = 0.1;
    constexpr double doppler_m_s = 100.0 / 3.6;
    const double passing_ppm = doppler_ppm * c.receiver_m_s() / doppler_m_s;
    const double off = std::abs(*c.cell().ppm - median);
    if (off <= std::max(limit_ppm, 4.0 * spread_of(others, median)) + passing_ppm)
        return NotFired{};
    return Fired{q, {{"ppm", Quantity{off, Unit::none, 0.01}}}};
}

/// P10. Drift against other cells is the clock's, which P05 compares; what stands here is the frame of a cell whose
/// operator's others begin theirs together.
Answer timing_drift(const CellCase& c)
{
    if (c.moving())
        return lacks("moving");
    if (frequency_error(c).fired() != nullptr)
        return lacks("same_cause");
    const double q = rf_quality(c.cell());
    const auto off_s = c.off_the_common_frame_s();
    if (q == 0.0 || !off_s)
        return lacks("timing");
    constexpr double microseconds = 1e6;
    return *off_s == 0.0 ? Answer(NotFired{})
                         : Answer(Fired{q, {{"value", Quantity{*off_s * microseconds, Unit::none, 1.0}}}});
}

/// Another cell of the carrier alone would explain an error of 16 %.
bool beside_another(const CellCase& c)
{
    constexpr double beneath_db = 16.0;
    const auto own = received_level_dbfs(c.cell());
    return std::any_of(c.scan().begin(), c.scan().end(), [&](const Cell& other) {
        const auto level = received_level_dbfs(other);
        return other.id != c.cell().id && other.technology == c.cell().technology && own && level &&
               other.channel == c.cell().channel && other.first_s <= c.cell().last_s &&
               c.cell().first_s <= other.last_s && *level > *own - beneath_db;
    });
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
    // Of an LTE cell the error is measured only where noise beside its channel is 25 dB down. SNR of reference signals
    // is that error again.
    const double q = c.gsm() ? rf_quality(c.cell()) : 1.0;
    if (!here || q == 0.0)
        return lacks("modulation");
    if (*here && !c.gsm() && beside_another(c))
        return lacks("other_cells");
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
