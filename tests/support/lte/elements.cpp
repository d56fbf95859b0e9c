// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lte/elements.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace gacsong::test::lte {

namespace {

/// A resource element group is named by its symbol and the lowest subcarrier of what it spans (§6.2.4).
using Group = std::pair<unsigned, unsigned>;

/// Subcarriers from one group to the next: reference signals of two ports are always assumed in the first symbol.
unsigned group_span(const Settings& settings, unsigned symbol)
{
    return symbol == 0 || (symbol == 3 && !settings.normal_prefix) ? 6 : 4;
}

void append_group(std::vector<Element>& out, const Settings& settings, Group group)
{
    for (unsigned k = group.second; k < group.second + group_span(settings, group.first); ++k)
        if (!is_reference(settings, group.first, k, 2))
            out.emplace_back(group.first, k);
}

std::vector<Group> indicator_groups(const Settings& settings)
{
    const unsigned width = 12 * settings.blocks;
    const unsigned first = 6 * (settings.pci % (2 * settings.blocks));
    std::vector<Group> out;
    for (unsigned i = 0; i < 4; ++i)
        out.emplace_back(0, (first + i * settings.blocks / 2 * 6) % width);
    return out;
}

/// m_i of table 6.9-1 for uplink-downlink configuration and subframe; 9 where there is no downlink.
unsigned indicator_factor(const Settings& settings, unsigned subframe)
{
    static constexpr std::array<std::string_view, 7> table{"21---21---", "01--101--1", "00-1000-10", "10---00011",
                                                           "00--000011", "00-0000010", "11---11--1"};
    if (!settings.tdd)
        return 1;
    const char m = table.at(settings.tdd_configuration).at(subframe);
    return m == '-' ? 0 : static_cast<unsigned>(m - '0');
}

/// Groups that the hybrid-ARQ indicator takes (§6.9.3).
std::vector<Group> acknowledgement_groups(const Settings& settings, unsigned subframe)
{
    // ⌈Ng·N/8⌉ groups; with the extended prefix two of the twice as many share their elements.
    static constexpr std::array<unsigned, 4> sixths{1, 3, 6, 12};
    const unsigned groups = (sixths.at(settings.phich_resource) * settings.blocks + 47) / 48;
    const unsigned units = groups * indicator_factor(settings, subframe);
    std::array<std::vector<Group>, 3> left;
    const auto taken = indicator_groups(settings);
    for (unsigned l = 0; l < 3; ++l)
        for (unsigned k = 0; k < 12 * settings.blocks; k += group_span(settings, l))
            if (std::ranges::find(taken, Group(l, k)) == taken.end())
                left.at(l).emplace_back(l, k);
    std::vector<Group> out;
    for (unsigned unit = 0; unit < units; ++unit)
        for (unsigned i = 0; i < 3; ++i) {
            const unsigned l = settings.phich_extended ? i : 0;
            const std::size_t n = left.at(l).size();
            const std::size_t number = settings.pci * n / left[0].size() + unit + i * n / 3;
            out.push_back(left.at(l)[number % n]);
        }
    return out;
}

/// Columns of the interleaver of groups, as for control channels' bits (3GPP TS 36.212 §5.1.4.2.1).
std::vector<std::size_t> interleaved(std::size_t size)
{
    static constexpr std::array<std::size_t, 32> order{1, 17, 9, 25, 5, 21, 13, 29, 3, 19, 11, 27, 7, 23, 15, 31,
                                                       0, 16, 8, 24, 4, 20, 12, 28, 2, 18, 10, 26, 6, 22, 14, 30};
    const std::size_t rows = (size + 31) / 32;
    const std::size_t dummies = 32 * rows - size;
    std::vector<std::size_t> out;
    for (const std::size_t column : order)
        for (std::size_t row = 0; row < rows; ++row)
            if (32 * row + column >= dummies)
                out.push_back(32 * row + column - dummies);
    return out;
}

} // namespace

std::optional<unsigned> reference_offset(const Settings& settings, unsigned symbol, unsigned port)
{
    const unsigned l = symbol % symbols_in_slot(settings);
    if (l != 0 && l != symbols_in_slot(settings) - 3)
        return std::nullopt;
    const unsigned v = (port == 0) == (l == 0) ? 0 : 3;
    return (v + settings.pci % 6) % 6;
}

bool is_reference(const Settings& settings, unsigned symbol, unsigned k, unsigned ports)
{
    for (unsigned port = 0; port < std::min(ports, 2U); ++port)
        if (reference_offset(settings, symbol, port) == k % 6)
            return true;
    // Ports 2 and 3 stand in the second symbol of a slot, as 0 and 1 do in the first.
    return ports == 4 && symbol % symbols_in_slot(settings) == 1 && k % 3 == settings.pci % 3;
}

unsigned sent_symbols(const Settings& settings, unsigned subframe)
{
    static constexpr std::array<unsigned, 9> normal{3, 9, 10, 11, 12, 3, 9, 10, 11};
    static constexpr std::array<unsigned, 9> extended{3, 8, 9, 10, 3, 8, 9, 5, 5};
    switch (direction(settings, subframe)) {
    case 'D':
        return 2 * symbols_in_slot(settings);
    case 'S':
        return (settings.normal_prefix ? normal : extended).at(settings.special_subframe);
    default:
        return 0;
    }
}

std::vector<Element> indicator_elements(const Settings& settings)
{
    std::vector<Element> out;
    for (const Group& group : indicator_groups(settings))
        append_group(out, settings, group);
    return out;
}

std::vector<Element> control_elements(const Settings& settings, unsigned subframe)
{
    std::set<Group> taken;
    for (const auto& groups : {indicator_groups(settings), acknowledgement_groups(settings, subframe)})
        taken.insert(groups.begin(), groups.end());
    std::vector<Group> places;
    for (unsigned k = 0; k < 12 * settings.blocks; ++k)
        for (unsigned l = 0; l < control_symbols(settings); ++l)
            if (k % group_span(settings, l) == 0 && !taken.contains({l, k}))
                places.emplace_back(l, k);
    // Place m holds quadruplet w((m + pci) mod M), w being the interleaved ones.
    const std::size_t count = places.size();
    const auto order = interleaved(count);
    std::vector<Group> by_quadruplet(count);
    for (std::size_t m = 0; m < count; ++m)
        by_quadruplet[order[(m + settings.pci) % count]] = places[m];
    std::vector<Element> out;
    for (std::size_t i = 0; i < count / 9 * 9; ++i)
        append_group(out, settings, by_quadruplet[i]);
    return out;
}

std::vector<Element> broadcast_elements(const Settings& settings)
{
    std::vector<Element> out;
    const unsigned slot = symbols_in_slot(settings);
    for (unsigned l = slot; l < slot + 4; ++l)
        for (unsigned k = 6 * settings.blocks - 36; k < 6 * settings.blocks + 36; ++k)
            if (!is_reference(settings, l, k, 4))
                out.emplace_back(l, k);
    return out;
}

std::vector<Element> shared_elements(const Settings& settings, unsigned subframe, const std::vector<unsigned>& blocks)
{
    const unsigned slot = symbols_in_slot(settings);
    std::set<unsigned> middle; // symbols whose 72 inner elements belong to others
    if (subframe == 0)
        for (unsigned l = 0; l < 4; ++l)
            middle.insert(slot + l);
    if (!settings.tdd && subframe % 5 == 0)
        middle.insert({slot - 1, slot - 2});
    if (settings.tdd && subframe % 5 == 0)
        middle.insert(2 * slot - 1);
    if (settings.tdd && subframe % 5 == 1)
        middle.insert(2);
    std::vector<Element> out;
    for (unsigned l = control_symbols(settings); l < sent_symbols(settings, subframe); ++l)
        for (const unsigned block : blocks)
            for (unsigned k = 12 * block; k < 12 * (block + 1); ++k) {
                const bool inner = k >= 6 * settings.blocks - 36 && k < 6 * settings.blocks + 36;
                if (!is_reference(settings, l, k, settings.ports) && !(inner && middle.contains(l)))
                    out.emplace_back(l, k);
            }
    return out;
}

} // namespace gacsong::test::lte
