// SPDX-License-Identifier: GPL-3.0-or-later
// Bluetooth Low Energy advertising: GFSK at 1 Mbit/s, the access address that all advertisers share, a check sequence.
// Addresses and contents are not kept.
#include "detect/signatures/digital/two_levels.hpp"
#include "detect/signatures/signature.hpp"
#include "detect/signatures/wideband/ble_packet.hpp"

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 400e3;
constexpr double widest_hz = 3e6;
constexpr double bit_rate_bd = 1e6;
constexpr std::size_t phases = 8;
constexpr double least_likeness = 0.8; ///< over 40 symbols: noise has that with 1e-9
constexpr std::size_t most_bits = 16 + 8 * 255 + 24;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.modulation.name != "OFDM" &&
           e.modulation.name != "chirp" && look.replay().sample_rate_hz >= 1.9e6;
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
    std::int64_t packets = 0;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto readings = two_level_readings(clip.piece(p), clip.rate_hz, bit_rate_bd, phases);
        for (const WordPlace& place : word_places(readings, ble_start, ble_start_bits, least_likeness)) {
            if (place.fit.likeness < 0.0)
                continue;
            const auto symbols = std::span(readings[place.reading]).subspan(place.first + ble_start_bits);
            std::vector<std::uint8_t> bits;
            for (std::size_t i = 0; i < symbols.size() && i < most_bits; ++i)
                bits.push_back(symbols[i] > place.fit.middle ? 1 : 0);
            packets += ble_packet(bits) ? 1 : 0;
        }
    }
    if (packets == 0)
        return std::nullopt;
    Sighting s;
    s.system = "Bluetooth";
    s.checked = true;
    s.frames = packets;
    s.confidence = 0.98;
    s.identity["standard"] = "LE";
    s.modulation = Modulation{"GFSK", 0.95, bit_rate_bd, look.emission().modulation.deviation_hz};
    return s;
}

} // namespace

extern const Signature signature_bluetooth;
const Signature signature_bluetooth{
    .info = {.id = "bluetooth", .system = "Bluetooth", .proof = Proof::crc, .mistaken_for = "DECT, ISM device"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
