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

/// Subcarriers from one group to the next: reference signals of two ports are always assumed in the first symbol, those
/// of four only where there are four.
unsigned group_span(const Settings& settings, unsigned symbol)
{
    return symbol == 0 || (symbol == 1 && settings.ports == 4) || (symbol == 3 && !settings.normal_prefix) ? 6 : 4;
}

void append_group(std::vector<Element>& out, const Settings& settings, Group group)
{
    for (unsigned k = group.second; k < group.second + group_span(settings, group.first); ++k)
        if (!is_reference(settings, group.first, k, std::max(settings.ports, 2U)))
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
    const unsigned slot = symbol / symbols_in_slot(settings);
    const unsigned l = symbol % symbols_in_slot(settings);
    unsigned v = 0;
    if (port >= 2) {
        if (l != 1)
            return std::nullopt;
        v = (port == 2 ? 0 : 3) + 3 * (slot % 2);
    } else {
        if (l != 0 && l != symbols_in_slot(settings) - 3)
            return std::nullopt;
        v = (port == 0) == (l == 0) ? 0 : 3;
    }
    return (v + settings.pci % 6) % 6;
}

bool is_reference(const Settings& settings, unsigned symbol, unsigned k, unsigned ports)
{
    for (unsigned port = 0; port < ports; ++port)
        if (reference_offset(settings, symbol, port) == k % 6)
            return true;
    return false;
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

std::vector<Element> shared_elements(const Settings& settings, unsigned subframe, const Blocks& blocks)
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
        for (const unsigned block : blocks.at(l / slot))
            for (unsigned k = 12 * block; k < 12 * (block + 1); ++k) {
                const bool inner = k >= 6 * settings.blocks - 36 && k < 6 * settings.blocks + 36;
                if (!is_reference(settings, l, k, settings.ports) && !(inner && middle.contains(l)))
                    out.emplace_back(l, k);
            }
    return out;
}

namespace {

/// Table 6.2.3.2-1 for the bandwidths that there are.
unsigned gap_of(unsigned blocks, bool second)
{
    switch (blocks) {
    case 6:
        return 3;
    case 15:
        return 8;
    case 25:
        return 12;
    case 50:
        return second ? 9 : 27;
    case 75:
        return second ? 16 : 32;
    default:
        return second ? 16 : 48;
    }
}

} // namespace

unsigned virtual_blocks(unsigned blocks, bool second_gap)
{
    const unsigned gap = gap_of(blocks, second_gap);
    return second_gap ? blocks / (2 * gap) * 2 * gap : 2 * std::min(gap, blocks - gap);
}

Blocks distributed_blocks(unsigned blocks, bool second_gap, unsigned first, unsigned count)
{
    const unsigned gap = gap_of(blocks, second_gap);
    const unsigned unit = second_gap ? 2 * gap : virtual_blocks(blocks, false);
    const unsigned group = blocks <= 10 ? 1 : blocks <= 26 ? 2 : blocks <= 63 ? 3 : 4;
    const unsigned rows = (unit + 4 * group - 1) / (4 * group) * group;
    const unsigned nulls = 4 * rows - unit;
    // Written row by row into four columns, with nulls at the end of the second and the fourth, read column by column.
    std::array<std::vector<unsigned>, 4> columns;
    unsigned number = 0;
    for (unsigned row = 0; row < rows; ++row)
        for (unsigned column = 0; column < 4; ++column)
            if (row + nulls / 2 < rows || column % 2 == 0)
                columns.at(column).push_back(number++);
    std::vector<unsigned> place(unit);
    unsigned at = 0;
    for (const auto& column : columns)
        for (const unsigned one : column)
            place[one] = at++;
    Blocks out;
    for (unsigned slot = 0; slot < 2; ++slot) {
        for (unsigned n = first; n < first + count; ++n) {
            const unsigned turned = (place[n % unit] + slot * unit / 2) % unit;
            const unsigned in_unit = turned < unit / 2 ? turned : turned + gap - unit / 2;
            out.at(slot).push_back(n / unit * unit + in_unit);
        }
        std::ranges::sort(out.at(slot));
    }
    return out;
}

} // namespace gacsong::test::lte
