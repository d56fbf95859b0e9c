// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace gacsong::bench {

/// How two pieces of work are compared on a machine that is not quiet.
struct InterleaveSettings {
    std::size_t rounds = 60;  ///< at least 40, so that each side meets a quiet moment
    double slice_s = 0.003;   ///< a slice is as many calls as fill this time; short enough to fall between disturbances
    double warm_up_s = 0.020; ///< before anything is counted: caches, page faults, the clock of the core
};

/// What an interleaved comparison found. Times are seconds for one call.
struct Interleaved {
    double a_best_s = 0.0; ///< fastest slice of A / its calls
    double b_best_s = 0.0;
    double best_ratio = 0.0;   ///< a_best_s / b_best_s: below 1, A is faster
    double median_ratio = 0.0; ///< median over the rounds of A / B; far from best_ratio: too noisy to be quoted
    std::size_t rounds = 0;
};

namespace detail {

template <class Clock, class Work> double slice_s(Work& work, std::size_t calls)
{
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < calls; ++i)
        work();
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Calls that fill `wanted_s`, found by doubling.
template <class Clock, class Work> std::size_t calls_for(Work& work, double wanted_s)
{
    std::size_t calls = 1;
    for (double taken = slice_s<Clock>(work, calls); taken < wanted_s; taken = slice_s<Clock>(work, calls))
        calls *= 2;
    return calls;
}

inline double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace detail

/// Times `a` and `b` in alternating slices of a few milliseconds and compares the best slice of each: other jobs only
/// ever add time, so the best slice is the nearest to the truth, and alternating gives both sides the same chances.
/// \param a, b  callables without arguments that do the same amount of work, each call well under slice_s
template <class Clock = std::chrono::steady_clock, class A, class B>
[[nodiscard]] Interleaved interleave(A a, B b, const InterleaveSettings& settings = {})
{
    (void)detail::calls_for<Clock>(a, settings.warm_up_s);
    (void)detail::calls_for<Clock>(b, settings.warm_up_s);
    const std::size_t a_calls = detail::calls_for<Clock>(a, settings.slice_s);
    const std::size_t b_calls = detail::calls_for<Clock>(b, settings.slice_s);
    std::vector<double> a_times;
    std::vector<double> b_times;
    const auto time_a = [&] { a_times.push_back(detail::slice_s<Clock>(a, a_calls) / static_cast<double>(a_calls)); };
    const auto time_b = [&] { b_times.push_back(detail::slice_s<Clock>(b, b_calls) / static_cast<double>(b_calls)); };
    for (std::size_t round = 0; round < settings.rounds; ++round) {
        // Whoever comes second finds what the first left in the caches, so they take turns.
        if (round % 2 == 0) {
            time_a();
            time_b();
        } else {
            time_b();
            time_a();
        }
    }
    Interleaved result;
    result.rounds = settings.rounds;
    result.a_best_s = *std::min_element(a_times.begin(), a_times.end());
    result.b_best_s = *std::min_element(b_times.begin(), b_times.end());
    result.best_ratio = result.a_best_s / result.b_best_s;
    std::vector<double> ratios(a_times.size());
    std::transform(a_times.begin(), a_times.end(), b_times.begin(), ratios.begin(),
                   [](double x, double y) { return x / y; });
    result.median_ratio = detail::median(std::move(ratios));
    return result;
}

} // namespace gacsong::bench
