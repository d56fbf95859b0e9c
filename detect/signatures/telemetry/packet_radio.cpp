// SPDX-License-Identifier: GPL-3.0-or-later
// Packets of configurable two-level transceivers (TI CC11xx and its kind, in remote controls, sockets, sensors, alarm
// systems): preamble, a synchronisation word sent twice, length, content and check sequence. Contents are not kept.
#include "detect/signatures/signature.hpp"
#include "detect/signatures/telemetry/packet_bits.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 5e3;
constexpr double widest_hz = 1e6;
constexpr double least_snr_db = 8.0;
constexpr double hysteresis = 0.25; ///< of the distance between the levels

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.snr_db >= least_snr_db &&
           (m == "FSK2" || m == "GFSK" || m == "GMSK" || m == "unknown");
}

std::optional<Sighting> look_at(Look& look)
{
    const Clip& clip = look.clip();
    std::int64_t packets = 0;
    double rate_bd = 0.0;
    double deviation_hz = 0.0;
    const auto smoothing = static_cast<std::size_t>(0.3 * clip.rate_hz / look.emission().bandwidth_hz);
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto frequency = dsp::instantaneous_frequency(clip.piece(p), clip.rate_hz);
        const auto smooth = dsp::moving_mean(frequency, smoothing);
        const float low = dsp::quantile(smooth, 0.1);
        const float high = dsp::quantile(smooth, 0.9);
        const float middle = 0.5F * (low + high);
        const float half = static_cast<float>(hysteresis) * (high - low);
        for (const PacketBits& packet : packets_in(smooth, clip.rate_hz, middle - half, middle + half)) {
            if (!checked_packet(packet))
                continue;
            ++packets;
            rate_bd = packet.symbol_rate_bd;
            deviation_hz = 0.5 * static_cast<double>(high - low);
        }
    }
    if (packets == 0)
        return std::nullopt;
    Sighting s;
    s.system = "ISM device";
    s.checked = true;
    s.frames = packets;
    s.confidence = 0.88;
    if (look.emission().modulation.name == "unknown")
        s.modulation = Modulation{"FSK2", 0.9, rate_bd, deviation_hz};
    return s;
}

} // namespace

extern const Signature signature_packet_radio;
const Signature signature_packet_radio{
    .info = {.id = "packet-radio", .system = "ISM device", .proof = Proof::crc, .mistaken_for = "radiosonde, POCSAG"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
