// SPDX-License-Identifier: GPL-3.0-or-later
// APRS (Automatic Position Reporting System, protocol reference 1.0.1): UI frames of AX.25 2.2, at 1200 Bd as two tones
// of 1200 and 2200 Hz on FM, NRZI. The call sign of the sender is read; what it reports is not.
#include "detect/signatures/digital/data_bursts.hpp"
#include "detect/signatures/digital/hdlc.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <set>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 4e3;
constexpr double widest_hz = 25e3;
constexpr double symbol_rate_bd = 1200.0;
constexpr double mark_hz = 1200.0;
constexpr double space_hz = 2200.0;
constexpr std::size_t address_octets = 7;
constexpr std::size_t most_addresses = 10;
constexpr std::size_t least_octets = 2 * address_octets + 2;
constexpr std::uint8_t unnumbered = 0x03; ///< control field of UI, poll bit left out
constexpr std::uint8_t no_layer_3 = 0xF0;
constexpr std::array<float, 3> balances{1.0F, 3.0F, 0.33F}; ///< of the tones: with and without pre-emphasis

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& name = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.1 &&
           (name == "NFM" || name == "unknown" || name == "FSK2" || name == "GFSK" || name == "GMSK" || name == "FSK4");
}

/// Power of a tone in a window of one symbol around each sample.
std::vector<float> tone(std::span<const float> audio, double rate_hz, double hz)
{
    const std::vector<std::complex<float>> real(audio.begin(), audio.end());
    const auto window = static_cast<std::size_t>(rate_hz / symbol_rate_bd) | 1U;
    const std::vector<float> taps(window, 1.0F / static_cast<float>(window));
    return dsp::powers(dsp::filtered(dsp::shifted(real, hz, rate_hz), taps));
}

/// Call sign in seven octets of an address: capitals and digits, one bit to the left, then the station's number.
std::optional<std::string> call_sign(std::span<const std::uint8_t> octets)
{
    std::string sign;
    bool ended = false;
    for (std::size_t i = 0; i + 1 < address_octets; ++i) {
        const auto c = static_cast<char>(octets[i] >> 1U);
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if ((octets[i] & 1U) != 0 || (!letter && c != ' ') || (ended && letter))
            return std::nullopt;
        ended = ended || !letter;
        if (letter)
            sign.push_back(c);
    }
    if (sign.empty())
        return std::nullopt;
    const unsigned number = octets[address_octets - 1] >> 1U & 15U;
    return number == 0 ? sign : sign + "-" + std::to_string(number);
}

/// The sender of a UI frame without a layer above; nothing where it is another frame.
std::optional<std::string> sender_of(const HdlcFrame& frame)
{
    std::size_t count = 0;
    while (count < most_addresses && (count + 1) * address_octets + 2 <= frame.size()) {
        ++count;
        if ((frame[count * address_octets - 1] & 1U) != 0)
            break;
    }
    const std::size_t end = count * address_octets;
    if (count < 2 || (frame[end - 1] & 1U) == 0 || (frame[end] & 0xEFU) != unnumbered || frame[end + 1] != no_layer_3 ||
        !call_sign(frame))
        return std::nullopt;
    return call_sign(std::span(frame).subspan(address_octets));
}

std::optional<Sighting> look_at(Look& look)
{
    const Clip clip = look.cut(voice_channel_cut(8e3));
    std::set<std::string> senders;
    std::int64_t frames = 0;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto audio = dsp::instantaneous_frequency(clip.piece(p), clip.rate_hz);
        const auto mark = tone(audio, clip.rate_hz, mark_hz);
        const auto space = tone(audio, clip.rate_hz, space_hz);
        std::int64_t most = 0;
        for (const float balance : balances) {
            std::vector<float> difference(mark.size());
            for (std::size_t i = 0; i < mark.size(); ++i)
                difference[i] = mark[i] - balance * space[i];
            const auto heard = [&](double phase) {
                const auto symbols = dsp::symbols_at(difference, clip.rate_hz, symbol_rate_bd, phase);
                std::int64_t count = 0;
                for (const HdlcFrame& frame : hdlc_frames(dsp::sliced(symbols, 0.0F), least_octets)) {
                    if (const auto sender = sender_of(frame)) {
                        ++count;
                        senders.insert(*sender);
                    }
                }
                return count;
            };
            most = std::max(most, most_of_phases(heard));
        }
        frames += most;
    }
    if (frames == 0)
        return std::nullopt;
    Sighting s;
    s.system = "APRS";
    s.checked = true;
    s.frames = frames;
    s.confidence = 0.99;
    if (senders.size() == 1)
        s.identity["callsign"] = *senders.begin();
    s.modulation = Modulation{"NFM", 0.9, std::nullopt, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_aprs;
const Signature signature_aprs{
    .info = {.id = "aprs", .system = "APRS", .proof = Proof::crc, .mistaken_for = "analogue voice"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
