// SPDX-License-Identifier: GPL-3.0-or-later
// N01 … N07: what a cell tells phones to listen to (fake-base-stations.md §2.3).
#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/spectrum_rows.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace gacsong {

namespace {

/// D2 for the neighbour lists: nothing where they were all received.
std::optional<Answer> without_lists(const CellCase& c)
{
    if (!c.gsm()) {
        // SIB1 says which of the lists there are; those must have been read.
        for (const unsigned sib : {4U, 5U, 6U, 7U}) {
            const auto sent = c.sends_sib(sib);
            if (!sent)
                return lacks("decoded");
            if (*sent && !has_decoded(c.cell(), "SIB" + std::to_string(sib)))
                return lacks("cycle");
        }
        return c.watched_periods() == 0.0 ? std::optional(lacks("cycle")) : std::nullopt;
    }
    if (c.cycle() < 0.5 || c.blocks("SI2") == 0 || c.blocks("SI3") == 0)
        return lacks("cycle");
    const bool more = c.flag("SI3", "si2quater").value_or(false) && c.blocks("SI2quater") == 0;
    const bool ter = c.flag("SI3", "si2ter").value_or(false) && c.blocks("SI2ter") == 0;
    return more || ter ? std::optional(lacks("cycle")) : std::nullopt;
}

/// Of what the lists do not say. Those of LTE are named in SIB1, so that no other block needs to have been read.
double certainty(const CellCase& c) { return c.gsm() ? c.cycle() : c.watched_periods(); }

Answer no_neighbours(const CellCase& c)
{
    if (auto missing = without_lists(c))
        return *missing;
    // A list of cells on its own carrier (SIB4) is a list too.
    const bool own_carrier = c.sends_sib(4).value_or(false);
    const double q = quality_of({certainty(c), c.home_cell_outside() ? 0.5 : 1.0});
    if (!c.cell().neighbours.empty() || own_carrier)
        return NotFired{};
    return q > 0.0 ? Answer(Fired{q, {}}) : lacks("cycle");
}

/// Frequencies of the listed carriers in bands whose blocks are known.
struct Listed {
    Neighbour neighbour;
    FrequencyRange band;
};

std::vector<Listed> listed(const CellCase& c)
{
    std::vector<Listed> out;
    for (const auto& neighbour : c.cell().neighbours) {
        const auto hz = channel_hz(neighbour.technology, neighbour.channel);
        const double half = neighbour.technology == "gsm" ? 0.1e6 : 0.0;
        if (hz && OperatorBlocks(c.context().plan, neighbour.technology, c.when()).complete({*hz, *hz}))
            out.push_back({neighbour, {*hz - half, *hz + half}});
    }
    return out;
}

std::string name_of(const Neighbour& neighbour)
{
    const auto number = std::to_string(neighbour.channel);
    return (neighbour.technology == "gsm" ? "ARFCN " : neighbour.technology == "umts" ? "UARFCN " : "EARFCN ") + number;
}

/// What N02 and N07 need; the listed carriers are then in `lists`.
std::optional<Answer> without_blocks(const CellCase& c, std::vector<Listed>& lists)
{
    if (auto missing = without_lists(c))
        return missing;
    if (c.border_cell())
        return lacks("border");
    lists = listed(c);
    if (!lists.empty())
        return std::nullopt;
    return c.cell().neighbours.empty() ? Answer(NotFired{}) : lacks("blocks");
}

Answer foreign_neighbours(const CellCase& c)
{
    std::vector<Listed> lists;
    if (auto missing = without_blocks(c, lists))
        return *missing;
    for (const auto& one : lists) {
        const OperatorBlocks blocks(c.context().plan, one.neighbour.technology, c.when());
        if (blocks.holds_any(c.cell().plmn) && blocks.owned(one.band) && !blocks.inside(one.band, c.cell().plmn))
            return Fired{certainty(c), {{"channel", name_of(one.neighbour)}}};
    }
    return NotFired{};
}

/// Found on a carrier in this scan, decoded or not (searchers hear cells from below 6 dB on), or decoded here within
/// the ten minutes before.
bool on_the_air(const CellCase& c, const Neighbour& listed)
{
    constexpr std::int64_t window_ns = 600'000'000'000;
    const auto fits = [&](const Cell& other) {
        return other.technology == listed.technology && other.channel == listed.channel;
    };
    if (std::any_of(c.scan().begin(), c.scan().end(), fits))
        return true;
    const auto known = c.around().of_technology(listed.technology);
    return std::any_of(known.begin(), known.end(), [&](const HeardCell& other) {
        return fits(*other.cell) && other.distance_km <= 0.5 && other.cell->start &&
               c.when().unix_ns - other.cell->start->unix_ns <= window_ns;
    });
}

Answer silent_neighbours(const CellCase& c)
{
    constexpr double least_dbm = -75.0;
    constexpr std::size_t least_listed = 4;
    if (auto missing = without_lists(c))
        return *missing;
    if (c.moving())
        return lacks("moving");
    const auto level = c.level_dbm();
    if (!level)
        return lacks("level");
    if (!c.context().heard_hz)
        return lacks("wide_reception");
    std::size_t looked_at = 0;
    for (const auto& neighbour : c.cell().neighbours) {
        const auto hz = channel_hz(neighbour.technology, neighbour.channel);
        const bool own = neighbour.technology == c.cell().technology && neighbour.channel == c.cell().channel;
        if (own || !hz || *hz < c.context().heard_hz->first || *hz > c.context().heard_hz->second)
            continue;
        if (on_the_air(c, neighbour))
            return NotFired{};
        ++looked_at;
    }
    if (looked_at < least_listed)
        return lacks("wide_reception");
    return *level >= least_dbm ? Answer(Fired{certainty(c), {{"n", static_cast<std::int64_t>(looked_at)}}})
                               : Answer(NotFired{});
}

/// Among the two strongest of its operator in the band; nothing where no other was received alike.
std::optional<bool> among_strongest(const CellCase& c)
{
    const auto own = received_level_dbfs(c.cell());
    std::size_t others = 0;
    std::size_t stronger = 0;
    for (const auto& other : c.baseline_here().cells()) {
        const auto level = received_level_dbfs(*other.cell);
        if (!other.now || other.cell->band != c.cell().band || !level || !own)
            continue;
        ++others;
        stronger += *level > *own ? 1U : 0U;
    }
    return others > 0 ? std::optional(stronger < 2) : std::nullopt;
}

bool lists_carrier(const Cell& cell, const std::string& technology, std::uint64_t channel)
{
    return std::any_of(cell.neighbours.begin(), cell.neighbours.end(),
                       [&](const Neighbour& one) { return one.technology == technology && one.channel == channel; });
}

Answer nobody_lists_it(const CellCase& c)
{
    constexpr std::size_t enough_lists = 4;
    if (!c.identified() || !c.cell().channel)
        return lacks("decoded");
    if (c.border_cell())
        return lacks("border");
    const auto strong = among_strongest(c);
    const double q = c.baseline_here().quality();
    if (q == 0.0 || !strong)
        return lacks("baseline");
    std::size_t lists = 0;
    for (const auto& other : c.baseline_here().cells()) {
        if (lists_carrier(*other.cell, c.cell().technology, *c.cell().channel) ||
            (!c.gsm() && other.cell->channel == c.cell().channel))
            return NotFired{};
        lists += other.cell->neighbours.empty() ? 0U : 1U;
    }
    if (!*strong)
        return NotFired{};
    const double certain = lists >= enough_lists ? 1.0 : (lists == enough_lists - 1 ? 0.5 : 0.0);
    if (certain == 0.0)
        return lacks("lists");
    return Fired{certain, {{"channel", std::to_string(*c.cell().channel)}}};
}

/// Share of what two lists have in common (Jaccard); nothing where both are empty.
std::optional<double> alike(const std::vector<Neighbour>& a, const std::vector<Neighbour>& b)
{
    const auto set = [](const std::vector<Neighbour>& list) {
        std::set<std::pair<std::string, std::uint64_t>> out;
        for (const auto& one : list)
            out.insert({one.technology, one.channel});
        return out;
    };
    const auto first = set(a);
    const auto second = set(b);
    const auto common =
        std::count_if(first.begin(), first.end(), [&](const auto& one) { return second.contains(one); });
    const auto all = static_cast<std::ptrdiff_t>(first.size() + second.size()) - common;
    return all > 0 ? std::optional(static_cast<double>(common) / static_cast<double>(all)) : std::nullopt;
}

/// The cell's list against the one remembered from before this week; nothing where none is.
std::optional<double> list_kept(const CellCase& c, const Cell& cell, std::int64_t older_ns)
{
    if (!c.context().memory)
        return std::nullopt;
    const auto before = c.context().memory->last_known(cell, {c.when().unix_ns - older_ns});
    return before && !before->neighbours.empty() ? alike(before->neighbours, cell.neighbours) : std::nullopt;
}

Answer list_changed(const CellCase& c)
{
    constexpr double alike_enough = 0.3;
    constexpr double network_wide = 0.3;
    constexpr std::int64_t hour_ns = 3'600'000'000'000;
    constexpr std::int64_t week_ns = 7 * 24 * hour_ns;
    if (auto missing = without_lists(c))
        return *missing;
    if (!c.around().has_history())
        return lacks("history");
    const auto kept = list_kept(c, c.cell(), hour_ns);
    if (!kept)
        return lacks("list_history");
    if (*kept >= alike_enough)
        return NotFired{};
    std::size_t known = 0;
    std::size_t changed = 0;
    for (const auto& other : c.baseline().cells()) {
        const auto theirs = list_kept(c, *other.cell, week_ns);
        known += theirs ? 1U : 0U;
        changed += theirs && *theirs < alike_enough ? 1U : 0U;
    }
    if (known > 0 && static_cast<double>(changed) >= network_wide * static_cast<double>(known))
        return NotFired{};
    return Fired{certainty(c), {{"share", Quantity{100.0 * *kept, Unit::percent}}}};
}

Answer only_itself(const CellCase& c)
{
    if (auto missing = without_lists(c))
        return *missing;
    std::set<std::pair<std::string, std::uint64_t>> others;
    for (const auto& neighbour : c.cell().neighbours) {
        if (neighbour.technology != c.cell().technology || neighbour.channel != c.cell().channel)
            others.insert({neighbour.technology, neighbour.channel});
    }
    if (c.cell().neighbours.empty() || others.size() > 1)
        return NotFired{};
    return Fired{certainty(c), {}};
}

Answer nobodys_carrier(const CellCase& c)
{
    std::vector<Listed> lists;
    if (auto missing = without_blocks(c, lists))
        return *missing;
    std::optional<Answer> silent;
    for (const auto& one : lists) {
        const OperatorBlocks blocks(c.context().plan, one.neighbour.technology, c.when());
        if (blocks.owned(one.band))
            continue;
        const std::vector<Argument> values{{"channel", name_of(one.neighbour)}};
        if (on_the_air(c, one.neighbour))
            return certainty(c) < 1.0 ? Fired{0.5, values} : Fired{1.0, values};
        if (!silent)
            silent = Fired{0.5, values};
    }
    if (!silent)
        return NotFired{};
    return certainty(c) < 1.0 ? lacks("cycle") : *silent; // a second thing that is half sure
}

constexpr std::array<Indicator, 7> indicators{{
    {"N01", 14.0, "NEIGH", false, "all", no_neighbours},
    {"N02", 18.0, "NEIGH", false, "all", foreign_neighbours},
    {"N03", 14.0, "NEIGH", false, "all", silent_neighbours},
    {"N04", 12.0, "NEIGH", false, "all", nobody_lists_it},
    {"N05", 10.0, "NEIGH", false, "all", only_itself},
    {"N06", 10.0, "NEIGH", false, "all", list_changed},
    {"N07", 60.0, "NEIGH", true, "all", nobodys_carrier},
}};

} // namespace

std::span<const Indicator> neighbour_indicators() { return indicators; }

} // namespace gacsong
