// SPDX-License-Identifier: GPL-3.0-or-later
// DECT (ETSI EN 300 175-2, -3): GFSK at 1.152 Mbit/s in slots of 10 ms frames. Each packet begins with the S-field,
// 16 bits of 1010… and a synchronisation word, which in those of the handset are inverted; the A-field that follows has
// a check sequence and, most of the time, the identity of the base (RFPI). Speech is not touched. DECT 6.0 is the same
// on the air and has its name from the band alone (1920–1930 MHz).
#include "detect/signatures/digital/dect_field.hpp"
#include "detect/signatures/digital/two_levels.hpp"
#include "detect/signatures/signature.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 500e3;
constexpr double widest_hz = 2.6e6;
constexpr double bit_rate_bd = 1.152e6;
constexpr std::uint64_t s_field = 0xAAAAE98A; ///< of the base
constexpr std::size_t s_field_bits = 32;
constexpr std::size_t phases = 8;
constexpr double least_likeness = 0.7; ///< noise: 4e-5 a symbol, before the check sequence
constexpr std::int64_t least_fields = 2;
constexpr double frame_s = 10e-3;
constexpr double same_place_s = 8e-6;
constexpr std::size_t least_members = 4;
constexpr std::size_t most_seeds = 32;
constexpr float alike = 0.3F; ///< of 64 bits: random ones have it with 1 %
constexpr double american_low_hz = 1919e6;
constexpr double american_high_hz = 1931e6;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.modulation.name != "OFDM" &&
           e.modulation.name != "chirp";
}

using SoftField = std::array<float, dect_field_bits>;

/// A packet: when its A-field began, and its bits as they were received, of length 1.
struct Packet {
    double start_s = 0.0;
    SoftField soft{};
};

struct DectHeard {
    std::int64_t fields = 0; ///< whose check sequence fits as sliced
    std::map<std::uint64_t, std::int64_t> identities;
};

void read(std::span<const TwoLevels> readings, double start_s, std::vector<Packet>& packets)
{
    for (const WordPlace& place : word_places(readings, s_field, s_field_bits, least_likeness)) {
        const TwoLevels& symbols = readings[place.reading];
        const std::size_t first = place.first + s_field_bits;
        if (first + dect_field_bits > symbols.size())
            continue;
        Packet packet;
        const double phase = static_cast<double>(place.reading) / static_cast<double>(phases);
        packet.start_s = start_s + (static_cast<double>(first) + phase) / bit_rate_bd;
        float squares = 0.0F;
        for (std::size_t i = 0; i < packet.soft.size(); ++i) {
            packet.soft[i] = symbols[first + i] - place.fit.middle;
            squares += packet.soft[i] * packet.soft[i];
        }
        for (float& value : packet.soft)
            value /= std::sqrt(squares);
        packets.push_back(packet);
    }
}

void count(const std::optional<DectField>& field, DectHeard& heard)
{
    if (!field)
        return;
    heard.fields += field->corrected ? 0 : 1;
    if (field->is_identity())
        ++heard.identities[field->tail];
}

/// The sum of what says the same as `seed` in the same place of other frames. Nothing where fewer than four do.
std::optional<SoftField> together(const std::vector<Packet>& packets, const Packet& seed)
{
    SoftField sum{};
    std::size_t members = 0;
    for (const Packet& packet : packets) {
        const double late = std::remainder(packet.start_s - seed.start_s, frame_s);
        if (std::abs(late) > same_place_s ||
            std::inner_product(packet.soft.begin(), packet.soft.end(), seed.soft.begin(), 0.0F) < alike)
            continue;
        ++members;
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += packet.soft[i];
    }
    return members >= least_members ? std::optional(sum) : std::nullopt;
}

/// Each packet by itself; where that is not enough, packets that say the same on the grid of frames together.
DectHeard heard_in(const std::vector<Packet>& packets)
{
    DectHeard heard;
    for (const Packet& packet : packets)
        count(dect_field(packet.soft), heard);
    if (heard.fields >= least_fields)
        return heard;
    for (std::size_t i = 0; i < std::min(packets.size(), most_seeds); ++i) {
        if (const auto sum = together(packets, packets[i]))
            count(dect_field(*sum), heard);
    }
    return heard;
}

/// The identity that most packets carry, where two carry it.
std::optional<std::uint64_t> identity_of(const DectHeard& heard)
{
    const auto most = std::max_element(heard.identities.begin(), heard.identities.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == heard.identities.end() || most->second < least_fields)
        return std::nullopt;
    return most->first;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 0.52e6;
    wanted.rate_hz = 2.3e6;
    wanted.most_s = 0.25;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.margin_s = 30e-6;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (clip.rate_hz < 1.5 * bit_rate_bd)
        return std::nullopt;
    std::vector<Packet> packets;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p)
        read(two_level_readings(clip.piece(p), clip.rate_hz, bit_rate_bd, phases), clip.pieces[p].start_s, packets);
    const DectHeard heard = heard_in(packets);
    const auto identity = identity_of(heard);
    if (heard.fields < least_fields && !identity)
        return std::nullopt;
    Sighting s;
    s.system = look.within(american_low_hz, american_high_hz) ? "DECT 6.0" : "DECT";
    s.checked = true;
    s.frames = heard.fields;
    s.confidence = 0.99;
    if (identity) {
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "%010llX", static_cast<unsigned long long>(*identity));
        s.identity["rfpi"] = text.data();
    }
    s.modulation = Modulation{"GFSK", 0.95, bit_rate_bd, look.emission().modulation.deviation_hz};
    return s;
}

} // namespace

extern const Signature signature_dect;
const Signature signature_dect{
    .info = {.id = "dect", .system = "DECT", .proof = Proof::crc, .mistaken_for = "Bluetooth, wireless links"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
