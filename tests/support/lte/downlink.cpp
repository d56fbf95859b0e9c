// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lte/downlink.hpp"

#include "tests/support/lte/coding.hpp"
#include "tests/support/lte/elements.hpp"
#include "tests/support/random.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <string_view>

namespace gacsong::test::lte {

namespace {

constexpr std::uint32_t system_rnti = 0xFFFF;
constexpr std::uint32_t paging_rnti = 0xFFFE;

/// Puts modulated symbols on elements: as they are, or by two or four ports with transmit diversity (§6.3.4.3): pairs
/// on ports 0 and 1, or in turn on 0 and 2, and on 1 and 3.
void put(Subframe& grid, const std::vector<Element>& elements, const std::vector<Complex>& d)
{
    const double half = 1.0 / std::numbers::sqrt2;
    for (std::size_t i = 0; i < std::min(elements.size(), d.size()); ++i) {
        const auto [l, k] = elements[i];
        if (grid.ports.size() == 1) {
            grid.at(0, l, k) = d[i];
            continue;
        }
        const std::size_t even = i / 2 * 2;
        const Complex a = d[even];
        const Complex b = even + 1 < d.size() ? d[even + 1] : 0.0;
        const unsigned first = grid.ports.size() == 4 ? static_cast<unsigned>(i / 2 % 2) : 0;
        const unsigned second = grid.ports.size() == 4 ? first + 2 : 1;
        grid.at(first, l, k) = half * (i == even ? a : b);
        grid.at(second, l, k) = half * (i == even ? -std::conj(b) : std::conj(a));
    }
}

Bits scrambled(Bits bits, std::uint32_t c_init)
{
    const Bits c = pseudo_random(c_init, bits.size());
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] ^= c[i];
    return bits;
}

unsigned bits_for(unsigned values)
{
    unsigned bits = 0;
    while ((1U << bits) < values)
        ++bits;
    return bits;
}

/// The indication of `count` neighbouring resource blocks from `first` on (3GPP TS 36.213 §7.1.6.3).
unsigned indication(unsigned blocks, unsigned first, unsigned count)
{
    return count - 1 <= blocks / 2 ? blocks * (count - 1) + first : blocks * (blocks - count + 1) + blocks - 1 - first;
}

/// Blocks of a message, in their order on the air.
struct Range {
    unsigned first = 0;
    unsigned count = 0;
};

/// Format 1A (3GPP TS 36.212 §5.3.3.1.3).
Bits announcement(const Settings& settings, const BlockSize& size, Range range, unsigned version)
{
    Bits out{1, static_cast<std::uint8_t>(settings.distributed ? 1 : 0)};
    const auto add = [&](unsigned value, unsigned bits) {
        const Bits more = bits_of(value, bits);
        out.insert(out.end(), more.begin(), more.end());
    };
    add(indication(settings.blocks, range.first, range.count), bits_for(settings.blocks * (settings.blocks + 1) / 2));
    add(size.scheme, 5);
    add(0, settings.tdd ? 4 : 3);
    add(settings.distributed && settings.second_gap ? 1 : 0, 1);
    add(version, 2);
    add(size.columns == 3 ? 1 : 0, 2);
    if (settings.tdd)
        add(0, 2);
    static constexpr std::array<std::size_t, 10> ambiguous{12, 14, 16, 20, 24, 26, 32, 40, 44, 56};
    if (std::ranges::find(ambiguous, out.size()) != ambiguous.end())
        out.push_back(0);
    return out;
}

/// Sizes of format 1C that the other one has as well (3GPP TS 36.213 table 7.1.7.2.3-1).
unsigned compact_scheme(unsigned bits)
{
    static constexpr std::array<std::pair<unsigned, unsigned>, 8> schemes{
        {{144, 5}, {176, 6}, {208, 7}, {224, 8}, {256, 9}, {296, 11}, {328, 12}, {392, 14}}};
    for (const auto& [size, scheme] : schemes)
        if (size == bits)
            return scheme;
    throw std::invalid_argument("lte: no such compact transport block");
}

/// Distributed blocks are counted by so many.
unsigned step_of(const Settings& settings) { return settings.blocks < 50 ? 2 : 4; }

/// Format 1C (§5.3.3.1.4). The indication is as wide as the first gap needs.
Bits compact_announcement(const Settings& settings, const BlockSize& size, Range range)
{
    const unsigned step = step_of(settings);
    const unsigned widest = virtual_blocks(settings.blocks, false) / step;
    const unsigned steps = virtual_blocks(settings.blocks, settings.second_gap) / step;
    Bits out;
    if (settings.blocks >= 50)
        out.push_back(settings.second_gap ? 1 : 0);
    const Bits where =
        bits_of(indication(steps, range.first / step, range.count / step), bits_for(widest * (widest + 1) / 2));
    out.insert(out.end(), where.begin(), where.end());
    const Bits scheme = bits_of(compact_scheme(size.bits), 5);
    out.insert(out.end(), scheme.begin(), scheme.end());
    return out;
}

/// Where a message goes: in the middle, or some distributed blocks.
Range range_of(const Settings& settings)
{
    const bool distributed = settings.compact || settings.distributed;
    const unsigned all = distributed ? virtual_blocks(settings.blocks, settings.second_gap) : settings.blocks;
    const unsigned step = settings.compact ? step_of(settings) : 1;
    const unsigned count = std::min(settings.message_blocks, all) / step * step;
    return {(all - count) / 2 / step * step, count};
}

/// The message that a subframe carries, and its redundancy version (3GPP TS 36.331 §5.2.3, 36.321 §5.3.1).
struct Sent {
    const std::vector<std::uint8_t>* octets = nullptr;
    unsigned version = 0;
    std::uint32_t rnti = system_rnti;
};

Sent information_in(const Settings& settings, unsigned frame, unsigned subframe)
{
    static constexpr std::array<unsigned, 4> versions{0, 2, 3, 1}; // ⌈3k/2⌉ mod 4
    if (subframe == 5 && frame % 2 == 0)
        return settings.first_message.empty() ? Sent{} : Sent{&settings.first_message, versions.at(frame / 2 % 4)};
    for (std::size_t n = 0; n < settings.others.size(); ++n)
        if (frame % settings.others[n].period_frames == n && subframe != 0 &&
            settings.others_in.find(direction(settings, subframe)) != std::string::npos)
            return {&settings.others[n].octets, versions.at(subframe % 4)};
    return {};
}

Sent message_in(const Settings& settings, unsigned frame, unsigned subframe)
{
    if (const auto* paging = paging_in(settings, frame, subframe))
        return {paging, 0, paging_rnti};
    if (const auto* response = response_in(settings, frame, subframe))
        return {response, 0, 1 + settings.preamble_subframe + 10 * settings.preamble_frequency};
    return information_in(settings, frame, subframe);
}

void put_synchronisation(Subframe& grid, const Settings& settings, unsigned subframe)
{
    const unsigned slot = symbols_in_slot(settings);
    const unsigned first = 6 * settings.blocks - 31;
    const auto fill = [&](unsigned symbol, const std::array<Complex, 62>& d) {
        for (unsigned k = first - 5; k < first + 67; ++k)
            for (unsigned port = 0; port < settings.ports; ++port)
                grid.at(port, symbol, k) = 0.0;
        for (unsigned n = 0; n < 62; ++n)
            grid.at(0, symbol, first + n) = d.at(n);
    };
    if (subframe % 5 == 0)
        fill(settings.tdd ? 2 * slot - 1 : slot - 2, secondary_signal(settings.pci, subframe));
    if (subframe % 5 == (settings.tdd ? 1U : 0U))
        fill(settings.tdd ? 2 : slot - 1, primary_signal(settings.pci % 3));
}

void put_references(Subframe& grid, const Settings& settings, unsigned subframe)
{
    const unsigned slot = symbols_in_slot(settings);
    for (unsigned symbol = 0; symbol < sent_symbols(settings, subframe); ++symbol)
        for (unsigned port = 0; port < settings.ports; ++port)
            if (const auto offset = reference_offset(settings, symbol, port)) {
                const auto r = reference_sequence(settings.pci, 2 * subframe + symbol / slot, symbol % slot,
                                                  settings.normal_prefix);
                for (unsigned m = 0; m < 2 * settings.blocks; ++m)
                    grid.at(port, symbol, 6 * m + *offset) = r[m + 110 - settings.blocks];
            }
}

void put_broadcast(Subframe& grid, const Settings& settings, unsigned frame)
{
    const auto elements = broadcast_elements(settings);
    const std::size_t bits = 2 * elements.size();
    const std::uint16_t mask = settings.ports == 1 ? 0x0000 : settings.ports == 2 ? 0xFFFF : 0x5555;
    const Bits coded = scrambled(code_control(master_information(settings, frame), mask, 4 * bits), settings.pci);
    const auto from = coded.begin() + static_cast<std::ptrdiff_t>(frame % 4 * bits);
    put(grid, elements, qpsk(Bits(from, from + static_cast<std::ptrdiff_t>(bits))));
}

void put_format_indicator(Subframe& grid, const Settings& settings, unsigned subframe)
{
    static constexpr std::array<std::string_view, 3> words{
        "01101101101101101101101101101101", "10110110110110110110110110110110", "11011011011011011011011011011011"};
    Bits bits;
    for (const char bit : words.at(settings.format_indicator - 1))
        bits.push_back(static_cast<std::uint8_t>(bit - '0'));
    const std::uint32_t c_init = (subframe + 1) * (2 * settings.pci + 1) * 512 + settings.pci;
    put(grid, indicator_elements(settings), qpsk(scrambled(bits, c_init)));
}

void put_control(Subframe& grid, const Settings& settings, unsigned subframe, const Bits& message, std::uint32_t rnti,
                 Random& random)
{
    const auto elements = control_elements(settings, subframe);
    Bits bits = random.bits(2 * elements.size());
    std::vector<bool> used;
    for (std::size_t i = 0; i < elements.size() / 36; ++i)
        used.push_back(random.uniform() < settings.load);
    if (!message.empty()) {
        const Bits coded =
            code_control(message, static_cast<std::uint16_t>(rnti), std::size_t{72} * settings.aggregation);
        if (coded.size() > bits.size())
            throw std::invalid_argument("lte: no room for the announcement");
        std::copy(coded.begin(), coded.end(), bits.begin());
        std::fill_n(used.begin(), settings.aggregation, true);
    }
    const auto d = qpsk(scrambled(bits, subframe * 512 + settings.pci));
    for (std::size_t i = 0; i < used.size(); ++i)
        if (used[i]) {
            const auto from = static_cast<std::ptrdiff_t>(36 * i);
            put(grid, {elements.begin() + from, elements.begin() + from + 36},
                {d.begin() + from, d.begin() + from + 36});
        }
}

void put_shared(Subframe& grid, const Settings& settings, unsigned subframe, const Sent& sent, Random& random)
{
    Bits message;
    std::array<std::vector<bool>, 2> taken;
    taken.fill(std::vector<bool>(settings.blocks, false));
    if (sent.octets != nullptr && sent_symbols(settings, subframe) >= 8) {
        const BlockSize size = block_size(8 * sent.octets->size());
        const Range range = range_of(settings);
        message = settings.compact ? compact_announcement(settings, size, range)
                                   : announcement(settings, size, range, sent.version);
        Blocks blocks;
        if (settings.compact || settings.distributed) {
            blocks = distributed_blocks(settings.blocks, settings.second_gap, range.first, range.count);
        } else {
            blocks[0].resize(range.count);
            std::iota(blocks[0].begin(), blocks[0].end(), range.first);
            blocks[1] = blocks[0];
        }
        for (unsigned slot = 0; slot < 2; ++slot)
            for (const unsigned block : blocks.at(slot))
                taken.at(slot)[block] = true;
        const auto elements = shared_elements(settings, subframe, blocks);
        const Bits coded = code_block(bits_of(*sent.octets, size.bits), sent.version, 2 * elements.size());
        put(grid, elements, qpsk(scrambled(coded, (sent.rnti << 14U) + subframe * 512 + settings.pci)));
    }
    Blocks others;
    for (unsigned block = 0; block < settings.blocks; ++block) {
        const bool used = !(taken[0][block] && taken[1][block]) && random.uniform() < settings.load;
        for (unsigned slot = 0; slot < 2; ++slot)
            if (used && !taken.at(slot)[block])
                others.at(slot).push_back(block);
    }
    const auto elements = shared_elements(settings, subframe, others);
    put(grid, elements, qpsk(random.bits(2 * elements.size())));
    put_format_indicator(grid, settings, subframe);
    put_control(grid, settings, subframe, message, sent.rnti, random);
}

/// In special subframes, and in those whose third symbol holds a synchronisation signal, the control region has two
/// symbols at most (3GPP TS 36.211 table 6.7-1).
Settings in_subframe(const Settings& settings, unsigned subframe)
{
    Settings out = settings;
    if (settings.tdd && subframe % 5 == 1)
        out.format_indicator = settings.blocks <= 10 ? 1 : std::min(settings.format_indicator, 2U);
    return out;
}

} // namespace

char direction(const Settings& settings, unsigned subframe)
{
    static constexpr std::array<std::string_view, 7> table{"DSUUUDSUUU", "DSUUDDSUUD", "DSUDDDSUDD", "DSUUUDDDDD",
                                                           "DSUUDDDDDD", "DSUDDDDDDD", "DSUUUDSUUD"};
    return settings.tdd ? table.at(settings.tdd_configuration).at(subframe) : 'D';
}

const std::vector<std::uint8_t>* paging_in(const Settings& settings, unsigned frame, unsigned subframe)
{
    const std::size_t place = settings.paging_subframes.find(static_cast<char>('0' + subframe));
    if (settings.pagings.empty() || frame % settings.paging_every != 0 || place == std::string::npos ||
        information_in(settings, frame, subframe).octets != nullptr)
        return nullptr;
    const std::size_t occasion = frame / settings.paging_every * settings.paging_subframes.size() + place;
    const auto& message = settings.pagings[occasion % settings.pagings.size()];
    return message.empty() ? nullptr : &message;
}

const std::vector<std::uint8_t>* response_in(const Settings& settings, unsigned frame, unsigned subframe)
{
    const unsigned number = 10 * frame + subframe;
    if (settings.responses.empty() || number % settings.response_every != 0 || direction(settings, subframe) != 'D' ||
        information_in(settings, frame, subframe).octets != nullptr || paging_in(settings, frame, subframe) != nullptr)
        return nullptr;
    return &settings.responses[number / settings.response_every % settings.responses.size()];
}

Bits master_information(const Settings& settings, unsigned frame)
{
    static constexpr std::array<unsigned, 6> bandwidths{6, 15, 25, 50, 75, 100};
    const auto bandwidth = std::ranges::find(bandwidths, settings.blocks) - bandwidths.begin();
    Bits out = bits_of(static_cast<std::uint32_t>(bandwidth), 3);
    out.push_back(settings.phich_extended ? 1 : 0);
    for (const auto& [value, bits] : {std::pair(settings.phich_resource, 2U), {frame / 4 % 256, 8U}, {0U, 10U}}) {
        const Bits more = bits_of(value, bits);
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

Subframe make_subframe(const Settings& usual, unsigned number)
{
    const unsigned subframe = number % 10;
    const Settings settings = in_subframe(usual, subframe);
    const unsigned frame = (settings.first_frame + number / 10) % 1024;
    Subframe grid;
    grid.symbols = 2 * symbols_in_slot(settings);
    grid.width = 12 * settings.blocks;
    grid.ports.assign(settings.ports, std::vector<Complex>(std::size_t{grid.symbols} * grid.width));
    if (direction(settings, subframe) == 'U')
        return grid;
    Random random(mix64(settings.seed) + number);
    put_shared(grid, settings, subframe, message_in(settings, frame, subframe), random);
    put_synchronisation(grid, settings, subframe);
    put_references(grid, settings, subframe);
    if (subframe == 0)
        put_broadcast(grid, settings, frame);
    return grid;
}

std::vector<std::uint8_t> example_first_message()
{
    return {0x40, 0x51, 0x48, 0x09, 0x4f, 0xc1, 0x7a, 0x25, 0xd0, 0xb8,
            0x20, 0x21, 0x10, 0x80, 0x88, 0x22, 0x41, 0x23, 0x38};
}

std::vector<SystemInformation> example_messages()
{
    return {{{0x00, 0x80, 0x0c, 0xe1, 0xbf, 0x78, 0x88, 0x00, 0xca, 0x01, 0xe0, 0x01, 0x00, 0x00, 0x01, 0x82,
              0x99, 0x45, 0xab, 0x9c, 0x30, 0xc6, 0x99, 0xe8, 0x01, 0xc2, 0x25, 0x44, 0xb8, 0x46, 0xb4, 0x24},
             16}};
}

} // namespace gacsong::test::lte
