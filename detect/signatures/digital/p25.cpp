// SPDX-License-Identifier: GPL-3.0-or-later
// P25 phase 1 (TIA-102.BAAA): frame synchronisation of 48 bits, then the network identifier: access code (12 bits) and
// data unit (4) in BCH(63,16), with a status symbol after every 35 symbols.
#include "detect/signatures/digital/four_levels.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace gacsong::detect {

namespace {

constexpr std::uint64_t frame_sync = 0x5575F5FF77FF;
constexpr std::uint64_t bch = 06331141367235453;
constexpr int most_wrong = 6; ///< bits of 63: a random word passes with 3e-7
constexpr std::array<std::uint32_t, 7> data_units{0x0, 0x3, 0x5, 0x7, 0xA, 0xC, 0xF};
constexpr std::ptrdiff_t status_symbol = 35;
constexpr std::ptrdiff_t after_status = 21; ///< symbols of the identifier

/// The access code behind a synchronisation word.
std::optional<std::uint32_t> access_code(const FourLevels& symbols, std::ptrdiff_t at, const SyncFit& levels)
{
    const auto first = static_cast<std::ptrdiff_t>(sync_symbols);
    const auto before = bits_at(symbols, at + first, static_cast<std::size_t>(status_symbol - first), levels);
    const auto after = bits_at(symbols, at + status_symbol + 1, static_cast<std::size_t>(after_status), levels);
    if (!before || !after)
        return std::nullopt;
    const std::uint64_t received = (*before << 42U | *after) >> 1U; // the last bit is no part of the code
    for (std::uint32_t code = 0; code < 4096; ++code) {
        for (const std::uint32_t unit : data_units) {
            if (std::popcount(dsp::cyclic_codeword(code << 4U | unit, 16, bch) ^ received) <= most_wrong)
                return code;
        }
    }
    return std::nullopt;
}

std::map<std::uint32_t, std::int64_t> codes_in(const std::vector<FourLevels>& stretches)
{
    std::map<std::uint32_t, std::int64_t> codes;
    for (const FourLevels& symbols : stretches) {
        for (std::size_t i = 0; i + sync_symbols <= symbols.size(); ++i) {
            const SyncFit fit = fit_of(std::span(symbols).subspan(i), frame_sync);
            if (fit.likeness < sure_likeness)
                continue;
            if (const auto code = access_code(symbols, static_cast<std::ptrdiff_t>(i), fit))
                ++codes[*code];
        }
    }
    return codes;
}

std::optional<Sighting> look_at(Look& look)
{
    std::uint32_t code = 0;
    std::int64_t frames = 0;
    for (const auto& stretches : four_level_readings(look)) {
        for (const auto& [found, count] : codes_in(stretches)) {
            if (count > frames) {
                code = found;
                frames = count;
            }
        }
    }
    if (frames == 0)
        return std::nullopt;
    constexpr std::string_view digits = "0123456789ABCDEF";
    Sighting s;
    s.system = "P25";
    s.checked = true;
    s.frames = frames;
    s.confidence = 0.99;
    s.identity["nac"] = {digits[code >> 8U & 15U], digits[code >> 4U & 15U], digits[code & 15U]};
    if (look.emission().modulation.name != "FSK4")
        s.modulation = Modulation{"FSK4", 0.95, 4800.0, 1800.0};
    return s;
}

} // namespace

extern const Signature signature_p25;
const Signature signature_p25{.info = {.id = "p25", .system = "P25", .proof = Proof::crc, .mistaken_for = "DMR"},
                              .admits = may_be_four_levels,
                              .look = look_at};

} // namespace gacsong::detect
