// SPDX-License-Identifier: GPL-3.0-or-later
// Digital radio known by the synchronisation word that comes back with every frame, without a check sequence: YSF
// (System Fusion), NXDN, dPMR (ETSI TS 102 490) and D-STAR. They are resembled, never more.
#include "detect/signatures/digital/two_levels.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace gacsong::detect {

namespace {

struct FrameSync {
    const char* system;
    double rate_bd;
    bool four_levels;     ///< else two
    std::uint64_t word;   ///< first bit highest; of four levels two bits a symbol: 01, 00, 10, 11 from the highest down
    std::size_t symbols;  ///< of the word
    std::size_t period;   ///< symbols from one to the next
    double least;         ///< likeness
    std::int64_t repeats; ///< in one place of the period
};

// Random symbols have the likeness with 1e-5, 3e-4, 3e-4, 3e-4 and 7e-7; with the repeats a look of 2.5 s passes with
// less than 1e-6 each.
constexpr std::array<FrameSync, 5> syncs{{{"YSF", 4800.0, true, 0xD471C9634D, 20, 480, 0.85, 4},
                                          {"NXDN", 4800.0, true, 0xCDF59, 10, 192, 0.93, 9},
                                          {"NXDN", 2400.0, true, 0xCDF59, 10, 192, 0.93, 8},
                                          {"dPMR", 2400.0, true, 0x5FF77D, 12, 384, 0.90, 4},
                                          {"D-STAR", 4800.0, false, 0xAAB468, 24, 2016, 0.85, 3}}};
constexpr double narrowest_hz = 2e3;
constexpr double widest_hz = 16e3;
constexpr std::size_t phases = 8;
constexpr double look_s = 2.5;
constexpr std::size_t longest_word = 24;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.3 &&
           (m == "FSK4" || m == "FSK2" || m == "GFSK" || m == "GMSK" || m == "unknown");
}

/// Levels of the word, mean taken off, length 1.
std::array<double, longest_word> shape_of(const FrameSync& sync)
{
    constexpr std::array<double, 4> levels{1.0, 3.0, -1.0, -3.0};
    std::array<double, longest_word> shape{};
    double mean = 0.0;
    for (std::size_t i = 0; i < sync.symbols; ++i) {
        const std::size_t left = sync.symbols - 1 - i;
        shape[i] = sync.four_levels ? levels[sync.word >> (2 * left) & 3U] : (sync.word >> left & 1U) != 0 ? 1.0 : -1.0;
        mean += shape[i] / static_cast<double>(sync.symbols);
    }
    double squares = 0.0;
    for (std::size_t i = 0; i < sync.symbols; ++i) {
        shape[i] -= mean;
        squares += shape[i] * shape[i];
    }
    for (double& value : shape)
        value /= std::sqrt(squares);
    return shape;
}

double likeness(std::span<const float> symbols, const std::array<double, longest_word>& shape, std::size_t count)
{
    double sum = 0.0;
    double squares = 0.0;
    double product = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<double>(symbols[i]);
        sum += value;
        squares += value * value;
        product += value * shape[i];
    }
    const double spread = squares - sum * sum / static_cast<double>(count);
    return spread > 0.0 ? product / std::sqrt(spread) : 0.0;
}

/// How often the word stands in the place of the period where it stands most, either polarity.
std::int64_t repeats_in(std::span<const float> symbols, const FrameSync& sync)
{
    const auto shape = shape_of(sync);
    std::vector<std::int64_t> upright(sync.period);
    std::vector<std::int64_t> turned(sync.period);
    for (std::size_t i = 0; i + sync.symbols <= symbols.size(); ++i) {
        const double here = likeness(symbols.subspan(i), shape, sync.symbols);
        if (std::abs(here) >= sync.least)
            ++(here > 0.0 ? upright : turned)[i % sync.period];
    }
    return std::max(*std::max_element(upright.begin(), upright.end()), *std::max_element(turned.begin(), turned.end()));
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 6.5e3;
    wanted.rate_hz = 24e3;
    wanted.most_s = look_s;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.join_s = 0.1;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    const auto samples = clip.longest();
    if (samples.size() < 1000)
        return std::nullopt;
    const auto frequency = dsp::instantaneous_frequency(samples, clip.rate_hz);
    const FrameSync* best = nullptr;
    std::int64_t most = 0;
    for (const FrameSync& sync : syncs) {
        const auto filter = sync.four_levels ? dsp::SymbolFilter::root_raised_cosine : dsp::SymbolFilter::mean;
        const auto smooth = dsp::symbol_filtered(frequency, clip.rate_hz, sync.rate_bd, filter);
        for (std::size_t p = 0; p < phases; ++p) {
            const auto symbols = dsp::symbols_at(smooth, clip.rate_hz, sync.rate_bd,
                                                 static_cast<double>(p) / static_cast<double>(phases));
            const std::int64_t repeats = repeats_in(symbols, sync);
            if (repeats >= sync.repeats && (best == nullptr || repeats > most)) {
                best = &sync;
                most = repeats;
            }
        }
    }
    if (best == nullptr)
        return std::nullopt;
    Sighting s;
    s.system = best->system;
    s.confidence = 0.75;
    s.seen.emplace_back("signature.seen.sync", std::vector<Argument>{{"n", most}});
    if (look.emission().modulation.name == "unknown")
        s.modulation = Modulation{best->four_levels ? "FSK4" : "GMSK", 0.8, best->rate_bd, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_frame_syncs;
const Signature signature_frame_syncs{
    .info = {.id = "frame-syncs", .system = "NXDN", .proof = Proof::pattern, .mistaken_for = "DMR, P25, FSK data"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
