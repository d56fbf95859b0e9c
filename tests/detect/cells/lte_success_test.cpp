// SPDX-License-Identifier: GPL-3.0-or-later
// How weak cells may be (docs/lte.md); the quick tests look at a few receptions near the targets, the long ones at
// more.
#include "tests/detect/cells/lte_trials.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {
namespace {

struct Counts {
    unsigned trials = 0;
    unsigned pci = 0;
    unsigned master = 0;
    unsigned first = 0;
    unsigned wrong = 0;
};

Counts count_successes(const LteTrial& trial, unsigned trials)
{
    Counts out;
    out.trials = trials;
    for (unsigned i = 0; i < trials; ++i) {
        const LteTrial one = random_lte_trial(trial, 10.0, 77 + i);
        const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
        const LteOutcome outcome = judge_lte(report, one.settings, one.reception);
        out.pci += outcome.pci ? 1 : 0;
        out.master += outcome.master ? 1 : 0;
        out.first += outcome.first ? 1 : 0;
        out.wrong += outcome.wrong;
    }
    return out;
}

LteTrial trial_of(double snr_db, double seconds)
{
    LteTrial out;
    out.settings.first_message = lte::example_first_message();
    out.reception.snr_db = snr_db;
    out.reception.seconds = seconds;
    return out;
}

LteTrial tdd_of(LteTrial trial)
{
    trial.settings.tdd = true;
    trial.reception.carrier_hz = 2360e6;
    return trial;
}

LteTrial echoes_of(LteTrial trial, std::vector<lte::Tap> taps)
{
    trial.reception.taps = std::move(taps);
    return trial;
}

bool nine_of_ten(unsigned successes, unsigned trials) { return 10 * successes >= 9 * trials; }

// In 80 ms the primary signal does not tell the pace of the next carrier of the raster, 54 ppm away, from its own: with
// that pace these two were lost for good.
TEST(LteSuccess, AWeakCellIsNotLostByThePaceOfTheNextCarrier)
{
    for (const auto& [number, snr_db] : {std::pair{28033U, -7.0}, std::pair{2031U, -9.0}}) {
        const LteTrial one = random_lte_trial(trial_of(snr_db, 0.08), 10.0, number);
        const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
        const LteOutcome outcome = judge_lte(report, one.settings, one.reception);
        EXPECT_TRUE(outcome.pci && outcome.master) << number;
        EXPECT_EQ(outcome.wrong, 0U) << number;
    }
}

// The begin of the frames that is told comes from several half frames, none of which is sure of its own.
TEST(LteSuccess, OneUnsureHalfFrameDoesNotMoveTheFrames)
{
    const LteTrial one = random_lte_trial(echoes_of(trial_of(-2.0, 0.32), lte::vehicular()), 10.0, 4038);
    const auto report = search_lte(lte::receive(one.settings, one.reception), one.reception);
    const LteOutcome outcome = judge_lte(report, one.settings, one.reception);
    EXPECT_TRUE(outcome.master);
    EXPECT_EQ(outcome.wrong, 0U);
}

void expect_masters(const LteTrial& trial, unsigned trials)
{
    const Counts counts = count_successes(trial, trials);
    EXPECT_TRUE(nine_of_ten(counts.master, trials)) << counts.master << " of " << trials;
    EXPECT_TRUE(nine_of_ten(counts.pci, trials)) << counts.pci << " of " << trials;
    EXPECT_EQ(counts.wrong, 0U);
}

void expect_first_messages(const LteTrial& trial, unsigned trials)
{
    const Counts counts = count_successes(trial, trials);
    EXPECT_TRUE(nine_of_ten(counts.first, trials)) << counts.first << " of " << trials;
    EXPECT_EQ(counts.wrong, 0U);
}

void expect_identities(const LteTrial& trial, unsigned trials)
{
    const Counts counts = count_successes(trial, trials);
    EXPECT_TRUE(nine_of_ten(counts.pci, trials)) << counts.pci << " of " << trials;
    EXPECT_EQ(counts.wrong, 0U);
}

TEST(LteSuccess, IdentityAtMinus10Decibels) { expect_identities(trial_of(-10.0, 0.08), 6); }
TEST(LteSuccess, MasterInformationAtMinus9Decibels) { expect_masters(tdd_of(trial_of(-9.0, 0.08)), 6); }
TEST(LteSuccess, MasterInformationAtMinus6DecibelsWithEchoes)
{
    expect_masters(echoes_of(trial_of(-6.0, 0.08), lte::vehicular()), 6);
}
TEST(LteSuccess, FirstMessageAtMinus3Decibels) { expect_first_messages(trial_of(-3.0, 0.32), 3); }

TEST(LteSuccessLong, IdentityAtMinus10Decibels)
{
    expect_identities(trial_of(-10.0, 0.08), 50);
    expect_identities(tdd_of(trial_of(-10.0, 0.08)), 50);
}

TEST(LteSuccessLong, MasterInformationAtMinus9Decibels)
{
    LteTrial two = trial_of(-9.0, 0.08);
    two.settings.ports = 2;
    expect_masters(trial_of(-9.0, 0.08), 50);
    expect_masters(tdd_of(trial_of(-9.0, 0.08)), 50);
    expect_masters(two, 50);
}

TEST(LteSuccessLong, MasterInformationAtMinus6DecibelsWithEchoes)
{
    expect_masters(echoes_of(trial_of(-6.0, 0.08), lte::pedestrian()), 50);
    expect_masters(echoes_of(trial_of(-6.0, 0.08), lte::vehicular()), 50);
}

TEST(LteSuccessLong, FirstMessageAtMinus3Decibels)
{
    LteTrial two = trial_of(-3.0, 0.32);
    two.settings.ports = 2;
    expect_first_messages(trial_of(-3.0, 0.32), 20);
    expect_first_messages(tdd_of(trial_of(-3.0, 0.32)), 20);
    expect_first_messages(two, 20);
}

TEST(LteSuccessLong, FirstMessageAt0DecibelsWithEchoes)
{
    expect_first_messages(echoes_of(trial_of(0.0, 0.32), lte::pedestrian()), 20);
    expect_first_messages(echoes_of(trial_of(0.0, 0.32), lte::vehicular()), 20);
}

/// Cells of any kind in white noise of 100 ms.
std::size_t cells_in_noise(unsigned recordings)
{
    lte::Reception reception;
    reception.seconds = 0.1;
    std::size_t cells = 0;
    for (unsigned i = 0; i < recordings; ++i) {
        std::vector<std::complex<float>> samples(192000);
        add_white_noise(mix64(i) + 1, 0, 1e-2, samples);
        cells += search_lte(samples, reception).cells.size();
    }
    return cells;
}

TEST(LteNoise, HoldsNoCell) { EXPECT_EQ(cells_in_noise(8), 0U); }
TEST(LteNoiseLong, HoldsNoCellInAThousandRecordings) { EXPECT_EQ(cells_in_noise(1000), 0U); }

TEST(LteTruncated, ReceptionsOfAnyLengthAreReadWithoutHarm)
{
    LteTrial trial = random_lte_trial(trial_of(15.0, 0.08), 10.0, 3);
    const auto all = lte::receive(trial.settings, trial.reception);
    Random random(5);
    for (const double seconds : {0.0, 1e-5, 0.001, 0.0046, 0.0051, 0.007, 0.0101, 0.013, 0.021, 0.037}) {
        const auto first = static_cast<std::size_t>(random.uniform(0.0, 0.04) * trial.reception.rate_hz);
        const auto count = static_cast<std::size_t>(seconds * trial.reception.rate_hz);
        const std::vector part(all.begin() + static_cast<std::ptrdiff_t>(first),
                               all.begin() + static_cast<std::ptrdiff_t>(first + count));
        for (const Cell& cell : search_lte(part, trial.reception).cells)
            EXPECT_EQ(cell.pci, trial.settings.pci) << seconds;
    }
}

TEST(LteTruncated, LostSamplesDoNoHarm)
{
    LteTrial trial = random_lte_trial(trial_of(15.0, 0.16), 10.0, 4);
    auto samples = lte::receive(trial.settings, trial.reception);
    Random random(6);
    for (int i = 0; i < 12; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(random.uniform() * 0.9 * static_cast<double>(samples.size()));
        const auto count = static_cast<std::ptrdiff_t>(random.below(3000));
        if (i % 2 == 0)
            samples.erase(samples.begin() + at, samples.begin() + std::min(at + count, std::ssize(samples)));
        else
            std::fill_n(samples.begin() + at, std::min(count, std::ssize(samples) - at), std::complex<float>{});
    }
    for (const Cell& cell : search_lte(samples, trial.reception).cells)
        EXPECT_EQ(cell.pci, trial.settings.pci);
}

} // namespace
} // namespace gacsong::test
