// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/broadcast_channel.hpp"

#include <algorithm>

namespace gacsong::detect::lte {

namespace {

constexpr std::size_t message_bits = 24;
constexpr std::size_t coded_bits = 40; ///< with the check
constexpr std::size_t stream_bits = 3 * coded_bits;
constexpr std::array<unsigned, 3> port_counts{1, 2, 4};
constexpr std::array<std::uint32_t, 3> masks{0x0000, 0xFFFF, 0x5555};
constexpr std::array<unsigned, 6> bandwidths{6, 15, 25, 50, 75, 100};
constexpr std::size_t most_periods = 4;
constexpr std::size_t frame_number_at = 6;
constexpr unsigned frame_number_bits = 8;
constexpr std::size_t spare_bits = 10; ///< of release 8
constexpr std::size_t unused_bits = 4; ///< of these by release 13

std::size_t frame_bits(Identity identity) { return identity.numerology.normal_prefix ? 480 : 432; }

using Streams = std::array<float, stream_bits>;

/// The frames of one period of 40 ms, put together.
struct Period {
    std::int64_t number = 0;
    Streams soft{};
};

std::vector<Period> periods_of(const std::vector<BroadcastFrame>& frames, Identity identity, std::int64_t phase,
                               std::size_t port_index)
{
    static const auto buffer = control_buffer(coded_bits);
    const std::size_t size = frame_bits(identity);
    const auto scrambling = gold(identity.pci, 4 * size);
    std::vector<Period> out;
    for (const BroadcastFrame& frame : frames) {
        const std::int64_t counted = frame.frame + phase;
        const std::int64_t period = (counted >= 0 ? counted : counted - 3) / 4;
        const auto quarter = static_cast<std::size_t>(counted - 4 * period);
        if (out.empty() || out.back().number != period)
            out.push_back({period, {}});
        const auto& soft = frame.soft.at(port_index);
        for (std::size_t i = 0; i < std::min(size, soft.size()); ++i) {
            const std::size_t at = quarter * size + i;
            out.back().soft[buffer[at % stream_bits]] += scrambling[at] != 0 ? -soft[i] : soft[i];
        }
    }
    return out;
}

Bits bits_of(std::uint32_t value, std::size_t count)
{
    Bits out(count);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<std::uint8_t>(value >> (count - 1 - i) & 1U);
    return out;
}

/// The message with its check, whose bits are turned by the mask.
Bits with_check(std::span<const std::uint8_t> message, std::uint32_t mask)
{
    Bits out(message.begin(), message.end());
    const Bits check = bits_of(crc16(message) ^ mask, 16);
    out.insert(out.end(), check.begin(), check.end());
    return out;
}

/// Signs by which the streams of a later period differ, where the frame number's bits change by `change`.
Bits difference(std::uint32_t change)
{
    Bits message(message_bits);
    const Bits bits = bits_of(change, frame_number_bits);
    std::copy(bits.begin(), bits.end(), message.begin() + frame_number_at);
    return encode_control(with_check(message, 0));
}

/// `zeros` of the message's last bits have to be 0: they are spare, or say of cells for machines and satellites what
/// few others use. So a check of 16 bits serves hundreds of trials.
std::optional<MasterInformation> decode(const Streams& soft, std::size_t port_index, std::size_t zeros)
{
    const Bits bits = decode_control(soft);
    const auto message = std::span(bits).first(message_bits);
    if (number(message.last(zeros)) != 0)
        return std::nullopt;
    if ((crc16(message) ^ masks.at(port_index)) != number(std::span(bits).subspan(message_bits, 16)))
        return std::nullopt;
    auto information = read_master_information(message);
    if (information)
        information->ports = port_counts.at(port_index);
    return information;
}

/// Lets the number be that of frame 0, where the period began `phase` frames before it.
MasterInformation counted_back(MasterInformation information, std::int64_t period, std::int64_t phase)
{
    const std::int64_t frame = static_cast<std::int64_t>(information.frame) - 4 * period + phase;
    information.frame = static_cast<unsigned>(((frame % 1024) + 1024) % 1024);
    return information;
}

std::optional<MasterInformation> decode_together(const std::vector<Period>& periods, std::size_t port_index,
                                                 std::int64_t phase)
{
    const std::size_t count = std::min(periods.size(), most_periods);
    if (count < 2)
        return std::nullopt;
    // What the low bits of the first frame number can be: those that set which bits change at the next steps.
    std::vector<std::vector<std::uint32_t>> tried;
    for (std::uint32_t first = 0; first < (1U << frame_number_bits); ++first) {
        std::vector<std::uint32_t> changes;
        for (std::size_t p = 1; p < count; ++p)
            changes.push_back((first ^ (first + static_cast<std::uint32_t>(periods[p].number - periods[0].number))) &
                              0xFFU);
        if (std::ranges::find(tried, changes) != tried.end())
            continue;
        tried.push_back(changes);
        Streams sum = periods[0].soft;
        for (std::size_t p = 1; p < count; ++p) {
            const Bits turned = difference(changes[p - 1]);
            for (std::size_t i = 0; i < stream_bits; ++i)
                sum[i] += turned[i] != 0 ? -periods[p].soft[i] : periods[p].soft[i];
        }
        if (const auto found = decode(sum, port_index, spare_bits)) {
            const std::uint32_t number8 = found->frame >> 2U;
            bool consistent = true;
            for (std::size_t p = 1; p < count; ++p)
                consistent =
                    consistent &&
                    ((number8 ^ (number8 + static_cast<std::uint32_t>(periods[p].number - periods[0].number))) &
                     0xFFU) == changes[p - 1];
            if (consistent)
                return counted_back(*found, periods[0].number, phase);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<MasterInformation> read_master_information(std::span<const std::uint8_t> bits)
{
    if (bits.size() != message_bits)
        return std::nullopt;
    const std::uint32_t bandwidth = number(bits.first(3));
    if (bandwidth >= bandwidths.size())
        return std::nullopt;
    MasterInformation out;
    out.bits.assign(bits.begin(), bits.end());
    out.blocks = bandwidths.at(bandwidth);
    out.phich_extended = bits[3] != 0;
    out.phich_resource = number(bits.subspan(4, 2));
    out.frame = 4 * number(bits.subspan(frame_number_at, frame_number_bits));
    return out;
}

BroadcastFrame broadcast_frame(const Grid& grid, Identity identity, const ChannelEstimate& estimate, std::int64_t frame)
{
    BroadcastFrame out;
    out.frame = frame;
    const unsigned in_slot = identity.numerology.symbols_in_slot();
    std::vector<Sample> received;
    std::vector<unsigned> places;
    for (unsigned l = 0; l < 4; ++l) {
        // Room is left for the reference signals of four ports.
        const bool reserved = l < 2 || l == identity.numerology.second_reference();
        const auto row = grid.row(in_slot + l);
        for (unsigned k = 0; k < grid.width(); ++k)
            if (!reserved || k % 3 != identity.pci % 3) {
                received.push_back(row[k]);
                places.push_back(k);
            }
    }
    for (std::size_t i = 0; i < port_counts.size() && port_counts[i] <= estimate.ports.size(); ++i) {
        std::vector<std::vector<Sample>> response;
        for (unsigned port = 0; port < port_counts[i]; ++port) {
            std::vector<Sample> one;
            for (const unsigned k : places)
                one.push_back(estimate.ports[port].response[k]);
            response.push_back(std::move(one));
        }
        soft_bits(received, response, estimate.noise, out.soft.at(i));
    }
    return out;
}

std::optional<MasterInformation> decode_broadcast(const std::vector<BroadcastFrame>& frames, Identity identity,
                                                  bool again)
{
    for (const bool together : {false, true})
        for (std::int64_t phase = 0; phase < 4; ++phase)
            for (std::size_t port_index = 0; port_index < port_counts.size(); ++port_index) {
                const auto periods = periods_of(frames, identity, phase, port_index);
                if (together) {
                    if (const auto found = decode_together(periods, port_index, phase))
                        return found;
                    continue;
                }
                for (const Period& period : periods)
                    if (const auto found = decode(period.soft, port_index, again ? spare_bits : unused_bits))
                        return counted_back(*found, period.number, phase);
            }
    return std::nullopt;
}

Bits encode_broadcast(std::span<const std::uint8_t> bits, unsigned ports, Identity identity)
{
    const std::size_t index = ports == 1 ? 0 : ports == 2 ? 1 : 2;
    const Bits streams = encode_control(with_check(bits, masks.at(index)));
    const auto buffer = control_buffer(coded_bits);
    const std::size_t size = 4 * frame_bits(identity);
    const auto scrambling = gold(identity.pci, size);
    Bits out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = streams[buffer[i % stream_bits]] ^ scrambling[i];
    return out;
}

} // namespace gacsong::detect::lte
