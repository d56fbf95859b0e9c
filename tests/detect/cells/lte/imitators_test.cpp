// SPDX-License-Identifier: GPL-3.0-or-later
// Strong signals that are no LTE but repeat every 5 or 10 ms, or look alike: none of them is a cell.
#include "tests/detect/cells/lte_trials.hpp"
#include "tests/support/random.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/chirp.hpp"
#include "tests/support/signals/dect.hpp"
#include "tests/support/signals/dmr.hpp"
#include "tests/support/signals/gsm.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace gacsong::test {
namespace {

constexpr double rate_hz = 1.92e6;
constexpr double seconds = 0.16;
constexpr double level_dbfs = -20.0; ///< 26 dB above the noise in the whole band
constexpr double noise_dbfs_hz = -109.0;

Placed placed(WaveformPtr waveform, double offset_hz, std::optional<Keying> keying = {})
{
    Placed out;
    out.waveform = std::move(waveform);
    out.offset_hz = offset_hz;
    out.level = Level::dbfs(level_dbfs);
    out.keying = std::move(keying);
    return out;
}

/// OFDM of 15 kHz whose symbols have a prefix of a quarter, 12 to a millisecond, the same again after 5 or 10 ms.
WaveformPtr repeated_symbols(double period_s, std::uint64_t seed)
{
    OfdmSettings settings;
    settings.fft_size = 128;
    settings.prefix = 32;
    settings.spacing_hz = 15e3;
    settings.carriers_each_side = 36;
    settings.symbols = static_cast<std::size_t>(std::lround(period_s * 12e3));
    settings.seed = seed;
    return ofdm(settings);
}

/// Random QPSK of a width, the same again after a time.
WaveformPtr repeated_data(double symbol_rate_hz, double period_s, std::uint64_t seed)
{
    LinearSettings settings;
    settings.symbol_rate_hz = symbol_rate_hz;
    settings.symbols =
        random_symbols(Constellation::qpsk, static_cast<std::size_t>(std::lround(symbol_rate_hz * period_s)), seed);
    return linear(settings);
}

std::vector<Placed> gsm_carriers(std::uint64_t seed)
{
    std::vector<Placed> out;
    for (int i = -3; i <= 3; ++i) {
        GsmSettings settings;
        settings.bcch = gsm_system_information();
        settings.ccch = {gsm_empty_paging()};
        settings.sync = i % 2 == 0;
        settings.seed = seed + static_cast<std::uint64_t>(i + 3);
        out.push_back(placed(gsm(settings), 200e3 * i));
    }
    return out;
}

std::vector<Placed> dect_bases(std::uint64_t seed)
{
    std::vector<Placed> out;
    for (unsigned slot = 0; slot < 24; slot += 2) {
        DectSettings settings;
        settings.slot = slot;
        settings.fixed_part = slot < 12;
        settings.rfpi += seed;
        settings.seed = seed + slot;
        out.push_back(placed(dect(settings), 30e3));
    }
    return out;
}

std::vector<Placed> comb(double spacing_hz)
{
    std::vector<Placed> out;
    for (double hz = -900e3; hz <= 900e3; hz += spacing_hz)
        out.push_back(placed(carrier(), hz));
    return out;
}

std::vector<Placed> dmr_channels(std::uint64_t seed)
{
    std::vector<Placed> out;
    for (int i = -20; i <= 20; ++i) {
        DmrSettings settings;
        settings.base_station = i % 2 == 0;
        settings.voice = i % 3 == 0;
        settings.seed = seed + static_cast<std::uint64_t>(i + 20);
        out.push_back(placed(dmr(settings), 25e3 * i));
    }
    return out;
}

using Signals = std::function<std::vector<Placed>(std::uint64_t)>;

struct Imitator {
    const char* name;
    Signals signals;
};

void PrintTo(const Imitator& imitator, std::ostream* out) { *out << imitator.name; }

const std::vector<Imitator>& imitators()
{
    static const std::vector<Imitator> all{
        {"SymbolsEvery5Milliseconds", [](auto seed) { return std::vector{placed(repeated_symbols(5e-3, seed), 0.0)}; }},
        {"SymbolsEvery10Milliseconds",
         [](auto seed) { return std::vector{placed(repeated_symbols(10e-3, seed), 0.0)}; }},
        {"SymbolsEveryMillisecond", [](auto seed) { return std::vector{placed(repeated_symbols(1e-3, seed), 0.0)}; }},
        {"DataEvery5Milliseconds", [](auto seed) { return std::vector{placed(repeated_data(1e6, 5e-3, seed), 0.0)}; }},
        {"DataEvery10Milliseconds",
         [](auto seed) { return std::vector{placed(repeated_data(1.2e6, 10e-3, seed), 20e3)}; }},
        {"BurstsEvery5Milliseconds",
         [](auto seed) {
             return std::vector{placed(repeated_data(9e5, 5e-3, seed), 0.0, Keying::periodic(5e-3, 6e-4, 1e-5))};
         }},
        {"GsmCarriers", gsm_carriers},
        {"DectBases", dect_bases},
        {"DmrChannels", dmr_channels},
        {"CombOfSubcarriers", [](auto) { return comb(15e3); }},
        {"CombOfBlocks", [](auto) { return comb(180e3); }},
        {"ChirpsOfASymbol",
         [](auto) {
             return std::vector{placed(chirp({945e3, 1.0 / 15e3, false}), 0.0)};
         }},
        {"ChirpsEvery5Milliseconds",
         [](auto) {
             return std::vector{placed(chirp({9e5, 5e-3, true}), 0.0)};
         }},
        {"PulsedChirps",
         [](auto) {
             return std::vector{placed(chirp({945e3, 5e-4, false}), 0.0, Keying::periodic(5e-3, 6.67e-5))};
         }},
    };
    return all;
}

class LteImitators : public ::testing::TestWithParam<Imitator> {};

detect::CellReport search(const Signals& signals, std::uint64_t seed, double scene_rate_hz = rate_hz)
{
    Scene scene;
    scene.sample_rate_hz = scene_rate_hz;
    scene.duration_s = seconds;
    scene.noise_dbfs_hz = noise_dbfs_hz;
    scene.signals = signals(seed);
    scene.seed = seed;
    Random random(mix64(seed));
    for (Placed& one : scene.signals)
        one.start_s = -random.uniform(0.0, 0.01);
    lte::Reception reception;
    reception.rate_hz = scene_rate_hz;
    reception.carrier_hz = 1855e6;
    return search_lte(scene.build(), reception);
}

void expect_no_cells(const Imitator& imitator, std::uint64_t seeds)
{
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
        for (const Cell& cell : search(imitator.signals, seed).cells)
            ADD_FAILURE() << imitator.name << ", seed " << seed << ": PCI " << cell.pci.value_or(999) << ' '
                          << *cell.duplex;
}

TEST_P(LteImitators, AreNoCells) { expect_no_cells(GetParam(), 1); }

TEST(LteImitatorsLong, AreNoCells)
{
    for (const Imitator& imitator : imitators())
        expect_no_cells(imitator, 30);
}

// What tells imitators apart does not cost cells that are too weak for their master information.
TEST(LteWeakCells, AreToldByTheirIdentity)
{
    unsigned found = 0;
    for (std::uint64_t number = 1; number <= 6; ++number) {
        LteTrial trial;
        trial.reception.seconds = 0.16;
        trial.reception.snr_db = -13.0;
        trial.reception.taps = lte::vehicular();
        const LteTrial one = random_lte_trial(trial, 5.0, number);
        const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
        for (const Cell& cell : report.cells) {
            EXPECT_EQ(cell.pci, one.settings.pci);
            ++found;
        }
    }
    EXPECT_GE(found, 3U);
}

INSTANTIATE_TEST_SUITE_P(All, LteImitators, ::testing::ValuesIn(imitators()),
                         [](const auto& one) { return std::string(one.param.name); });

} // namespace
} // namespace gacsong::test
