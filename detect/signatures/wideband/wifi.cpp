// SPDX-License-Identifier: GPL-3.0-or-later
// Wi-Fi (IEEE 802.11-2020 §15 to §21): OFDM frames in 20 MHz, of which wider ones send the preamble in each 20 MHz too,
// and the older spread ones in which beacons at 2.4 GHz are still sent. Preamble and SIGNAL field, or the header's
// check sequence, make it certain; HT-SIG and VHT-SIG-A say which standard. Addresses and contents are not read.
#include "detect/signatures/signature.hpp"
#include "detect/signatures/wideband/wifi_preamble.hpp"
#include "detect/signatures/wideband/wifi_spread.hpp"
#include "dsp/demod/resample.hpp"

#include <algorithm>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 6e6;
constexpr double widest_hz = 30e6;
constexpr std::size_t most_frames = 64;
constexpr std::int64_t least_frames = 2;
constexpr double very_alike = 0.75; ///< of one frame alone
constexpr double low_band_hz = 2.5e9;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz &&
           look.replay().sample_rate_hz >= wifi_rate_hz;
}

struct WifiHeard {
    std::int64_t frames = 0; ///< with a SIGNAL field
    double likeness = 0.0;
    bool ht = false;
    bool vht = false;
    bool he = false;
};

void hear(const WifiFrame& frame, WifiHeard& heard)
{
    if (frame.symbols.empty())
        return;
    const auto signal = wifi_signal(frame.symbols[0]);
    if (!signal)
        return;
    ++heard.frames;
    heard.likeness = std::max(heard.likeness, frame.likeness);
    if (frame.symbols.size() < 3)
        return;
    heard.ht = heard.ht || wifi_mode_is(WifiMode::ht, frame.symbols[1], frame.symbols[2]);
    heard.vht = heard.vht || wifi_mode_is(WifiMode::vht, frame.symbols[1], frame.symbols[2]);
    // 802.11ax sends the SIGNAL field twice, with a length that is no multiple of three (§27.3.11.5).
    heard.he = heard.he || (signal->length % 3 != 0 && wifi_signal(frame.symbols[1]) == signal);
}

std::string standard_of(const WifiHeard& heard, const Look& look)
{
    if (heard.he)
        return "802.11ax";
    if (heard.vht)
        return "802.11ac";
    if (heard.ht)
        return "802.11n";
    return look.center_hz() && *look.center_hz() < low_band_hz ? "802.11g" : "802.11a";
}

Sighting spread_sighting(std::size_t frames)
{
    Sighting s;
    s.system = "Wi-Fi";
    s.checked = true;
    s.frames = static_cast<std::int64_t>(frames);
    s.confidence = 0.98;
    s.identity["standard"] = "802.11b";
    s.modulation = Modulation{"BPSK", 0.95, 1e6, std::nullopt};
    return s;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 9e6;
    wanted.rate_hz = wifi_rate_hz;
    wanted.most_s = 20e-3;
    wanted.margin_s = 2e-6;
    wanted.join_s = 50e-6;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    WifiHeard heard;
    std::size_t spread = 0;
    for (std::size_t p = 0; p < clip.pieces.size() && heard.frames < static_cast<std::int64_t>(most_frames); ++p) {
        const auto samples = dsp::resampled(clip.piece(p), clip.rate_hz, wifi_rate_hz);
        for (const WifiFrame& frame : wifi_frames(samples, most_frames))
            hear(frame, heard);
        if (heard.frames == 0)
            spread += wifi_spread_frames(samples);
    }
    if (spread > 0 && heard.frames == 0)
        return spread_sighting(spread);
    if (heard.frames < least_frames && heard.likeness < very_alike)
        return std::nullopt;
    Sighting s;
    s.system = "Wi-Fi";
    s.checked = true;
    s.frames = heard.frames;
    s.confidence = heard.frames >= least_frames ? 0.99 : 0.9;
    s.identity["standard"] = standard_of(heard, look);
    s.modulation = Modulation{"OFDM", 0.97, 250e3, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_wifi;
const Signature signature_wifi{
    .info = {.id = "wi-fi", .system = "Wi-Fi", .proof = Proof::parity, .mistaken_for = "LTE, DJI, digital video"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
