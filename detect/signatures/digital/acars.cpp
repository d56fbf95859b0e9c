// SPDX-License-Identifier: GPL-3.0-or-later
// ACARS, the data link of airliners on VHF (ARINC specification 618): 2400 bit/s as minimum shift keying of 1200 and
// 2400 Hz on an amplitude-modulated carrier; 1200 Hz stands for a change of the bit. Blocks of characters with odd
// parity and a 16-bit check sequence (x^16 + x^12 + x^5 + 1, from 0). The registration of the aircraft is read; what is
// written is not.
#include "detect/signatures/digital/data_bursts.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/coding/cyclic.hpp"
#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>
#include <set>
#include <span>

namespace gacsong::detect {

namespace {

using Bits = std::vector<std::uint8_t>;

constexpr double narrowest_hz = 2e3;
constexpr double widest_hz = 16e3;
constexpr double bit_rate = 2400.0;
constexpr double middle_hz = 1800.0;     ///< of the tones
constexpr std::size_t least_octets = 13; ///< mode, address, acknowledgement, label, block, end
constexpr std::size_t most_octets = 240;
constexpr std::size_t address_at = 1;
constexpr std::size_t address_length = 7;
constexpr std::uint64_t start_word = 0x686880; ///< SYN, SYN, SOH as they are sent, lowest bit first
constexpr std::size_t start_bits = 24;
constexpr unsigned end_of_text = 0x83;
constexpr unsigned end_of_block = 0x97;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& name = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.1 &&
           (name == "AM" || name == "unknown" || name == "carrier" || name == "OOK" || name == "ASK");
}

/// Matched filter of minimum shift keying seen as offset phase keying: half a period of a cosine, two bits long.
std::vector<float> bit_filter(double rate_hz)
{
    const auto half = static_cast<std::ptrdiff_t>(rate_hz / bit_rate);
    std::vector<float> taps;
    for (std::ptrdiff_t i = -half; i <= half; ++i)
        taps.push_back(
            static_cast<float>(std::cos(0.5 * std::numbers::pi * bit_rate * static_cast<double>(i) / rate_hz)));
    return taps;
}

/// The tones of the envelope about their middle, through the matched filter.
std::vector<std::complex<float>> tones_of(std::span<const std::complex<float>> samples, double rate_hz)
{
    const std::vector<float> power = dsp::powers(samples);
    double mean = 0.0;
    for (const float p : power)
        mean += std::sqrt(static_cast<double>(p)) / static_cast<double>(power.size());
    std::vector<std::complex<float>> sound(power.size());
    std::transform(power.begin(), power.end(), sound.begin(),
                   [mean](float p) { return std::sqrt(p) - static_cast<float>(mean); });
    return dsp::filtered(dsp::shifted(sound, middle_hz, rate_hz), bit_filter(rate_hz));
}

/// Bits, but for their sign: the higher tone turns by a quarter from bit to bit and leaves it, the lower one back and
/// changes it. The phase of the middle is that of the squares, over 65 bits.
Bits bits_of(std::vector<std::complex<float>> values)
{
    constexpr std::size_t half = 32;
    constexpr std::array<std::complex<float>, 4> back{{{1.0F, 0.0F}, {0.0F, -1.0F}, {-1.0F, 0.0F}, {0.0F, 1.0F}}};
    for (std::size_t k = 0; k < values.size(); ++k)
        values[k] *= back[k % 4];
    Bits bits(values.size());
    std::complex<double> sum = 0.0;
    double phase = 0.0;
    const auto square = [&](std::size_t k) {
        const std::complex<double> v = values[k];
        return v * v;
    };
    for (std::size_t k = 0; k < std::min(half, values.size()); ++k)
        sum += square(k);
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (k + half < values.size())
            sum += square(k + half);
        if (k > half)
            sum -= square(k - half - 1);
        phase += std::remainder(0.5 * std::arg(sum) - phase, std::numbers::pi);
        bits[k] = std::real(std::complex<double>(values[k]) * std::polar(1.0, -phase)) > 0.0 ? 1 : 0;
    }
    return bits;
}

using Header = std::array<std::uint8_t, least_octets>;

/// First octets of a block behind its start; nothing where its text has no end, where a parity is wrong or where the
/// check sequence does not fit.
std::optional<Header> block_at(std::span<const std::uint8_t> bits)
{
    Header header{};
    for (std::size_t n = 0; n < most_octets && 8 * n + 24 <= bits.size(); ++n) {
        unsigned octet = 0;
        for (unsigned i = 0; i < 8; ++i)
            octet |= static_cast<unsigned>(bits[8 * n + i]) << i;
        if (std::popcount(octet) % 2 == 0)
            return std::nullopt;
        if (n < header.size())
            header[n] = static_cast<std::uint8_t>(octet);
        if (octet != end_of_text && octet != end_of_block)
            continue;
        const bool fits = dsp::cyclic_remainder(bits.first(8 * n + 24), 0x1021, 16) == 0;
        return fits && n + 1 >= header.size() ? std::optional(header) : std::nullopt;
    }
    return std::nullopt;
}

/// The aircraft's registration, which dots fill from the left; nothing where none is named.
std::optional<std::string> registration_of(const Header& header)
{
    std::string name;
    for (const std::uint8_t octet : std::span(header).subspan(address_at, address_length)) {
        const auto c = static_cast<char>(octet & 0x7FU);
        const bool good = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        if (!good && (c != '.' || !name.empty()))
            return std::nullopt;
        if (good)
            name.push_back(c);
    }
    return name.empty() ? std::nullopt : std::optional(name);
}

/// Blocks whose check fits, and the aircraft that they name.
std::int64_t read_blocks(Bits bits, std::set<std::string>& aircraft)
{
    constexpr std::uint64_t mask = (std::uint64_t{1} << start_bits) - 1;
    std::int64_t heard = 0;
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        last = (last << 1U | bits[i]) & mask;
        if (last == (~start_word & mask)) { // the sign was the other one
            for (auto& bit : bits)
                bit ^= 1U;
            last = start_word;
        }
        if (last != start_word)
            continue;
        const auto header = block_at(std::span(bits).subspan(i + 1));
        if (!header)
            continue;
        ++heard;
        if (const auto name = registration_of(*header))
            aircraft.insert(*name);
    }
    return heard;
}

std::optional<Sighting> look_at(Look& look)
{
    const Clip clip = look.cut(voice_channel_cut(5e3));
    if (clip.rate_hz < 3.0 * bit_rate)
        return std::nullopt;
    std::set<std::string> aircraft;
    std::int64_t blocks = 0;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto tones = tones_of(clip.piece(p), clip.rate_hz);
        blocks += most_of_phases([&](double phase) {
            return read_blocks(bits_of(dsp::symbols_at(tones, clip.rate_hz, bit_rate, phase)), aircraft);
        });
    }
    if (blocks == 0)
        return std::nullopt;
    Sighting s;
    s.system = "ACARS";
    s.checked = true;
    s.frames = blocks;
    s.confidence = 0.99;
    if (aircraft.size() == 1)
        s.identity["id"] = *aircraft.begin();
    s.modulation = Modulation{"AM", 0.9, std::nullopt, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_acars;
const Signature signature_acars{
    .info = {.id = "acars", .system = "ACARS", .proof = Proof::crc, .mistaken_for = "analogue voice"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
