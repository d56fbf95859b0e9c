// SPDX-License-Identifier: GPL-3.0-or-later
// The LTE searcher: 80 ms at 1.92 MS/s, and a cell of 20 MHz with all that it broadcasts. `realtime` is seconds of
// signal for each second.
#include "detect/cells/lte/channel_search.hpp"
#include "tests/detect/cells/lte_trials.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace gacsong;
using namespace gacsong::test;

LteTrial trial_of(bool tdd)
{
    LteTrial out;
    out.settings.first_message = lte::example_first_message();
    out.settings.tdd = tdd;
    out.reception.carrier_hz = tdd ? 2360e6 : 1855e6;
    out.reception.snr_db = 0.0;
    out.reception.ppm = 5.0;
    return out;
}

void search_and_read(benchmark::State& state, const LteTrial& trial)
{
    const auto samples = lte::receive(trial.settings, trial.reception);
    LteOutcome outcome;
    for (auto _ : state)
        outcome = judge_lte(search_lte(samples, trial.reception), trial.settings, trial.reception);
    if (!outcome.master)
        state.SkipWithError("the cell was not read");
    state.counters["realtime"] = benchmark::Counter(trial.reception.seconds * static_cast<double>(state.iterations()),
                                                    benchmark::Counter::kIsRate);
    state.counters["sib1"] = outcome.first ? 1.0 : 0.0;
}

/// The search alone, one carrier looked for within so many Hz.
void search(benchmark::State& state, bool tdd)
{
    const LteTrial trial = trial_of(tdd);
    const auto samples = lte::receive(trial.settings, trial.reception);
    detect::CellInput input;
    input.format = SampleFormat::of(Component::f32);
    input.sample_rate_hz = trial.reception.rate_hz;
    input.center_hz = trial.reception.carrier_hz;
    detect::lte::SearchSpan span;
    span.offset_hz = static_cast<double>(state.range(0));
    span.ppm = 0.0;
    const detect::lte::Stretch stretch{input.format, std::as_bytes(std::span(samples)), input.sample_rate_hz};
    std::size_t found = 0;
    for (auto _ : state)
        found = detect::lte::ChannelSearch(input, span).search(stretch).size();
    if (found == 0)
        state.SkipWithError("the cell was not found");
}

void search_fdd(benchmark::State& state) { search(state, false); }
void search_tdd(benchmark::State& state) { search(state, true); }
void read_fdd(benchmark::State& state) { search_and_read(state, trial_of(false)); }
void read_tdd(benchmark::State& state) { search_and_read(state, trial_of(true)); }

void noise(benchmark::State& state)
{
    LteTrial trial = trial_of(false);
    trial.reception.snr_db = -60.0;
    const auto samples = lte::receive(trial.settings, trial.reception);
    for (auto _ : state)
        benchmark::DoNotOptimize(search_lte(samples, trial.reception));
}

void read_20mhz(benchmark::State& state)
{
    LteTrial trial = trial_of(false);
    trial.settings.blocks = 100;
    trial.settings.phich_resource = 2;
    trial.settings.aggregation = 8;
    trial.settings.others = lte::example_messages();
    trial.reception.snr_db = 15.0;
    trial.reception.rate_hz = static_cast<double>(state.range(0)) * 1e3;
    trial.reception.seconds = static_cast<double>(state.range(1)) * 1e-3;
    search_and_read(state, trial);
}

BENCHMARK(search_fdd)->Arg(50000)->Arg(220000)->Unit(benchmark::kMillisecond);
BENCHMARK(search_tdd)->Arg(50000)->Arg(220000)->Unit(benchmark::kMillisecond);
BENCHMARK(read_fdd)->Unit(benchmark::kMillisecond);
BENCHMARK(read_tdd)->Unit(benchmark::kMillisecond);
BENCHMARK(noise)->Unit(benchmark::kMillisecond);
// Two pieces of 0.64 s are searched, later ones only read but for each eighth.
BENCHMARK(read_20mhz)
    ->ArgNames({"kHz", "ms"})
    ->Args({20000, 320})
    ->Args({20000, 640})
    ->Args({20000, 1920})
    ->Args({30720, 640})
    ->Args({30720, 1920})
    ->Unit(benchmark::kMillisecond);

} // namespace
