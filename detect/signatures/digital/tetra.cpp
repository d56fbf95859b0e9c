// SPDX-License-Identifier: GPL-3.0-or-later
// TETRA (ETSI EN 300 392-2 §5, §9): π/4-DQPSK at 18 000 symbols a second in slots of 255 symbols, each with a training
// sequence in its middle. The synchronisation bursts of a base say which network it is. Nothing else is read.
#include "detect/signatures/digital/tetra_sync.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/linear.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 12e3;
constexpr double widest_hz = 40e3;
constexpr double symbol_rate_bd = 18000.0;
constexpr double roll_off = 0.35;
constexpr std::size_t phases = 8;
constexpr std::size_t slot_symbols = 255;
constexpr std::size_t most_symbols = 60000;
constexpr std::string_view normal_1 = "1101000011101001110100";
constexpr std::string_view normal_2 = "0111101001000011011110";
constexpr std::string_view synchronisation = "11000001100111001110100111000001100111";
constexpr std::size_t most_wrong_normal = 2; ///< of 22 bits: random symbols have either with 1.2e-4
constexpr std::size_t most_wrong_sync = 4;   ///< of 38 bits: 3e-7
constexpr std::int64_t least_slots = 5;      ///< in one place of the slots: 1e-6 a look

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.01 && m != "FSK2" &&
           m != "FSK4" && m != "WFM" && m != "carrier" && m != "CSS";
}

/// Soft bits, two a symbol, and how well the steps of the phase fit.
struct TetraBits {
    std::vector<float> soft;
    double phase = 0.0; ///< of the clock, symbols
    double fit = 0.0;
};

TetraBits bits_of(std::span<const std::complex<float>> samples, double rate_hz)
{
    TetraBits best;
    for (std::size_t p = 0; p < phases; ++p) {
        const double phase = static_cast<double>(p) / static_cast<double>(phases);
        const auto symbols = dsp::matched_symbols(samples, rate_hz, symbol_rate_bd, phase, roll_off, most_symbols);
        std::complex<double> fourth{};
        double power = 0.0;
        std::vector<std::complex<float>> steps;
        for (std::size_t k = 1; k < symbols.size(); ++k) {
            steps.push_back(symbols[k] * std::conj(symbols[k - 1]));
            const std::complex<double> d(steps.back());
            const double size = std::max(1e-20, std::abs(d));
            fourth += std::pow(d / size, 4) * size;
            power += size;
        }
        const double fit = power > 0.0 ? std::abs(fourth) / power : 0.0;
        if (fit <= best.fit)
            continue;
        const auto turn = std::complex<float>(std::polar(1.0, -0.25 * std::arg(-fourth)));
        best.fit = fit;
        best.phase = phase;
        best.soft.clear();
        for (const auto step : steps) {
            const auto upright = step * turn;
            best.soft.push_back(-upright.imag());
            best.soft.push_back(-upright.real());
        }
    }
    return best;
}

std::size_t wrong(std::span<const float> soft, std::string_view sequence)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < sequence.size(); ++i)
        count += (soft[i] > 0.0F) != (sequence[i] == '1') ? 1U : 0U;
    return count;
}

struct TetraHeard {
    std::array<std::int64_t, slot_symbols> places{}; ///< training sequences by their place in the grid of slots
    std::map<TetraNetwork, std::int64_t> networks;
};

void hear(const TetraBits& bits, double start_s, TetraHeard& heard)
{
    const std::span<const float> soft = bits.soft;
    for (std::size_t i = 0; i + synchronisation.size() <= soft.size(); i += 2) {
        const bool normal = wrong(soft.subspan(i), normal_1) <= most_wrong_normal ||
                            wrong(soft.subspan(i), normal_2) <= most_wrong_normal;
        if (normal) {
            const double symbol = start_s * symbol_rate_bd + bits.phase + 0.5 * static_cast<double>(i);
            const auto place = static_cast<std::size_t>(std::llround(symbol)) % slot_symbols;
            ++heard.places[place];
        }
        if (i < tetra_block_bits || wrong(soft.subspan(i), synchronisation) > most_wrong_sync)
            continue;
        if (const auto network = tetra_network(soft.subspan(i - tetra_block_bits).first<tetra_block_bits>()))
            ++heard.networks[*network];
    }
}

/// Training sequences in the place that has most; the clocks of both ends may move them by one.
std::int64_t slots_of(const TetraHeard& heard)
{
    std::int64_t most = 0;
    for (std::size_t i = 0; i < slot_symbols; ++i)
        most = std::max(most, heard.places[i] + heard.places[(i + 1) % slot_symbols]);
    return most;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 12.5e3;
    wanted.rate_hz = 72e3;
    wanted.most_s = 2.2;
    wanted.most_input = std::size_t{45} * 1000 * 1000;
    wanted.margin_s = 1e-3;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    TetraHeard heard;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p)
        hear(bits_of(clip.piece(p), clip.rate_hz), std::max(0.0, clip.pieces[p].start_s), heard);
    const std::int64_t slots = slots_of(heard);
    if (slots < least_slots && heard.networks.empty())
        return std::nullopt;
    Sighting s;
    s.system = "TETRA";
    s.checked = true;
    s.confidence = 0.9;
    if (slots >= least_slots)
        s.seen.emplace_back("signature.seen.sync", std::vector<Argument>{{"n", slots}});
    if (!heard.networks.empty()) {
        const auto most = std::max_element(heard.networks.begin(), heard.networks.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        s.confidence = 0.99;
        s.frames = most->second;
        s.identity["mcc"] = std::to_string(most->first.mcc);
        s.identity["mnc"] = std::to_string(most->first.mnc);
        s.identity["colour_code"] = std::to_string(most->first.colour);
    }
    s.modulation = Modulation{"DQPSK", 0.95, symbol_rate_bd, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_tetra;
const Signature signature_tetra{
    .info = {.id = "tetra", .system = "TETRA", .proof = Proof::crc, .mistaken_for = "QPSK links"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
