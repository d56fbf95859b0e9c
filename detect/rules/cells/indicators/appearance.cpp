// SPDX-License-Identifier: GPL-3.0-or-later
// P01, P02, P04, P09: how a cell comes, stands out and goes (fake-base-stations.md §2.5).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace gacsong {

namespace {

constexpr std::int64_t minute_ns = 60'000'000'000;
constexpr std::int64_t day_ns = 24 * 60 * minute_ns;
constexpr double not_calibrated = 0.5;

/// P01 and the like: the level that is asked for, by technology.
bool at_least(const CellCase& c, double gsm_dbm, double lte_dbm)
{
    return c.level_dbm().value_or(0.0) >= (c.gsm() ? gsm_dbm : lte_dbm);
}

/// Levels of the operator's other cells of the band in this scan, ascending.
std::vector<double> levels_now(const CellCase& c)
{
    std::vector<double> out;
    for (const auto& other : c.baseline().cells()) {
        const auto level = received_level_dbfs(*other.cell);
        if (other.now && level && other.cell->band == c.cell().band)
            out.push_back(*level);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Answer strongest(const CellCase& c)
{
    constexpr double above_db = 10.0;
    const auto own = received_level_dbfs(c.cell());
    if (!c.identified() || !own)
        return lacks("decoded");
    if (c.excused())
        return lacks("excused");
    if (c.moving())
        return lacks("moving");
    const auto others = levels_now(c);
    const double q = quality_of({c.baseline().quality(), c.level_dbm() ? 1.0 : not_calibrated});
    if (others.empty() || q == 0.0)
        return lacks("baseline");
    const double above = *own - others.back();
    if (above < above_db || (c.level_dbm() && !at_least(c, -60.0, -75.0)))
        return NotFired{};
    return Fired{q, {{"value", Quantity{above, Unit::db}}}};
}

/// Whether the identity is new here. A newcomer stays one for a day: a second look must not make it usual.
std::optional<Instant> newcomer_since(const CellCase& c)
{
    const auto first = c.context().memory->first_heard(c.cell(), *c.place(), c.when());
    const Instant since = first.value_or(c.when());
    return c.when().unix_ns - since.unix_ns < day_ns ? std::optional(since) : std::nullopt;
}

/// P02. Where the level is not calibrated, a newcomer counts half if it is as strong as half of the operator's cells.
Answer appears(const CellCase& c)
{
    if (!c.identified())
        return lacks("decoded");
    if (c.excused())
        return lacks("excused");
    if (!c.around().has_history() || !c.place())
        return lacks("history");
    if (!newcomer_since(c))
        return NotFired{};
    if (c.level_dbm())
        return at_least(c, -80.0, -95.0) ? Answer(Fired{c.moving() ? 0.5 : 1.0, {}}) : Answer(NotFired{});
    const auto others = levels_now(c);
    const auto own = received_level_dbfs(c.cell());
    if (c.baseline().quality() < 1.0 || others.size() < 2 || !own || c.moving())
        return lacks("level");
    return *own >= others[others.size() / 2] ? Answer(Fired{not_calibrated, {}}) : Answer(NotFired{});
}

/// P04. What began and ended while the scan went on for two hours.
Answer short_life(const CellCase& c)
{
    constexpr double watch_s = 7'200.0;
    constexpr double short_s = 1'800.0;
    constexpr double gone_s = 300.0; ///< before the end of the watch, or it may still be there
    const auto [begin_s, end_s] = c.around().watched_s();
    if (!c.identified())
        return lacks("decoded");
    if (end_s - begin_s < watch_s)
        return lacks("watch");
    if (c.moving())
        return lacks("moving");
    if (c.dwell_s() > short_s || end_s - c.cell().last_s < gone_s)
        return NotFired{};
    return Fired{1.0, {{"duration", Quantity{c.dwell_s(), Unit::seconds}}}};
}

/// Correlation (Pearson) of two series of equal length.
double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    const auto n = static_cast<double>(a.size());
    const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - mean_a) * (b[i] - mean_b);
        aa += (a[i] - mean_a) * (a[i] - mean_a);
        bb += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

/// Levels of a cell in the day before, oldest first.
std::vector<CellSighting> levels_of_day(const CellCase& c, const Cell& cell)
{
    auto all =
        c.context().memory->of_identity(cell.technology, cell.plmn, *cell.cell, {c.when().unix_ns - day_ns}, c.when());
    std::erase_if(all, [](const CellSighting& one) { return !one.level_dbfs; });
    return all;
}

/// How well the levels of two cells go together, of 1; nothing where they were heard together less than five times.
std::optional<double> go_together(const std::vector<CellSighting>& ours, const std::vector<CellSighting>& theirs)
{
    constexpr std::int64_t together_ns = minute_ns / 2;
    constexpr std::size_t enough = 10;
    constexpr std::size_t half = 5;
    constexpr double alike = 0.8;
    std::vector<double> a;
    std::vector<double> b;
    for (const auto& one : ours) {
        const auto near = std::find_if(theirs.begin(), theirs.end(), [&](const CellSighting& two) {
            return std::abs(two.at.unix_ns - one.at.unix_ns) <= together_ns;
        });
        if (near == theirs.end())
            continue;
        a.push_back(*one.level_dbfs);
        b.push_back(*near->level_dbfs);
    }
    if (a.size() < half)
        return std::nullopt;
    return correlation(a, b) >= alike ? (a.size() >= enough ? 1.0 : 0.5) : 0.0;
}

/// Whether the LTE cell and the GSM cell can be one box's: of one operator, or the one lists the other.
bool may_be_partners(const Cell& a, const Cell& b)
{
    if (a.technology == b.technology || !b.cell || b.plmn.empty())
        return false;
    const Cell& lte = a.technology == "lte" ? a : b;
    const Cell& gsm = a.technology == "lte" ? b : a;
    return a.plmn == b.plmn || std::any_of(lte.neighbours.begin(), lte.neighbours.end(), [&](const Neighbour& one) {
               return one.technology == "gsm" && one.channel == gsm.channel;
           });
}

Answer pair(const CellCase& c)
{
    constexpr std::int64_t apart_ns = 10 * minute_ns;
    const Answer own = appears(c);
    if (own.fired() == nullptr)
        return own.not_evaluated() != nullptr ? own : Answer(NotFired{});
    const auto since = newcomer_since(c);
    const auto newcomer = [&](const Cell& other) -> std::optional<Newcomer> {
        const CellCase partner(other, c.around(), c.context(), c.when(), c.dated());
        const auto theirs = appears(partner).fired() != nullptr ? newcomer_since(partner) : std::nullopt;
        return theirs ? std::optional(Newcomer{&other, *theirs, levels_of_day(c, other)}) : std::nullopt;
    };
    const auto ours = levels_of_day(c, c.cell());
    bool unsure = false;
    for (const auto& [other, theirs_since, theirs] : c.around().newcomers(*c.place(), newcomer)) {
        if (!may_be_partners(c.cell(), *other) || std::abs(theirs_since.unix_ns - since->unix_ns) > apart_ns)
            continue;
        const auto together = go_together(ours, theirs);
        unsure = unsure || !together;
        const double q = quality_of({together.value_or(0.0), own.fired()->q});
        if (q > 0.0)
            return Fired{q, {{"cell", cell_name(*other)}}};
    }
    return unsure ? lacks("pair_series") : Answer(NotFired{});
}

constexpr std::array<Indicator, 4> indicators{{
    {"P01", 8.0, "APPEAR", false, "all", strongest},
    {"P02", 12.0, "APPEAR", false, "all", appears},
    {"P04", 10.0, "APPEAR", false, "all", short_life},
    {"P09", 24.0, "PAIR", true, "all", pair},
}};

} // namespace

std::span<const Indicator> appearance_indicators() { return indicators; }

} // namespace gacsong
