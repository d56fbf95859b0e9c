// SPDX-License-Identifier: GPL-3.0-or-later
// Weather balloons: Graw DFM (FSK at 2500 symbols a second in Manchester code) and Vaisala RS41 (GFSK at 4800). Makers
// publish neither format; headers, code and mask are as the free receivers of the amateurs (RS by zilog80) document
// them. Position and measurements are not read.
#include "detect/signatures/digital/two_levels.hpp"
#include "detect/signatures/signature.hpp"
#include "detect/signatures/telemetry/sonde_frames.hpp"

#include <algorithm>
#include <map>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 3e3;
constexpr double widest_hz = 30e3;
constexpr double dfm_rate_bd = 2500.0;
constexpr double rs41_rate_bd = 4800.0;
constexpr std::size_t phases = 8;
constexpr double least_likeness = 0.75;  ///< noise: 5e-6 over 32 symbols, far less over 64
constexpr std::size_t enough_words = 24; ///< of 33: random ones have that with 1e-20

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.25 &&
           (m == "FSK2" || m == "GFSK" || m == "GMSK" || m == "NFM" || m == "unknown");
}

struct Sondes {
    std::int64_t dfm = 0; ///< frames
    std::map<std::string, std::int64_t> rs41;
};

/// Distances from the middle, upright.
std::vector<float> upright(std::span<const float> symbols, const WordFit& fit)
{
    std::vector<float> out(symbols.begin(), symbols.end());
    for (float& value : out)
        value = fit.likeness > 0.0 ? value - fit.middle : fit.middle - value;
    return out;
}

void read(std::span<const std::complex<float>> samples, double rate_hz, Sondes& sondes)
{
    const auto slow = two_level_readings(samples, rate_hz, dfm_rate_bd, phases);
    for (const WordPlace& place : word_places(slow, dfm_header, dfm_header_symbols, least_likeness)) {
        const auto symbols = std::span(slow[place.reading]).subspan(place.first);
        if (symbols.size() >= dfm_symbols &&
            dfm_good_words(upright(symbols.first(dfm_symbols), place.fit)) >= enough_words)
            ++sondes.dfm;
    }
    const auto fast = two_level_readings(samples, rate_hz, rs41_rate_bd, phases);
    for (const WordPlace& place : word_places(fast, rs41_header, rs41_header_bits, least_likeness)) {
        const auto symbols = std::span(fast[place.reading]).subspan(place.first);
        if (symbols.size() < rs41_bits)
            continue;
        std::vector<std::uint8_t> bits;
        for (const float value : upright(symbols.first(rs41_bits), place.fit))
            bits.push_back(value > 0.0F ? 1 : 0);
        if (const auto serial = rs41_serial(bits))
            ++sondes.rs41[*serial];
    }
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = std::clamp(0.6 * look.emission().bandwidth_hz, 5e3, 9e3);
    wanted.rate_hz = 48e3;
    wanted.most_s = 2.5;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.margin_s = 5e-3;
    wanted.join_s = 20e-3;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    Sondes sondes;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p)
        read(clip.piece(p), clip.rate_hz, sondes);
    if (sondes.dfm == 0 && sondes.rs41.empty())
        return std::nullopt;
    Sighting s;
    s.system = "radiosonde";
    s.checked = true;
    s.confidence = 0.99;
    s.frames = sondes.dfm;
    s.identity["model"] = "DFM";
    s.modulation = Modulation{"FSK2", 0.97, dfm_rate_bd, look.emission().modulation.deviation_hz};
    if (!sondes.rs41.empty()) {
        s.frames = sondes.rs41.begin()->second;
        s.identity["model"] = "RS41";
        if (sondes.rs41.size() == 1)
            s.identity["id"] = sondes.rs41.begin()->first;
        s.modulation = Modulation{"GFSK", 0.97, rs41_rate_bd, look.emission().modulation.deviation_hz};
    }
    return s;
}

} // namespace

extern const Signature signature_radiosonde;
const Signature signature_radiosonde{
    .info = {.id = "radiosonde", .system = "radiosonde", .proof = Proof::crc, .mistaken_for = "ISM device, POCSAG"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
