// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/sweep/look_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::detect {
namespace {

Plan plan_with(double low_hz, double high_hz, const char* service, Licensing licensing)
{
    Plan plan;
    gacsong::Band band;
    band.row.low_hz = low_hz;
    band.row.high_hz = high_hz;
    band.service = service;
    band.licensing = licensing;
    plan.bands.push_back(band);
    return plan;
}

SweepWish wish(double low_hz, double high_hz, double rate_hz)
{
    SweepWish w;
    w.low_hz = low_hz;
    w.high_hz = high_hz;
    w.rate_hz = rate_hz;
    return w;
}

} // namespace

TEST(LookPlan, EachGridTakesEveryFrequencyOnce)
{
    for (const double high : {89.0e6, 108.0e6, 433.1e6}) {
        const auto looks = plan_looks(wish(87.0e6, high, 2.4e6), {}, {});
        for (const bool shifted : {false, true}) {
            double at = 87.0e6;
            for (const auto& look : looks) {
                if (look.shifted != shifted)
                    continue;
                EXPECT_NEAR(look.low_hz, at, 1e-3);
                EXPECT_LE(look.high_hz - look.center_hz, 0.4 * 2.4e6 + 1e-3);
                EXPECT_LE(look.center_hz - look.low_hz, 0.4 * 2.4e6 + 1e-3);
                at = look.high_hz;
            }
            EXPECT_NEAR(at, high, 1e-3);
        }
    }
}

TEST(LookPlan, NothingStandsAtTheTunedCentreOfBothGrids)
{
    const auto looks = plan_looks(wish(400e6, 470e6, 2.4e6), {}, {});
    for (double f = 400e6; f < 470e6; f += 1e3) {
        const bool clear = std::any_of(looks.begin(), looks.end(), [&](const PlannedLook& look) {
            return f >= look.low_hz && f < look.high_hz && std::abs(f - look.center_hz) > centre_share * 2.4e6;
        });
        ASSERT_TRUE(clear) << f;
    }
}

TEST(LookPlan, KeepsToWhatTheReceiverCanBeTunedTo)
{
    auto w = wish(24e6, 30e6, 2.4e6);
    w.tunable_low_hz = 24.5e6;
    for (const auto& look : plan_looks(w, {}, {}))
        EXPECT_GE(look.center_hz, 24.5e6);
    EXPECT_DOUBLE_EQ(w.reach_low_hz(), 24.5e6 - 0.96e6);
}

TEST(LookPlan, StaysLongWhereTransmissionsAreShort)
{
    const auto broadcast = plan_with(87e6, 108e6, "broadcasting FM", Licensing::broadcaster);
    const auto devices = plan_with(433e6, 435e6, "short-range devices", Licensing::closed);
    const double steady = usual_dwell_s(broadcast, 90e6, 91e6, {});
    const double brief = usual_dwell_s(devices, 433e6, 434e6, {});
    EXPECT_LT(steady, brief);
    EXPECT_DOUBLE_EQ(usual_dwell_s(broadcast, 107e6, 109e6, {}), steady);
    auto guarded = broadcast;
    ProtectedBand band;
    band.row.low_hz = 90e6;
    band.row.high_hz = 90.1e6;
    guarded.protected_bands.push_back(band);
    EXPECT_GT(usual_dwell_s(guarded, 90e6, 91e6, {}), steady);
    auto w = wish(90e6, 91e6, 2.4e6);
    w.dwell_s = 1.5;
    EXPECT_DOUBLE_EQ(plan_looks(w, guarded, {}).front().dwell_s, 1.5);
}

TEST(LookPlan, ProbabilityOfInterceptIsThatOfTheHandbook)
{
    // min(1, (τ + T_d)/T_R), monitoring.md §1.1.
    EXPECT_DOUBLE_EQ(intercept(0.05, 0.1, 6.0), 0.025);
    EXPECT_DOUBLE_EQ(intercept(2.0, 0.1, 6.0), 0.35);
    EXPECT_DOUBLE_EQ(intercept(10.0, 0.1, 6.0), 1.0);
    const std::vector<PlannedLook> round{{1, 0, 2, 0.1, false}, {2, 1, 3, 0.3, true}};
    EXPECT_DOUBLE_EQ(revisit_s(round, 0.05), 0.25);
}

TEST(LookPlan, ASecondLookIsTunedElsewhere)
{
    auto w = wish(400e6, 410e6, 2.4e6);
    const std::vector<double> earlier{405e6 + 0.23 * 2.4e6, 405e6};
    const auto center = second_tuning(405e6, earlier, w);
    ASSERT_TRUE(center);
    for (const double other : earlier)
        EXPECT_GE(std::abs(*center - other), 0.05 * 2.4e6);
    EXPECT_GT(std::abs(*center - 405e6), centre_share * 2.4e6);
    EXPECT_LT(std::abs(*center - 405e6), 0.4 * 2.4e6);
    w.tunable_low_hz = w.tunable_high_hz = 405e6;
    EXPECT_FALSE(second_tuning(405e6, earlier, w));
}

} // namespace gacsong::detect
