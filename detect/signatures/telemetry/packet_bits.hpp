// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Bits of one packet of two-level keying whose rate nobody told: it begins with 1010…, which tells it.
struct PacketBits {
    double symbol_rate_bd = 0.0;
    std::size_t preamble = 0;       ///< alternating bits at its beginning
    std::vector<std::uint8_t> bits; ///< preamble included; 1 is the upper level
};

/// Packets in a waveform of two levels (frequency or envelope): 20 or more crossings of the middle at one distance,
/// then what follows, read from crossing to crossing until none comes for 30 symbols. At most 4096 bits each.
[[nodiscard]] std::vector<PacketBits> packets_in(std::span<const float> waveform, double rate_hz, float low,
                                                 float high);

/// How a packet of a configurable transceiver (TI CC11xx and its kind) is put together.
struct PacketForm {
    bool inverted = false; ///< 1 is the lower level
    bool whitened = false; ///< under the sequence of x^9 + x^5 + 1 from 0x1FF on
    bool operator==(const PacketForm&) const = default;
};

struct CheckedPacket {
    PacketForm form;
    std::vector<std::uint8_t> octets; ///< length and content
};

/// A packet behind a synchronisation word of 16 bits that is sent twice: an octet of length (2 … 61), content, 16 check
/// bits (x^16 + x^15 + x^2 + 1 from 0xFFFF on). Random bits pass once in 10^9 packets.
[[nodiscard]] std::optional<CheckedPacket> checked_packet(const PacketBits& packet);

} // namespace gacsong::detect
