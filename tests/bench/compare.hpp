// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/interleaved.hpp"

#include <benchmark/benchmark.h>

#include <utility>

namespace gacsong::bench {

/// Body of a benchmark that compares `a` with `b`; register it with `once`:
///
///     void Convert(benchmark::State& state) { compare(state, 65536, [&] { … }, [&] { … }); }
///     BENCHMARK(Convert)->Apply(once);
///
/// Reports the time of A's best slice and the counters `ratio` (best A / best B), `median` (of the rounds' ratios),
/// `a_MSps` and `b_MSps` (million complex samples per second, where one call works on `samples` of them).
template <class A, class B>
void compare(benchmark::State& state, double samples, A a, B b, const InterleaveSettings& settings = {})
{
    Interleaved result;
    for (auto _ : state) {
        result = interleave(a, b, settings);
        state.SetIterationTime(result.a_best_s);
    }
    state.counters["ratio"] = result.best_ratio;
    state.counters["median"] = result.median_ratio;
    state.counters["a_MSps"] = samples / result.a_best_s * 1e-6;
    state.counters["b_MSps"] = samples / result.b_best_s * 1e-6;
}

/// One pass, timed by the comparison itself: repeating is its own affair.
inline void once(benchmark::internal::Benchmark* benchmark)
{
    benchmark->Iterations(1)->UseManualTime()->Unit(benchmark::kMicrosecond);
}

} // namespace gacsong::bench
