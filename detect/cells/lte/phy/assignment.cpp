// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/assignment.hpp"

#include <algorithm>

namespace gacsong::detect::lte {

namespace {

/// Block sizes for 2 and 3 columns of 3GPP TS 36.213 table 7.1.7.2.1-1.
constexpr std::array<std::array<std::uint16_t, 2>, 27> sizes_1a{
    {{32, 56},     {56, 88},     {72, 144},    {104, 176},   {120, 208},   {144, 224},  {176, 256},
     {224, 328},   {256, 392},   {296, 456},   {328, 504},   {376, 584},   {440, 680},  {488, 744},
     {552, 840},   {600, 904},   {632, 968},   {696, 1064},  {776, 1160},  {840, 1288}, {904, 1384},
     {1000, 1480}, {1064, 1608}, {1128, 1736}, {1192, 1800}, {1256, 1864}, {1480, 2216}}};

/// Table 7.1.7.2.3-1.
constexpr std::array<std::uint16_t, 32> sizes_1c{40,  56,   72,   120,  136,  144,  176,  208,  224,  256, 280,
                                                 296, 328,  336,  392,  488,  552,  600,  632,  696,  776, 840,
                                                 904, 1000, 1064, 1128, 1224, 1288, 1384, 1480, 1608, 1736};

constexpr unsigned two_gaps_from = 50;

unsigned bits_for(unsigned values)
{
    unsigned bits = 0;
    while ((1U << bits) < values)
        ++bits;
    return bits;
}

unsigned range_bits(unsigned count) { return bits_for(count * (count + 1) / 2); }

unsigned gap(unsigned blocks, bool second)
{
    if (second)
        return blocks <= 63 ? 9 : 16;
    if (blocks <= 10)
        return (blocks + 1) / 2;
    if (blocks == 11)
        return 4;
    if (blocks <= 19)
        return 8;
    if (blocks <= 26)
        return 12;
    if (blocks <= 44)
        return 18;
    if (blocks <= 63)
        return 27;
    return blocks <= 79 ? 32 : 48;
}

unsigned virtual_blocks(unsigned blocks, bool second_gap)
{
    const unsigned g = gap(blocks, second_gap);
    return second_gap ? blocks / (2 * g) * 2 * g : 2 * std::min(g, blocks - g);
}

unsigned step_of(unsigned blocks) { return blocks < two_gaps_from ? 2 : 4; }

struct Range {
    unsigned first;
    unsigned count;
};

/// 3GPP TS 36.213 §7.1.6.3.
std::optional<Range> range(unsigned value, unsigned blocks)
{
    unsigned count = value / blocks + 1;
    unsigned first = value % blocks;
    if (count + first > blocks) {
        count = blocks - value / blocks + 1;
        first = blocks - 1 - value % blocks;
    }
    if (count < 1 || first + count > blocks || count > blocks)
        return std::nullopt;
    return Range{first, count};
}

void fill(Assignment& out, Range range, unsigned blocks, bool distributed, bool second_gap)
{
    for (unsigned slot = 0; slot < 2; ++slot) {
        for (unsigned i = range.first; i < range.first + range.count; ++i)
            out.blocks.at(slot).push_back(distributed ? distributed_block(i, slot, blocks, second_gap) : i);
        std::ranges::sort(out.blocks.at(slot));
    }
}

} // namespace

std::size_t format_1a_bits(unsigned blocks, bool tdd)
{
    static constexpr std::array<std::size_t, 10> ambiguous{12, 14, 16, 20, 24, 26, 32, 40, 44, 56};
    std::size_t bits = (tdd ? 18U : 15U) + range_bits(blocks);
    while (std::ranges::find(ambiguous, bits) != ambiguous.end())
        ++bits;
    return bits;
}

std::size_t format_1c_bits(unsigned blocks)
{
    const unsigned gap_bits = blocks < two_gaps_from ? 0 : 1;
    return gap_bits + range_bits(virtual_blocks(blocks, false) / step_of(blocks)) + 5;
}

unsigned distributed_block(unsigned number, unsigned slot, unsigned blocks, bool second_gap)
{
    const unsigned g = gap(blocks, second_gap);
    const unsigned all = second_gap ? 2 * g : virtual_blocks(blocks, false);
    const unsigned group = blocks <= 10 ? 1 : blocks <= 26 ? 2 : blocks <= 63 ? 3 : 4;
    const unsigned rows = (all + 4 * group - 1) / (4 * group) * group;
    const unsigned nulls = 4 * rows - all;
    const unsigned base = number / all * all;
    const unsigned n = number % all;
    unsigned at = 0;
    if (nulls != 0 && n >= all - nulls)
        at = 2 * rows * (n % 2) + n / 2 - rows + (n % 2 == 0 ? nulls / 2 : 0);
    else
        at = rows * (n % 4) + n / 4 - (nulls != 0 && n % 4 >= 2 ? nulls / 2 : 0);
    if (slot % 2 == 1)
        at = (at + all / 2) % all;
    at += base;
    const unsigned in_unit = at - base;
    return in_unit < all / 2 ? at : at + g - all / 2;
}

std::optional<Assignment> read_format_1a(std::span<const std::uint8_t> bits, unsigned blocks, bool tdd)
{
    if (bits.size() != format_1a_bits(blocks, tdd) || bits[0] != 1)
        return std::nullopt;
    const bool distributed = bits[1] != 0;
    const unsigned riv_bits = range_bits(blocks);
    const auto value = number(bits.subspan(2, riv_bits));
    auto rest = bits.subspan(2 + riv_bits);
    const auto scheme = number(rest.first(5));
    rest = rest.subspan(5 + (tdd ? 4 : 3));
    const bool second_gap = distributed && blocks >= two_gaps_from && rest[0] != 0;
    const auto version = number(rest.subspan(1, 2));
    const bool three_columns = rest[4] != 0;
    if (scheme >= sizes_1a.size())
        return std::nullopt;
    const auto where = range(value, blocks);
    if (!where || (distributed && where->first + where->count > virtual_blocks(blocks, second_gap)))
        return std::nullopt;
    Assignment out;
    out.block_bits = sizes_1a.at(scheme).at(three_columns ? 1 : 0);
    out.version = version;
    fill(out, *where, blocks, distributed, second_gap);
    return out;
}

std::optional<Assignment> read_format_1c(std::span<const std::uint8_t> bits, unsigned blocks)
{
    if (bits.size() != format_1c_bits(blocks))
        return std::nullopt;
    const bool two_gaps = blocks >= two_gaps_from;
    const bool second_gap = two_gaps && bits[0] != 0;
    const unsigned step = step_of(blocks);
    const unsigned riv_bits = range_bits(virtual_blocks(blocks, false) / step);
    const auto value = number(bits.subspan(two_gaps ? 1 : 0, riv_bits));
    const auto where = range(value, virtual_blocks(blocks, second_gap) / step);
    if (!where)
        return std::nullopt;
    Assignment out;
    out.block_bits = sizes_1c.at(number(bits.last(5)));
    fill(out, {where->first * step, where->count * step}, blocks, true, second_gap);
    return out;
}

} // namespace gacsong::detect::lte
