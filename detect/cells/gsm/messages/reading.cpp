// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/reading.hpp"

#include "detect/cells/gsm/messages/elements.hpp"
#include "detect/cells/gsm/messages/paging.hpp"
#include "detect/cells/gsm/messages/rest_octets.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace gacsong::detect::gsm {

namespace {

constexpr std::size_t header_octets = 3; // pseudo length, protocol discriminator, type
constexpr std::size_t header_bits = 8 * header_octets;
constexpr std::uint8_t radio_resources = 0x06;

/// Cell channel description or a list of neighbours, 16 octets; the bits that a format does not use are returned.
std::uint8_t read_carriers(BitReader& reader, const Octets& octets, std::vector<unsigned>& arfcns)
{
    const std::size_t at = reader.position() / 8;
    arfcns = read_frequency_list(std::span(octets).subspan(at).first<16>());
    reader.skip(8 * 16);
    return octets[at];
}

std::vector<std::int64_t> numbers(const std::vector<unsigned>& values) { return {values.begin(), values.end()}; }

void neighbours(BitReader& reader, const Octets& octets, Broadcast& out)
{
    const std::uint8_t flags = read_carriers(reader, octets, out.facts.arfcns);
    put_flag(out.fields, "ext_ind", (flags & 0x20U) != 0);
    put(out.fields, "ba_ind", flags >> 4U & 1U);
    put(out.fields, "arfcns", numbers(out.facts.arfcns));
}

void extended_neighbours(BitReader& reader, const Octets& octets, Broadcast& out)
{
    const std::uint8_t flags = read_carriers(reader, octets, out.facts.arfcns);
    put(out.fields, "multiband_reporting", flags >> 5U & 3U);
    put(out.fields, "ba_ind", flags >> 4U & 1U);
    put(out.fields, "arfcns", numbers(out.facts.arfcns));
}

void read_si1(BitReader& reader, const Octets& octets, Broadcast& out)
{
    std::vector<unsigned> own;
    read_carriers(reader, octets, own);
    put(out.fields, "cell_arfcns", numbers(own));
    read_rach_control(reader, out);
    read_si1_rest(reader, out);
}

void read_si2(BitReader& reader, const Octets& octets, Broadcast& out)
{
    neighbours(reader, octets, out);
    put(out.fields, "ncc_permitted", reader.bits(8));
    read_rach_control(reader, out);
}

void read_si2bis(BitReader& reader, const Octets& octets, Broadcast& out)
{
    neighbours(reader, octets, out);
    read_rach_control(reader, out);
}

void read_si2ter(BitReader& reader, const Octets& octets, Broadcast& out)
{
    extended_neighbours(reader, octets, out);
    read_si2ter_rest(reader, out);
}

void read_si3(BitReader& reader, const Octets&, Broadcast& out)
{
    out.facts.cell = reader.bits(16);
    put(out.fields, "cell", *out.facts.cell);
    read_lai(reader, out);
    read_control_channel(reader, out);
    read_cell_options(reader, out);
    read_cell_selection(reader, out);
    read_rach_control(reader, out);
    read_si3_rest(reader, out);
}

void read_si4(BitReader& reader, const Octets& octets, Broadcast& out)
{
    read_lai(reader, out);
    read_cell_selection(reader, out);
    read_rach_control(reader, out);
    read_cbch(reader, octets, out);
    read_si4_rest(reader, out);
}

void read_si7(BitReader& reader, const Octets&, Broadcast& out) { read_si4_rest(reader, out); }
void read_si9(BitReader& reader, const Octets&, Broadcast& out) { read_rach_control(reader, out); }
void read_si13(BitReader& reader, const Octets&, Broadcast& out) { read_si13_rest(reader, out); }
void read_si16(BitReader& reader, const Octets&, Broadcast& out) { read_si16_rest(reader, out); }
void read_si2quater(BitReader& reader, const Octets&, Broadcast& out) { read_si2quater_rest(reader, out); }
void read_name_only(BitReader&, const Octets&, Broadcast&) {}

/// A message for all phones by its type.
struct MessageSpec {
    std::uint8_t type;
    const char* name;
    void (*read)(BitReader&, const Octets&, Broadcast&);
};

constexpr std::array<MessageSpec, 21> specs{{
    {0x19, "SI1", read_si1},
    {0x1A, "SI2", read_si2},
    {0x02, "SI2bis", read_si2bis},
    {0x03, "SI2ter", read_si2ter},
    {0x07, "SI2quater", read_si2quater},
    {0x45, "SI2n", read_name_only},
    {0x1B, "SI3", read_si3},
    {0x1C, "SI4", read_si4},
    {0x1F, "SI7", read_si7},
    {0x18, "SI8", read_si7},
    {0x04, "SI9", read_si9},
    {0x00, "SI13", read_si13},
    {0x44, "SI13alt", read_name_only},
    {0x43, "SI15", read_name_only},
    {0x3D, "SI16", read_si16},
    {0x3E, "SI17", read_si16},
    {0x40, "SI18", read_name_only},
    {0x41, "SI19", read_name_only},
    {0x42, "SI20", read_name_only},
    {0x46, "SI21", read_name_only},
    {0x47, "SI22", read_name_only},
}};

} // namespace

Reading read_message(const Octets& octets)
{
    Reading reading;
    if (octets[1] != radio_resources) {
        // An LAPDm unnumbered frame without contents is what an idle CCCH may also carry.
        reading.kind = Reading::Kind::other;
        return reading;
    }
    if (read_phone_message(octets, reading))
        return reading;
    const auto spec = std::ranges::find_if(specs, [&](const MessageSpec& one) { return one.type == octets[2]; });
    if (spec == specs.end())
        return reading;
    reading.kind = Reading::Kind::broadcast;
    reading.broadcast.emplace();
    reading.broadcast->name = spec->name;
    BitReader reader(octets, header_bits);
    spec->read(reader, octets, *reading.broadcast);
    return reading;
}

} // namespace gacsong::detect::gsm
