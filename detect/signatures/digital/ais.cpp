// SPDX-License-Identifier: GPL-3.0-or-later
// AIS (ITU-R M.1371-5, annex 2): GMSK at 9600 Bd, NRZI, HDLC frames of 168 bits and more. The identity of the station
// is read, where it is and what it says are not.
#include "detect/signatures/digital/data_bursts.hpp"
#include "detect/signatures/digital/hdlc.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <set>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 5e3;
constexpr double widest_hz = 30e3;
constexpr double symbol_rate_bd = 9600.0;
constexpr std::size_t least_octets = 12; ///< the shortest message, 96 bits
constexpr unsigned last_kind = 27;       ///< message types 1 … 27
constexpr std::uint32_t most_mmsi = 999999999;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& name = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz &&
           (name == "GMSK" || name == "GFSK" || name == "FSK2" || name == "NFM" || name == "unknown");
}

/// Has the frame a length that its type can have? Those of one length alone are held to it (table 46).
bool fits(unsigned kind, std::size_t octets)
{
    switch (kind) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 9:
    case 11:
    case 18:
        return octets == 21;
    case 5:
        return octets == 53;
    case 19:
        return octets == 39;
    case 24:
        return octets == 20 || octets == 21;
    case 27:
        return octets == 12;
    default:
        return kind >= 1 && kind <= last_kind;
    }
}

/// Identity in a frame that may be a message of AIS: type 6 bits, repeat indicator 2, identity 30.
std::optional<std::uint32_t> station_of(const HdlcFrame& frame)
{
    const unsigned kind = frame[0] >> 2U;
    const std::uint32_t station =
        static_cast<std::uint32_t>(frame[1]) << 22U | static_cast<std::uint32_t>(frame[2]) << 14U |
        static_cast<std::uint32_t>(frame[3]) << 6U | static_cast<std::uint32_t>(frame[4]) >> 2U;
    if (!fits(kind, frame.size()) || station == 0 || station > most_mmsi)
        return std::nullopt;
    return station;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 10e3;
    wanted.rate_hz = 48e3;
    wanted.most_s = 1.0;
    wanted.margin_s = 3e-3;
    wanted.join_s = 5e-3;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    std::set<std::uint32_t> stations;
    std::int64_t frames = 0;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto frequency = dsp::instantaneous_frequency(clip.piece(p), clip.rate_hz);
        const auto smooth = dsp::symbol_filtered(frequency, clip.rate_hz, symbol_rate_bd, dsp::SymbolFilter::mean);
        const float middle = dsp::middle_of(smooth);
        frames += most_of_phases([&](double phase) {
            const auto symbols = dsp::symbols_at(smooth, clip.rate_hz, symbol_rate_bd, phase);
            std::int64_t heard = 0;
            for (const HdlcFrame& frame : hdlc_frames(dsp::sliced(symbols, middle), least_octets)) {
                if (const auto station = station_of(frame)) {
                    ++heard;
                    stations.insert(*station);
                }
            }
            return heard;
        });
    }
    if (frames == 0)
        return std::nullopt;
    Sighting s;
    s.system = "AIS";
    s.checked = true;
    s.frames = frames;
    s.confidence = frames > 1 ? 0.99 : 0.9;
    if (stations.size() == 1) {
        const std::string digits = std::to_string(*stations.begin());
        s.identity["mmsi"] = std::string(9 - digits.size(), '0') + digits;
    }
    s.modulation = Modulation{"GMSK", 0.95, symbol_rate_bd, 2400.0};
    return s;
}

} // namespace

extern const Signature signature_ais;
const Signature signature_ais{.info = {.id = "ais", .system = "AIS", .proof = Proof::crc, .mistaken_for = "APRS"},
                              .admits = admits,
                              .look = look_at};

} // namespace gacsong::detect
