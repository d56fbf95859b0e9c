// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/control_region.hpp"

#include <algorithm>
#include <set>

namespace gacsong::detect::lte {

namespace {

/// Whether reference signals, of at least two ports, stand in a symbol of the control region.
bool holds_references(const CellLayout& layout, unsigned symbol)
{
    return symbol == 0 || (symbol == 1 && layout.ports == 4) || symbol == layout.identity.numerology.second_reference();
}

/// A group of four elements, named by its first subcarrier, the ones left out for reference signals counted.
using Group = Element;

unsigned group_width(const CellLayout& layout, unsigned symbol) { return holds_references(layout, symbol) ? 6 : 4; }

void append(std::vector<Element>& out, const CellLayout& layout, Group group)
{
    const unsigned width = group_width(layout, group.first);
    for (unsigned k = group.second; k < group.second + width; ++k)
        if (width == 4 || k % 3 != layout.identity.pci % 3)
            out.emplace_back(group.first, k);
}

std::vector<Group> indicator_groups(const CellLayout& layout)
{
    std::vector<Group> out;
    const unsigned width = 12 * layout.blocks;
    const unsigned first = 6 * (layout.identity.pci % (2 * layout.blocks));
    for (unsigned i = 0; i < 4; ++i)
        out.emplace_back(0U, (first + i * layout.blocks / 2 * 6) % width);
    return out;
}

/// Groups of a symbol that the format indicator leaves, from the lowest up.
std::vector<Group> free_groups(const CellLayout& layout, unsigned symbol, const std::set<Group>& taken)
{
    std::vector<Group> out;
    const unsigned width = group_width(layout, symbol);
    for (unsigned k = 0; k < 12 * layout.blocks; k += width)
        if (!taken.contains({symbol, k}))
            out.emplace_back(symbol, k);
    return out;
}

/// Groups of the hybrid-ARQ indicator (§6.9.3).
void take_phich(const CellLayout& layout, unsigned factor, std::set<Group>& taken)
{
    static constexpr std::array<unsigned, 4> sixths{1, 3, 6, 12};
    // With the extended prefix there are twice as many groups, two of which share their elements.
    const unsigned groups = (sixths.at(layout.phich_resource) * layout.blocks + 47) / 48;
    std::array<std::vector<Group>, 3> left;
    for (unsigned l = 0; l < 3; ++l)
        left.at(l) = free_groups(layout, l, taken);
    const std::size_t n0 = left[0].size();
    for (unsigned group = 0; group < groups * factor; ++group)
        for (unsigned i = 0; i < 3; ++i) {
            const auto& symbol = left.at(layout.phich_extended ? i : 0);
            const std::size_t n = symbol.size();
            const std::size_t at = (layout.identity.pci * n / n0 + group + i * n / 3) % n;
            taken.insert(symbol[at]);
        }
}

} // namespace

std::vector<Element> format_indicator_elements(const CellLayout& layout)
{
    std::vector<Element> out;
    for (const Group& group : indicator_groups(layout))
        append(out, layout, group);
    return out;
}

unsigned control_symbols(const CellLayout& layout, unsigned indicator)
{
    return layout.blocks > 10 ? indicator : indicator + 1;
}

std::vector<Element> control_elements(const CellLayout& layout, unsigned indicator, unsigned phich_factor)
{
    const unsigned symbols = control_symbols(layout, indicator);
    std::set<Group> taken;
    for (const Group& group : indicator_groups(layout))
        taken.insert(group);
    take_phich(layout, phich_factor, taken);
    std::vector<Group> groups;
    for (unsigned k = 0; k < 12 * layout.blocks; ++k)
        for (unsigned l = 0; l < symbols; ++l)
            if (k % group_width(layout, l) == 0 && !taken.contains({l, k}))
                groups.emplace_back(l, k);
    // The quadruplets of bits are interleaved like one stream of a control message, then turned by the identity.
    auto order = control_buffer(groups.size());
    order.resize(groups.size());
    std::vector<Group> sorted(groups.size());
    for (std::size_t m = 0; m < groups.size(); ++m)
        sorted[order[(m + layout.identity.pci) % groups.size()]] = groups[m];
    std::vector<Element> out;
    for (std::size_t i = 0; i < sorted.size() / 9 * 9; ++i)
        append(out, layout, sorted[i]);
    return out;
}

std::array<std::uint8_t, 32> format_code_word(unsigned indicator)
{
    static constexpr std::array<std::array<std::uint8_t, 3>, 3> patterns{{{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}};
    std::array<std::uint8_t, 32> out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out.at(i) = patterns.at(indicator - 1).at(i % 3);
    return out;
}

} // namespace gacsong::detect::lte
