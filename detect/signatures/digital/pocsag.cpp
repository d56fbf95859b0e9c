// SPDX-License-Identifier: GPL-3.0-or-later
// POCSAG paging (ITU-R M.584-2, radiopaging code No. 1): FSK at 512, 1200 or 2400 Bd, batches of a synchronisation word
// and sixteen words of BCH(31,21) with even parity. Addresses alone are read; messages are never put together.
#include "detect/signatures/signature.hpp"
#include "dsp/coding/cyclic.hpp"
#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <set>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 1500.0;
constexpr double widest_hz = 25e3;
constexpr std::array<double, 3> rates_bd{512.0, 1200.0, 2400.0};
constexpr std::size_t phases = 8;
constexpr std::uint32_t sync = 0x7CD215D8;
constexpr std::uint32_t idle = 0x7A89C197;
constexpr int most_errors = 2;     ///< in the synchronisation word: 1.2e-7 a place in random bits
constexpr std::int64_t enough = 6; ///< words: 2^-11 for each in random bits
constexpr std::size_t words = 16;  ///< of a batch
constexpr std::size_t word_bits = 32;

struct Heard {
    std::int64_t frames = 0; ///< words that passed
    double rate_bd = 0.0;
    std::set<std::uint32_t> addresses;
};

bool passes(std::uint32_t word)
{
    std::array<std::uint8_t, 31> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] = static_cast<std::uint8_t>(word >> (31U - i) & 1U);
    return std::popcount(word) % 2 == 0 && dsp::cyclic_remainder(bits, 0x369, 10) == 0;
}

/// The words behind one synchronisation word, as far as they are there.
void read_batch(std::span<const std::uint8_t> bits, std::uint32_t turn, Heard& heard)
{
    for (std::size_t w = 0; w < words && (w + 1) * word_bits <= bits.size(); ++w) {
        const auto word = static_cast<std::uint32_t>(dsp::number_of(bits.subspan(w * word_bits), word_bits)) ^ turn;
        if (!passes(word))
            continue;
        ++heard.frames;
        if (word != idle && (word >> 31U) == 0)
            heard.addresses.insert((word >> 13U & 0x3FFFFU) << 3U | static_cast<std::uint32_t>(w / 2));
    }
}

Heard read(std::span<const std::uint8_t> bits)
{
    Heard heard;
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        last = last << 1U | bits[i];
        const bool upright = std::popcount(last ^ sync) <= most_errors;
        if (i + 1 >= word_bits && (upright || std::popcount(~last ^ sync) <= most_errors))
            read_batch(bits.subspan(i + 1), upright ? 0U : ~0U, heard);
    }
    return heard;
}

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& name = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.2 &&
           (name.find("FSK") != std::string::npos || name == "GMSK" || name == "NFM" || name == "unknown");
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = std::max(7.5e3, 0.6 * look.emission().bandwidth_hz);
    wanted.rate_hz = 3.0 * wanted.half_width_hz;
    wanted.most_s = 4.0;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.join_s = 0.3;
    wanted.margin_s = 0.02;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    Heard best;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        if (clip.piece(p).size() < 64)
            continue;
        const auto frequency = dsp::instantaneous_frequency(clip.piece(p), clip.rate_hz);
        for (const double rate_bd : rates_bd) {
            const auto smooth = dsp::symbol_filtered(frequency, clip.rate_hz, rate_bd, dsp::SymbolFilter::mean);
            const float middle = dsp::middle_of(smooth);
            for (std::size_t phase = 0; phase < phases; ++phase) {
                const auto symbols = dsp::symbols_at(smooth, clip.rate_hz, rate_bd,
                                                     static_cast<double>(phase) / static_cast<double>(phases));
                Heard heard = read(dsp::sliced(symbols, middle));
                heard.rate_bd = rate_bd;
                if (heard.frames > best.frames)
                    best = std::move(heard);
            }
        }
    }
    if (best.frames < enough)
        return std::nullopt;
    Sighting s;
    s.system = "POCSAG";
    s.checked = true;
    s.frames = best.frames;
    s.confidence = 0.99;
    if (best.addresses.size() == 1)
        s.identity["ric"] = std::to_string(*best.addresses.begin());
    Modulation m = look.emission().modulation;
    if (m.name.find("FSK") == std::string::npos)
        m = Modulation{"FSK2", 0.95, best.rate_bd, std::nullopt};
    m.symbol_rate_hz = best.rate_bd;
    s.modulation = m;
    return s;
}

} // namespace

extern const Signature signature_pocsag;
const Signature signature_pocsag{
    .info = {.id = "pocsag", .system = "POCSAG", .proof = Proof::parity, .mistaken_for = "analogue voice"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
