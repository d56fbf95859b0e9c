// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/telemetry/packet_bits.hpp"

#include "dsp/coding/cyclic.hpp"
#include "dsp/demod/symbol_clock.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr std::size_t least_alternating = 20;
constexpr double even = 0.3; ///< of an interval: how much one of the preamble may differ from their mean
constexpr double silence = 30.0;
constexpr std::size_t most_bits = 4096;
constexpr std::size_t word = 16;
constexpr std::size_t octet = 8;
constexpr std::size_t least_length = 2;
constexpr std::size_t most_length = 61;
constexpr std::size_t slack = 40; ///< bits behind the preamble within which the word begins
constexpr double follow = 0.02;   ///< of the difference, by which the length of a symbol is corrected

/// Mean of the intervals from `first` on while they are even, and how many there are.
struct Even {
    double mean = 0.0;
    std::size_t count = 0;
};

Even even_intervals(std::span<const double> places, std::size_t first)
{
    Even run;
    double sum = 0.0;
    for (std::size_t i = first; i + 1 < places.size(); ++i) {
        const double interval = places[i + 1] - places[i];
        if (run.count > 0 && std::abs(interval - run.mean) > even * run.mean)
            break;
        sum += interval;
        ++run.count;
        run.mean = sum / static_cast<double>(run.count);
    }
    return run;
}

/// The sequence that whitens, an octet for each.
std::vector<std::uint8_t> whitening(std::size_t octets)
{
    std::vector<std::uint8_t> out;
    unsigned state = 0x1FF;
    for (std::size_t i = 0; i < octets; ++i) {
        out.push_back(static_cast<std::uint8_t>(state & 0xFFU));
        for (unsigned bit = 0; bit < octet; ++bit)
            state = state >> 1U | ((state ^ state >> 5U) & 1U) << 8U;
    }
    return out;
}

/// Length, content and check sequence from a bit on, where they fit.
std::optional<std::vector<std::uint8_t>> content_at(std::span<const std::uint8_t> bits, const PacketForm& form)
{
    static const auto white = whitening(most_length + 3);
    std::vector<std::uint8_t> octets;
    for (std::size_t at = 0; at + octet <= bits.size() && octets.size() < white.size(); at += octet) {
        auto value = static_cast<unsigned>(dsp::number_of(bits.subspan(at), octet));
        value ^= form.inverted ? 0xFFU : 0U;
        value ^= form.whitened ? white[octets.size()] : 0U;
        octets.push_back(static_cast<std::uint8_t>(value));
    }
    if (octets.empty() || octets[0] < least_length || octets[0] > most_length)
        return std::nullopt;
    const std::size_t size = std::size_t{octets[0]} + 1;
    if (octets.size() < size + 2)
        return std::nullopt;
    octets.resize(size + 2);
    std::vector<std::uint8_t> checked;
    for (const std::uint8_t value : octets) {
        for (unsigned bit = octet; bit-- > 0;)
            checked.push_back(static_cast<std::uint8_t>(value >> bit & 1U));
    }
    if (dsp::cyclic_remainder(checked, 0x8005, 16, 0xFFFF) != 0)
        return std::nullopt;
    octets.resize(size);
    return octets;
}

} // namespace

std::vector<PacketBits> packets_in(std::span<const float> waveform, double rate_hz, float low, float high)
{
    const auto places = dsp::crossings(waveform, low, high);
    std::vector<PacketBits> packets;
    for (std::size_t i = 0; i + least_alternating < places.size();) {
        const Even run = even_intervals(places, i);
        if (run.count < least_alternating) {
            ++i;
            continue;
        }
        PacketBits packet;
        double length = run.mean;
        const auto after = std::min(waveform.size() - 1, static_cast<std::size_t>(places[i] + 0.5 * length));
        std::uint8_t level = waveform[after] > 0.5F * (low + high) ? 1 : 0;
        std::size_t k = i;
        while (k + 1 < places.size() && packet.bits.size() < most_bits) {
            const double interval = places[k + 1] - places[k];
            if (interval > silence * length)
                break;
            const double count = std::max(1.0, std::round(interval / length));
            packet.bits.insert(packet.bits.end(), static_cast<std::size_t>(count), level);
            length += follow * (interval / count - length);
            level ^= 1U;
            ++k;
        }
        packet.bits.insert(packet.bits.end(), octet, level); // the last run ends with the packet
        packet.preamble = run.count;
        packet.symbol_rate_bd = rate_hz / run.mean;
        packets.push_back(std::move(packet));
        i = k + 1;
    }
    return packets;
}

std::optional<CheckedPacket> checked_packet(const PacketBits& packet)
{
    const std::span<const std::uint8_t> bits = packet.bits;
    const std::size_t from = packet.preamble > word ? packet.preamble - word : 0;
    for (std::size_t i = from; i < packet.preamble + slack && i + 2 * word + 2 * octet <= bits.size(); ++i) {
        const auto first = bits.subspan(i, word);
        if (!std::equal(first.begin(), first.end(), bits.begin() + static_cast<std::ptrdiff_t>(i + word)))
            continue;
        std::size_t changes = 0;
        for (std::size_t k = 1; k < word; ++k)
            changes += first[k] != first[k - 1] ? 1U : 0U;
        if (changes + 3 > word || changes < 3) // still the preamble, or nothing
            continue;
        for (const bool inverted : {false, true}) {
            for (const bool whitened : {false, true}) {
                const PacketForm form{inverted, whitened};
                if (auto octets = content_at(bits.subspan(i + 2 * word), form))
                    return CheckedPacket{form, std::move(*octets)};
            }
        }
    }
    return std::nullopt;
}

} // namespace gacsong::detect
