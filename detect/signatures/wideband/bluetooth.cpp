// SPDX-License-Identifier: GPL-3.0-or-later
// Bluetooth: GFSK at 1 Mbit/s. Low Energy advertising has the access address that all advertisers share and a check
// sequence; packets of BR/EDR begin with a word of a block code. Addresses and contents are not kept.
#include "detect/signatures/digital/two_levels.hpp"
#include "detect/signatures/signature.hpp"
#include "detect/signatures/wideband/ble_packet.hpp"
#include "detect/signatures/wideband/bluetooth_access.hpp"

#include <algorithm>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 400e3;
constexpr double widest_hz = 3e6;
constexpr double bit_rate_bd = 1e6;
constexpr std::size_t phases = 8;
constexpr double least_likeness = 0.8;    ///< over 40 symbols: noise has that with 1e-9
constexpr std::int64_t least_classic = 2; ///< sync words
constexpr std::size_t most_bits = 16 + 8 * 255 + 24;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.modulation.name != "OFDM" &&
           e.modulation.name != "chirp" && look.replay().sample_rate_hz >= 1.9e6;
}

struct Packets {
    std::int64_t low_energy = 0; ///< with their check sequence
    std::int64_t classic = 0;    ///< sync words of BR/EDR
};

std::int64_t low_energy_packets(const std::vector<TwoLevels>& readings)
{
    std::int64_t packets = 0;
    for (const WordPlace& place : word_places(readings, ble_start, ble_start_bits, least_likeness)) {
        if (place.fit.likeness < 0.0)
            continue;
        const auto symbols = std::span(readings[place.reading]).subspan(place.first + ble_start_bits);
        std::vector<std::uint8_t> bits;
        for (std::size_t i = 0; i < symbols.size() && i < most_bits; ++i)
            bits.push_back(symbols[i] > place.fit.middle ? 1 : 0);
        packets += ble_packet(bits) ? 1 : 0;
    }
    return packets;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 0.6e6;
    wanted.rate_hz = 3e6;
    wanted.most_s = 0.25;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.margin_s = 20e-6;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    Packets packets;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto readings = two_level_readings(clip.piece(p), clip.rate_hz, bit_rate_bd, phases);
        packets.low_energy += low_energy_packets(readings);
        std::int64_t syncs = 0; // the phases of the clock show the same packets
        for (const TwoLevels& symbols : readings)
            syncs = std::max(syncs, bluetooth_syncs(symbols));
        packets.classic += syncs;
    }
    if (packets.low_energy == 0 && packets.classic < least_classic)
        return std::nullopt;
    Sighting s;
    s.system = "Bluetooth";
    s.checked = true;
    s.confidence = 0.98;
    s.modulation = Modulation{"GFSK", 0.95, bit_rate_bd, look.emission().modulation.deviation_hz};
    if (packets.low_energy > 0) {
        s.frames = packets.low_energy;
        s.identity["standard"] = "LE";
    } else {
        s.identity["standard"] = "BR/EDR";
        s.seen.emplace_back("signature.seen.words", std::vector<Argument>{{"n", packets.classic}});
    }
    return s;
}

} // namespace

extern const Signature signature_bluetooth;
const Signature signature_bluetooth{
    .info = {.id = "bluetooth", .system = "Bluetooth", .proof = Proof::crc, .mistaken_for = "DECT, ISM device"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
