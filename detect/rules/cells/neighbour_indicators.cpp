// SPDX-License-Identifier: GPL-3.0-or-later
// N01 … N07: what a cell tells phones to listen to (fake-base-stations.md §2.3).
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
        for (const int sib : {4, 5, 6, 7}) {
            const auto sent = c.sends_sib(sib);
            if (!sent)
                return lacks("decoded");
            const auto& decoded = c.cell().decoded;
            if (*sent && std::find(decoded.begin(), decoded.end(), "SIB" + std::to_string(sib)) == decoded.end())
                return lacks("cycle");
        }
        return std::nullopt;
    }
    if (c.cycle() < 0.5 || c.blocks("SI2") == 0 || c.blocks("SI3") == 0)
        return lacks("cycle");
    const bool more = c.flag("SI3", "si2quater").value_or(false) && c.blocks("SI2quater") == 0;
    const bool ter = c.flag("SI3", "si2ter").value_or(false) && c.blocks("SI2ter") == 0;
    return more || ter ? std::optional(lacks("cycle")) : std::nullopt;
}

double certainty(const CellCase& c) { return c.gsm() ? c.cycle() : 1.0; }

Answer no_neighbours(const CellCase& c)
{
    if (auto missing = without_lists(c))
        return *missing;
    // A list of cells on its own carrier (SIB4) is a list too.
    const bool own_carrier = c.sends_sib(4).value_or(false);
    return c.cell().neighbours.empty() && !own_carrier ? Answer(Fired{certainty(c), {}}) : Answer(NotFired{});
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
    return (neighbour.technology == "gsm" ? "ARFCN " : "EARFCN ") + std::to_string(neighbour.channel);
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

Answer silent_neighbours(const CellCase& /*c*/) { return lacks("wide_reception"); }

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
    for (const auto& one : lists) {
        const OperatorBlocks blocks(c.context().plan, one.neighbour.technology, c.when());
        if (blocks.owned(one.band))
            continue;
        const bool received = std::any_of(c.scan().begin(), c.scan().end(), [&](const Cell& other) {
            return other.technology == one.neighbour.technology && other.channel == one.neighbour.channel;
        });
        return Fired{received ? 1.0 : 0.5, {{"channel", name_of(one.neighbour)}}};
    }
    return NotFired{};
}

constexpr std::array<Indicator, 7> indicators{{
    {"N01", 14.0, "NEIGH", false, "all", no_neighbours},
    {"N02", 18.0, "NEIGH", false, "all", foreign_neighbours},
    {"N03", 14.0, "NEIGH", false, "all", silent_neighbours},
    {"N04", 12.0, "NEIGH", false, "all", needs_baseline},
    {"N05", 10.0, "NEIGH", false, "all", only_itself},
    {"N06", 10.0, "NEIGH", false, "all", needs_history},
    {"N07", 60.0, "NEIGH", true, "all", nobodys_carrier},
}};

} // namespace

std::span<const Indicator> neighbour_indicators() { return indicators; }

} // namespace gacsong
