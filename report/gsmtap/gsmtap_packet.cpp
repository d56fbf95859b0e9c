// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/gsmtap/gsmtap_packet.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace gacsong {
namespace {

constexpr std::uint16_t port = 4729;
constexpr std::uint32_t local_host = 0x7F000001;
constexpr std::uint32_t linktype_raw = 101;
constexpr std::size_t ip_header = 20;
constexpr std::size_t udp_header = 8;

/// Numbers in network order.
class Writer {
public:
    Writer& u8(std::uint32_t value)
    {
        out_ += static_cast<char>(value & 0xFFU);
        return *this;
    }
    Writer& u16(std::uint32_t value) { return u8(value >> 8U).u8(value); }
    Writer& u32(std::uint32_t value) { return u16(value >> 16U).u16(value); }
    [[nodiscard]] const std::string& text() const { return out_; }

private:
    std::string out_;
};

void little_u32(std::string& out, std::uint32_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(value >> shift & 0xFFU);
}

std::uint32_t whole_decibels(double value)
{
    return static_cast<std::uint32_t>(std::lround(std::clamp(value, -127.0, 127.0)));
}

/// Checksum of an IP header whose own field is 0 (RFC 1071).
std::uint32_t checksum(const std::string& header)
{
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i + 1 < header.size(); i += 2)
        sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(header[i])) << 8U |
               static_cast<std::uint8_t>(header[i + 1]);
    while (sum > 0xFFFF)
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    return ~sum & 0xFFFFU;
}

std::string ip(std::size_t length, std::uint32_t sum)
{
    Writer out;
    out.u8(0x45).u8(0).u16(static_cast<std::uint32_t>(length)).u16(0).u16(0x4000);
    out.u8(64).u8(17).u16(sum).u32(local_host).u32(local_host);
    return out.text();
}

} // namespace

std::string gsmtap_payload(const BroadcastBlock& block)
{
    constexpr std::uint32_t version = 2;
    constexpr std::uint32_t header_words = 4;
    constexpr std::uint32_t type_um = 1;
    constexpr std::uint32_t type_lte_rrc = 0x0D;
    constexpr std::uint32_t flag_pcs = 0x8000;
    constexpr std::uint64_t largest_arfcn = 0x3FFF; // the field has 14 bits, which not every EARFCN has room in
    constexpr std::uint32_t sub_type_bcch = 1;
    constexpr std::uint32_t sub_type_master = 4;
    constexpr std::uint32_t sub_type_system = 5;
    const bool lte = block.technology == "lte";
    const std::uint64_t channel = block.arfcn.value_or(0);
    const auto arfcn = static_cast<std::uint32_t>(channel <= largest_arfcn ? channel : 0) | (block.pcs ? flag_pcs : 0U);
    const std::uint32_t sub_type = !lte                          ? sub_type_bcch
                                   : block.channel == "BCCH-BCH" ? sub_type_master
                                                                 : sub_type_system;
    Writer out;
    out.u8(version).u8(header_words).u8(lte ? type_lte_rrc : type_um).u8(block.timeslot).u16(arfcn);
    out.u8(whole_decibels(block.level_dbfs)).u8(whole_decibels(block.snr_db));
    out.u32(static_cast<std::uint32_t>(block.frame_number));
    out.u8(sub_type).u8(0).u8(block.subslot).u8(0);
    return out.text() + std::string(block.octets.begin(), block.octets.end());
}

std::string pcap_header()
{
    constexpr std::uint32_t magic = 0xA1B2C3D4;
    std::string out;
    little_u32(out, magic);
    little_u32(out, 4U << 16U | 2U); // version 2.4
    little_u32(out, 0);
    little_u32(out, 0);
    little_u32(out, 65535);
    little_u32(out, linktype_raw);
    return out;
}

std::string pcap_record(const BroadcastBlock& block, const std::string& payload)
{
    const std::int64_t ns = block.at ? block.at->unix_ns : std::llround(block.at_s * 1e9);
    const std::int64_t us = std::max<std::int64_t>(ns, 0) / 1000;
    const std::size_t datagram = udp_header + payload.size();
    const std::size_t packet = ip_header + datagram;
    std::string out;
    little_u32(out, static_cast<std::uint32_t>(us / 1000000));
    little_u32(out, static_cast<std::uint32_t>(us % 1000000));
    little_u32(out, static_cast<std::uint32_t>(packet));
    little_u32(out, static_cast<std::uint32_t>(packet));
    Writer udp;
    udp.u16(port).u16(port).u16(static_cast<std::uint32_t>(datagram)).u16(0); // 0: no checksum (RFC 768)
    return out + ip(packet, checksum(ip(packet, 0))) + udp.text() + payload;
}

} // namespace gacsong
