// SPDX-License-Identifier: GPL-3.0-or-later
// DMR (ETSI TS 102 361-1): synchronisation words in the middle of bursts (table 9.2), colour code in the slot type
// (Golay(20,8), B.3.1) around those of data and in the EMB (quadratic residue code (16,7,6), B.3.2) of the bursts that
// follow those of voice.
#include "detect/signatures/digital/four_levels.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <vector>

namespace gacsong::detect {

namespace {

struct DmrSync {
    std::uint64_t word = 0;
    bool voice = false;
};
constexpr std::array<DmrSync, 9> words{{{0x755FD7DF75F7, true},
                                        {0xDFF57D75DF5D, false},
                                        {0x7F7D5DD57DFD, true},
                                        {0xD5D7F77FD757, false},
                                        {0x77D55F7DFD77, false},
                                        {0x5D577F7757FF, true},
                                        {0xF7FDD5DDFD55, false},
                                        {0x7DFFD5F55D5F, true},
                                        {0xD7557F5FF7F5, false}}};
constexpr std::ptrdiff_t frame_symbols = 288; ///< 60 ms
constexpr std::ptrdiff_t most_frames = 6;     ///< between a word and the same one again
/// Of words that repeat. Noise has it with 1e-7 a symbol and word, twice in its places with 4e-8 in two seconds.
constexpr double repeated_likeness = 0.86;
constexpr std::uint64_t golay = 0xC75;
constexpr std::uint64_t residue = 0x139;
constexpr int most_wrong_slot = 2; ///< bits of 20: one random word in 20
constexpr int most_wrong_emb = 1;  ///< bits of 16: one random word in 30
constexpr std::int64_t least_votes = 2;

/// Everything one reading shows.
struct DmrReading {
    std::int64_t frames = 0;
    double likeness = 0.0;
    std::int64_t votes = 0;
    std::array<std::int64_t, 16> colours{};
};

std::uint64_t with_parity(std::uint64_t word) { return word << 1U | (static_cast<unsigned>(std::popcount(word)) & 1U); }

/// Data of the nearest word of a code with at most `wrong` bits between.
std::optional<unsigned> nearest(std::uint64_t received, unsigned data_bits, std::uint64_t generator, int wrong)
{
    for (unsigned data = 0; data < 1U << data_bits; ++data) {
        const std::uint64_t word = with_parity(dsp::cyclic_codeword(data, data_bits, generator));
        if (std::popcount(word ^ received) <= wrong)
            return data;
    }
    return std::nullopt;
}

void vote(DmrReading& reading, std::optional<unsigned> colour)
{
    if (!colour)
        return;
    ++reading.votes;
    ++reading.colours[*colour & 15U];
}

void read_slot_type(const FourLevels& symbols, std::ptrdiff_t at, const SyncFit& levels, DmrReading& reading)
{
    const auto before = bits_at(symbols, at - 5, 5, levels);
    const auto after = bits_at(symbols, at + static_cast<std::ptrdiff_t>(sync_symbols), 5, levels);
    if (!before || !after)
        return;
    if (const auto data = nearest(*before << 10U | *after, 8, golay, most_wrong_slot))
        vote(reading, *data >> 4U);
}

void read_embedded(const FourLevels& symbols, std::ptrdiff_t at, const SyncFit& levels, DmrReading& reading)
{
    for (std::ptrdiff_t burst = 1; burst <= 5; ++burst) {
        const std::ptrdiff_t place = at + burst * frame_symbols;
        const auto before = bits_at(symbols, place, 4, levels);
        const auto after = bits_at(symbols, place + 20, 4, levels);
        if (!before || !after)
            return;
        if (const auto data = nearest(*before << 8U | *after, 7, residue, most_wrong_emb))
            vote(reading, *data >> 3U);
    }
}

struct Hit {
    std::ptrdiff_t at = 0;
    const DmrSync* sync = nullptr;
    SyncFit fit;
};

std::vector<Hit> hits_in(const FourLevels& symbols)
{
    std::vector<Hit> hits;
    for (std::size_t i = 0; i + sync_symbols <= symbols.size(); ++i)
        for (const DmrSync& sync : words)
            if (const SyncFit fit = fit_of(std::span(symbols).subspan(i), sync.word); fit.likeness >= repeated_likeness)
                hits.push_back({static_cast<std::ptrdiff_t>(i), &sync, fit});
    return hits;
}

/// Whether the same word stands whole frames before or after it, as that of voice does every 360 ms.
bool repeats(const Hit& hit, const std::vector<Hit>& hits)
{
    return std::ranges::any_of(hits, [&](const Hit& other) {
        const std::ptrdiff_t apart = std::abs(other.at - hit.at);
        return other.sync == hit.sync && apart > 0 && apart % frame_symbols == 0 &&
               apart <= most_frames * frame_symbols;
    });
}

DmrReading read(const std::vector<FourLevels>& stretches)
{
    DmrReading reading;
    for (const FourLevels& symbols : stretches) {
        const auto hits = hits_in(symbols);
        for (const Hit& hit : hits) {
            if (hit.fit.likeness < sure_likeness && !repeats(hit, hits))
                continue;
            ++reading.frames;
            reading.likeness += hit.fit.likeness;
            if (hit.sync->voice)
                read_embedded(symbols, hit.at, hit.fit, reading);
            else
                read_slot_type(symbols, hit.at, hit.fit, reading);
        }
    }
    return reading;
}

std::optional<Sighting> look_at(Look& look)
{
    DmrReading best;
    for (const auto& stretches : four_level_readings(look)) {
        const DmrReading reading = read(stretches);
        if (reading.likeness + static_cast<double>(reading.votes) > best.likeness + static_cast<double>(best.votes))
            best = reading;
    }
    const auto most = std::max_element(best.colours.begin(), best.colours.end());
    const bool coloured = *most >= least_votes && 3 * *most > 2 * best.votes;
    if (best.frames < 2 && !coloured)
        return std::nullopt;
    Sighting s;
    s.system = "DMR";
    s.checked = true;
    s.confidence = coloured ? 0.99 : 0.9;
    if (coloured) {
        s.frames = *most;
        s.identity["colour_code"] = std::to_string(most - best.colours.begin());
    }
    if (best.frames > 0)
        s.seen.emplace_back("signature.seen.words", std::vector<Argument>{{"n", best.frames}});
    if (look.emission().modulation.name != "FSK4")
        s.modulation = Modulation{"FSK4", 0.95, 4800.0, 1944.0};
    return s;
}

} // namespace

extern const Signature signature_dmr;
const Signature signature_dmr{.info = {.id = "dmr", .system = "DMR", .proof = Proof::sync, .mistaken_for = "P25, YSF"},
                              .admits = may_be_four_levels,
                              .look = look_at};

} // namespace gacsong::detect
