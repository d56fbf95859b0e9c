// SPDX-License-Identifier: GPL-3.0-or-later
// Several cells on one carrier: weaker ones beside a strong one.
#include "tests/detect/cells/lte_trials.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {
namespace {

struct Neighbours {
    const char* name;
    std::vector<double> levels_db; ///< of the cells, the first being the strongest
    bool same_primary;             ///< PCI mod 3 is the same
    bool same_time;                ///< frames begin together, as those of sectors of one station do
    bool tdd = false;
    std::vector<lte::Tap> taps{};
};

void PrintTo(const Neighbours& one, std::ostream* out) { *out << one.name; }

struct Scene {
    std::vector<lte::Settings> cells;
    std::vector<std::complex<float>> samples;
    lte::Reception reception;
};

Scene scene_of(const Neighbours& neighbours, std::uint64_t number)
{
    Random random(mix64(number) ^ 0x6E626F7273ULL);
    Scene out;
    out.reception.seconds = 0.16;
    out.reception.carrier_hz = neighbours.tdd ? 2360e6 : 1855e6;
    out.reception.ppm = random.uniform(-5.0, 5.0);
    out.reception.taps = neighbours.taps;
    const double begin_s = random.uniform(0.01, 0.08);
    const unsigned identity = random.below(3);
    for (std::size_t i = 0; i < neighbours.levels_db.size(); ++i) {
        lte::Settings settings;
        do
            settings.pci = 3 * random.below(168) +
                           (neighbours.same_primary ? identity : (identity + static_cast<unsigned>(i)) % 3);
        while (std::ranges::find(out.cells, settings.pci, &lte::Settings::pci) != out.cells.end());
        settings.ports = 2;
        settings.tdd = neighbours.tdd;
        settings.first_frame = random.below(1024);
        settings.seed = 100 * number + i;
        lte::Reception reception = out.reception;
        reception.begin_s = neighbours.same_time ? begin_s + random.uniform(0.0, 2e-6) : random.uniform(0.01, 0.08);
        reception.seed = settings.seed;
        reception.noise = i == 0;
        reception.snr_db = 15.0;
        const auto samples = lte::receive(settings, reception);
        const auto level = static_cast<float>(std::pow(10.0, neighbours.levels_db[i] / 20.0));
        out.samples.resize(samples.size());
        for (std::size_t n = 0; n < samples.size(); ++n)
            out.samples[n] += level * samples[n];
        out.cells.push_back(settings);
    }
    return out;
}

struct Found {
    std::vector<unsigned> cells;
    std::vector<unsigned> masters;
    unsigned wrong = 0;
};

Found find(const Neighbours& neighbours, unsigned trials)
{
    Found out;
    out.cells.resize(neighbours.levels_db.size());
    out.masters = out.cells;
    for (unsigned i = 0; i < trials; ++i) {
        const Scene scene = scene_of(neighbours, 1 + i);
        const auto report = search_lte(scene.samples, scene.reception);
        for (const Cell& cell : report.cells) {
            const auto there = std::ranges::find_if(
                scene.cells, [&](const lte::Settings& settings) { return settings.pci == cell.pci; });
            if (there == scene.cells.end()) {
                ++out.wrong;
                continue;
            }
            const auto at = static_cast<std::size_t>(there - scene.cells.begin());
            ++out.cells[at];
            out.masters[at] += cell.resource_blocks == 6 && cell.ports == 2 ? 1 : 0;
        }
    }
    return out;
}

class LteNeighbours : public ::testing::TestWithParam<Neighbours> {};

void expect_found(const Neighbours& neighbours, unsigned trials, unsigned missed)
{
    const Found found = find(neighbours, trials);
    EXPECT_EQ(found.wrong, 0U) << neighbours.name;
    for (std::size_t i = 0; i < found.cells.size(); ++i) {
        EXPECT_GE(found.cells[i] + (i == 0 ? 0 : missed), trials) << neighbours.name << ' ' << neighbours.levels_db[i];
        EXPECT_EQ(found.masters[i], found.cells[i]) << neighbours.name << ' ' << neighbours.levels_db[i];
    }
}

TEST_P(LteNeighbours, AreFoundBesideTheStrongest) { expect_found(GetParam(), 3, 1); }

INSTANTIATE_TEST_SUITE_P(
    All, LteNeighbours,
    ::testing::Values(Neighbours{"OtherPrimaryOtherTime", {0.0, -10.0}, false, false},
                      Neighbours{"OtherPrimarySameTime", {0.0, -10.0}, false, true},
                      Neighbours{"SamePrimaryOtherTime", {0.0, -10.0}, true, false},
                      Neighbours{"SamePrimarySameTime", {0.0, -10.0}, true, true},
                      Neighbours{"SamePrimarySameTime6", {0.0, -6.0}, true, true},
                      Neighbours{"TddSameTime", {0.0, -10.0}, false, true, true},
                      Neighbours{"TddSamePrimarySameTime", {0.0, -10.0}, true, true, true},
                      Neighbours{"ThreeOfOneStation", {0.0, -6.0, -10.0}, false, true},
                      Neighbours{"SamePrimaryOtherTime6", {0.0, -6.0}, true, false},
                      Neighbours{"Echoes", {0.0, -10.0}, false, true, false, lte::vehicular()},
                      Neighbours{"SamePrimaryEchoes", {0.0, -10.0}, true, true, false, lte::pedestrian()}),
    [](const auto& one) { return std::string(one.param.name); });

/// Of one identity, at one frequency, 140 µs apart: P07 needs both.
TEST(LteClone, StandsBesideItsOriginal)
{
    lte::Settings settings;
    settings.pci = 211;
    settings.ports = 2;
    lte::Reception reception;
    reception.seconds = 0.16;
    reception.snr_db = 20.0;
    reception.begin_s = 0.0123;
    auto samples = lte::receive(settings, reception);
    settings.first_frame = 500;
    settings.seed = 7;
    reception.seed = 7;
    reception.noise = false;
    reception.begin_s -= 140e-6;
    const auto clone = lte::receive(settings, reception);
    const auto level = static_cast<float>(std::pow(10.0, -4.0 / 20.0));
    for (std::size_t n = 0; n < samples.size(); ++n)
        samples[n] += level * clone[n];
    const auto report = search_lte(samples, reception);
    ASSERT_EQ(report.cells.size(), 2U);
    const Cell& a = report.cells[0];
    const Cell& b = report.cells[1];
    EXPECT_EQ(a.pci, 211U);
    EXPECT_EQ(b.pci, 211U);
    ASSERT_TRUE(a.frame_start_s && b.frame_start_s);
    EXPECT_NEAR(std::abs(std::remainder(*a.frame_start_s - *b.frame_start_s, 1e-2)), 140e-6, 3e-6);
    EXPECT_NE(a.sfn, b.sfn);
}

} // namespace
} // namespace gacsong::test
