// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/interleaved.hpp"

#include <gtest/gtest.h>

namespace gacsong::bench {

namespace {

/// A clock that only moves when somebody works.
struct WorkClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<WorkClock>;
    static inline duration passed{};
    static time_point now() { return time_point{passed}; }
};

} // namespace

TEST(Interleaved, FindsTheRatioOfTwoWorks)
{
    const auto result = interleave<WorkClock>([] { WorkClock::passed += std::chrono::microseconds(30); },
                                              [] { WorkClock::passed += std::chrono::microseconds(40); });
    EXPECT_NEAR(result.best_ratio, 0.75, 1e-9);
    EXPECT_NEAR(result.median_ratio, 0.75, 1e-9);
    EXPECT_NEAR(result.a_best_s, 30e-6, 1e-12);
    EXPECT_EQ(result.rounds, 60U);
}

TEST(Interleaved, IsNotMovedByDisturbances)
{
    // Seven slices in eight are disturbed: with another prime for each side, so that they do not fall together.
    int a_calls = 0;
    int b_calls = 0;
    const auto work = [](int& calls, int rhythm, int us) {
        const bool disturbed = ++calls / 128 % rhythm != 0;
        WorkClock::passed += std::chrono::microseconds(disturbed ? 10 * us : us);
    };
    const auto result = interleave<WorkClock>([&] { work(a_calls, 8, 20); }, [&] { work(b_calls, 7, 20); },
                                              {.rounds = 200, .slice_s = 0.003, .warm_up_s = 0.02});
    EXPECT_NEAR(result.best_ratio, 1.0, 0.02);
}

} // namespace gacsong::bench
