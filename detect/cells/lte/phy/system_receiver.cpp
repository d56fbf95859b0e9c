// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/system_receiver.hpp"

#include "detect/cells/lte/mac/random_access.hpp"

#include <algorithm>

namespace gacsong::detect::lte {

namespace {

constexpr std::size_t element_bits = 72; ///< of a control channel element
constexpr std::size_t check_bits = 16;

template <std::uint32_t wanted> bool only(std::uint32_t rnti) { return rnti == wanted; }

/// Of a reference signal, over all ports.
double mean_power(const ChannelEstimate& estimate)
{
    double power = 0.0;
    for (const PortChannel& port : estimate.ports)
        power += port.power / static_cast<double>(estimate.ports.size());
    return power;
}

} // namespace

std::vector<Element> shared_elements(const CellLayout& layout, unsigned subframe, unsigned first_symbol,
                                     unsigned end_symbol, const std::array<std::vector<unsigned>, 2>& blocks)
{
    const Numerology numerology = layout.identity.numerology;
    const unsigned in_slot = numerology.symbols_in_slot();
    const unsigned pci = layout.identity.pci;
    const bool tdd = layout.identity.tdd;
    const auto outside = [&](unsigned symbol) {
        const unsigned l = symbol % in_slot;
        const bool second_slot = symbol >= in_slot;
        if (subframe == 0 && second_slot && l < 4)
            return false; // broadcast channel
        if (subframe % 5 == 0 && !tdd && !second_slot && l + 2 >= in_slot)
            return false; // synchronisation signals
        if (subframe % 5 == 0 && tdd && second_slot && l + 1 == in_slot)
            return false;
        return !(subframe % 5 == 1 && tdd && symbol == 2);
    };
    std::vector<Element> out;
    const unsigned middle = 6 * layout.blocks;
    for (unsigned symbol = first_symbol; symbol < end_symbol; ++symbol) {
        const unsigned l = symbol % in_slot;
        const bool own = l == 0 || l == numerology.second_reference();
        const bool others = layout.ports == 4 && l == 1;
        const bool inner_free = outside(symbol);
        for (const unsigned block : blocks.at(symbol / in_slot))
            for (unsigned k = 12 * block; k < 12 * block + 12; ++k) {
                const unsigned spacing = layout.ports == 1 ? 6 : 3;
                const unsigned shift = (pci % 6 + (layout.ports == 1 && l != 0 ? 3 : 0)) % spacing;
                const bool reference = (own && k % spacing == shift) || (others && k % 3 == pci % 3);
                const bool inner = k + 36 >= middle && k < middle + 36;
                if (!reference && (inner_free || !inner))
                    out.emplace_back(symbol, k);
            }
    }
    return out;
}

const std::vector<Element>& SystemReceiver::control(unsigned indicator, unsigned factor)
{
    auto& elements = control_[{indicator, factor}];
    if (elements.empty())
        elements = control_elements(layout_, indicator, factor);
    return elements;
}

const std::vector<std::uint8_t>& SystemReceiver::scrambling(std::uint32_t init, std::size_t count)
{
    auto& bits = scrambling_[init];
    if (bits.size() < count)
        bits = gold(init, count);
    return bits;
}

std::vector<float> SystemReceiver::soft_of(const Grid& grid, const std::vector<Element>& elements,
                                           const ChannelEstimate& estimate, std::uint32_t init)
{
    std::vector<Sample> received;
    received.reserve(elements.size());
    std::vector<std::vector<Sample>> response(layout_.ports);
    for (const auto& [symbol, k] : elements) {
        received.push_back(grid.row(symbol)[k]);
        for (unsigned port = 0; port < layout_.ports; ++port)
            response[port].push_back(estimate.ports[port].response[k]);
    }
    std::vector<float> soft;
    soft.reserve(2 * elements.size());
    soft_bits(received, response, estimate.noise, soft);
    const auto& turned = scrambling(init, soft.size());
    for (std::size_t i = 0; i < soft.size(); ++i)
        if (turned[i] != 0)
            soft[i] = -soft[i];
    return soft;
}

std::vector<unsigned> SystemReceiver::indicators(const Grid& grid, unsigned subframe, const ChannelEstimate& estimate)
{
    const unsigned pci = layout_.identity.pci;
    const std::uint32_t init = (subframe + 1) * (2 * pci + 1) * 512 + pci;
    const auto soft = soft_of(grid, format_indicator_elements(layout_), estimate, init);
    std::vector<std::pair<float, unsigned>> fits;
    for (unsigned indicator = 1; indicator <= 3; ++indicator) {
        const auto word = format_code_word(indicator);
        float fit = 0.0F;
        for (std::size_t i = 0; i < std::min(word.size(), soft.size()); ++i)
            fit += word.at(i) != 0 ? -soft[i] : soft[i];
        fits.emplace_back(-fit, indicator);
    }
    std::ranges::sort(fits);
    std::vector<unsigned> out;
    for (const auto& [fit, indicator] : fits)
        out.push_back(indicator);
    return out;
}

std::vector<SystemReceiver::Announcement> SystemReceiver::announced(std::span<const float> soft,
                                                                    const Addressees& whom) const
{
    const bool tdd = layout_.identity.tdd;
    const std::size_t elements = soft.size() / element_bits;
    const std::size_t sizes[] = {format_1a_bits(layout_.blocks, tdd), format_1c_bits(layout_.blocks)};
    std::vector<Announcement> out;
    for (const std::size_t level : {std::size_t{4}, std::size_t{8}})
        for (std::size_t candidate = 0; candidate < 16 / level && (candidate + 1) * level <= elements; ++candidate)
            for (const std::size_t size : sizes) {
                const std::size_t coded = size + check_bits;
                const auto buffer = control_buffer(coded);
                std::vector<float> streams(3 * coded);
                const auto part = soft.subspan(candidate * level * element_bits, level * element_bits);
                for (std::size_t i = 0; i < part.size(); ++i)
                    streams[buffer[i % buffer.size()]] += part[i];
                const Bits bits = decode_control(streams);
                const auto message = std::span(bits).first(size);
                const std::uint32_t rnti = crc16(message) ^ number(std::span(bits).last(check_bits));
                if (!whom(rnti))
                    continue;
                auto read = size == sizes[0] ? read_format_1a(message, layout_.blocks, tdd)
                                             : read_format_1c(message, layout_.blocks);
                if (!read)
                    continue;
                Announcement announcement{rnti, std::move(*read)};
                if (std::ranges::find(out, announcement) == out.end())
                    out.push_back(std::move(announcement));
            }
    return out;
}

Transmission SystemReceiver::take(const Grid& grid, unsigned subframe, std::uint32_t rnti, unsigned indicator,
                                  const ChannelEstimate& estimate, const Assignment& assignment)
{
    const auto elements =
        shared_elements(layout_, subframe, control_symbols(layout_, indicator), grid.symbols, assignment.blocks);
    const std::uint32_t init = (rnti << 14U) + subframe * 512 + layout_.identity.pci;
    return {assignment, soft_of(grid, elements, estimate, init)};
}

std::vector<Transmission> SystemReceiver::find(const Grid& grid, unsigned subframe, const Addressees& whom,
                                               const ChannelEstimate& estimate, unsigned indicator)
{
    std::vector<Transmission> out;
    for (const unsigned factor : {1U, 0U, 2U}) {
        if (factor != 1 && !layout_.identity.tdd)
            continue;
        const auto soft = soft_of(grid, control(indicator, factor), estimate, subframe * 512 + layout_.identity.pci);
        for (const Announcement& one : announced(soft, whom))
            out.push_back(take(grid, subframe, one.rnti, indicator, estimate, one.assignment));
        if (!out.empty())
            break;
    }
    return out;
}

std::vector<Transmission> SystemReceiver::receive(const Grid& grid, unsigned subframe)
{
    const ChannelEstimate estimate = estimator_.estimate(grid, subframe, layout_.ports);
    for (const unsigned indicator : indicators(grid, subframe, estimate))
        if (auto found = find(grid, subframe, only<system_information_rnti>, estimate, indicator); !found.empty())
            return found;
    return {};
}

std::optional<std::vector<Transmission>> SystemReceiver::receive_paging(const Grid& grid, unsigned subframe)
{
    const ChannelEstimate estimate = estimator_.estimate(grid, subframe, layout_.ports);
    if (mean_power(estimate) < estimate.noise)
        return std::nullopt;
    return find(grid, subframe, only<paging_rnti>, estimate, indicators(grid, subframe, estimate).front());
}

std::optional<std::vector<Transmission>> SystemReceiver::receive_responses(const Grid& grid, unsigned subframe,
                                                                           const std::function<bool(unsigned)>& may)
{
    const ChannelEstimate estimate = estimator_.estimate(grid, subframe, layout_.ports);
    if (mean_power(estimate) < estimate.noise)
        return std::nullopt;
    const auto answer = [&](std::uint32_t rnti) {
        const auto sent_in = preamble_subframe(rnti, layout_.identity.tdd);
        return sent_in && may(*sent_in);
    };
    return find(grid, subframe, answer, estimate, indicators(grid, subframe, estimate).front());
}

Transmission SystemReceiver::receive(const Grid& grid, unsigned subframe, const Assignment& assignment)
{
    const ChannelEstimate estimate = estimator_.estimate(grid, subframe, layout_.ports);
    return take(grid, subframe, system_information_rnti, indicators(grid, subframe, estimate).front(), estimate,
                assignment);
}

std::vector<bool> SystemReceiver::used_blocks(const Grid& grid, unsigned subframe)
{
    constexpr double least_ratio = 2.0;
    constexpr double used_share = 0.25;
    const ChannelEstimate estimate = estimator_.estimate(grid, subframe, layout_.ports);
    if (mean_power(estimate) < least_ratio * estimate.noise)
        return {};
    const Numerology numerology = layout_.identity.numerology;
    const unsigned in_slot = numerology.symbols_in_slot();
    std::vector<bool> out;
    for (unsigned block = 0; block < layout_.blocks; ++block) {
        double received = 0.0;
        double reference = 0.0;
        std::size_t count = 0;
        // Symbols 2, 3, 5 … hold reference signals of no port; in subframes 4 and 9 no others of the cell either.
        for (unsigned l = 2; l < in_slot; ++l) {
            if (l == numerology.second_reference())
                continue;
            const auto row = grid.row(in_slot + l);
            for (unsigned k = 12 * block; k < 12 * block + 12; ++k, ++count)
                received += std::norm(row[k]);
        }
        for (const PortChannel& port : estimate.ports)
            for (unsigned k = 12 * block; k < 12 * block + 12; ++k)
                reference += std::norm(port.response[k]) / (12.0 * static_cast<double>(estimate.ports.size()));
        out.push_back(received / static_cast<double>(count) > estimate.noise + used_share * reference);
    }
    return out;
}

} // namespace gacsong::detect::lte
