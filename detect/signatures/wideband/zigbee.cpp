// SPDX-License-Identifier: GPL-3.0-or-later
// ZigBee and its kin (Thread, Matter, 6LoWPAN): IEEE 802.15.4 at 2450 MHz, a start of frame and the frame's check
// sequence. Addresses and contents are not kept.
#include "detect/signatures/signature.hpp"
#include "detect/signatures/wideband/zigbee_frame.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 1e6;
constexpr double widest_hz = 5e6;
constexpr std::size_t phases = 8;
constexpr double first_channel_hz = 2405e6;
constexpr double channel_step_hz = 5e6;
constexpr int first_channel = 11;
constexpr int last_channel = 26;
constexpr double farthest_hz = 300e3;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.modulation.name != "OFDM" &&
           e.modulation.name != "chirp" && look.replay().sample_rate_hz >= 3.9e6;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 1.5e6;
    wanted.rate_hz = 6e6;
    wanted.most_s = 0.1;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.margin_s = 20e-6;
    wanted.join_s = 10e-6;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    std::size_t frames = 0;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p)
        frames += zigbee_frames(two_level_readings(clip.piece(p), clip.rate_hz, zigbee_chip_rate_hz, phases));
    if (frames == 0)
        return std::nullopt;
    Sighting s;
    s.system = "ZigBee";
    s.checked = true;
    s.frames = static_cast<std::int64_t>(frames);
    s.confidence = 0.98;
    s.identity["standard"] = "802.15.4";
    if (look.center_hz()) {
        const double steps = std::round((*look.center_hz() - first_channel_hz) / channel_step_hz);
        const int channel = first_channel + static_cast<int>(std::clamp(steps, -1.0, 99.0));
        if (channel >= first_channel && channel <= last_channel &&
            std::abs(*look.center_hz() - first_channel_hz - steps * channel_step_hz) < farthest_hz)
            s.identity["channel"] = std::to_string(channel);
    }
    return s;
}

} // namespace

extern const Signature signature_zigbee;
const Signature signature_zigbee{
    .info = {.id = "zigbee", .system = "ZigBee", .proof = Proof::crc, .mistaken_for = "Bluetooth, ISM device"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
