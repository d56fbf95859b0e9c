// SPDX-License-Identifier: GPL-3.0-or-later
// The GSM searcher on one carrier and on a band with eight; `seconds_per_s` is processor time for each second of
// signal.
#include "detect/cells/cell_searcher.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/gsm.hpp"

#include <benchmark/benchmark.h>

#include <map>
#include <tuple>

namespace {

using namespace gacsong;
using namespace gacsong::test;

struct Band {
    double rate_hz;
    double center_hz;
    unsigned carriers;
    double seconds;
    bool sync = true; ///< false: carriers of traffic alone
};

const std::vector<std::byte>& samples_of(const Band& band)
{
    static std::map<std::tuple<double, unsigned, bool>, std::vector<std::byte>> made;
    auto& bytes = made[{band.rate_hz, band.carriers, band.sync}];
    if (!bytes.empty())
        return bytes;
    Scene scene;
    scene.sample_rate_hz = band.rate_hz;
    scene.center_hz = band.center_hz;
    scene.duration_s = band.seconds;
    scene.noise_dbfs_hz = -125.0;
    for (unsigned i = 0; i < band.carriers; ++i) {
        GsmSettings cell;
        cell.bsic = 8 + i;
        cell.first_frame = 3333 * i;
        cell.frames = 51 * 8;
        cell.bcch = gsm_system_information();
        cell.ccch = {gsm_empty_paging()};
        cell.sync = band.sync;
        Placed placed;
        placed.waveform = gsm(cell);
        placed.level = Level::dbfs(-30.0 - i);
        placed.offset_hz = band.carriers == 1 ? 0.0 : -7e6 + 2e6 * i;
        scene.signals.push_back(placed);
    }
    bytes = scene.build(*parse_sample_format("cs8"));
    return bytes;
}

void search(benchmark::State& state, const Band& band)
{
    const auto& bytes = samples_of(band);
    detect::CellInput input;
    input.format = *parse_sample_format("cs8");
    input.sample_rate_hz = band.rate_hz;
    input.center_hz = band.center_hz;
    input.threads = static_cast<unsigned>(state.range(0));
    std::size_t cells = 0;
    for (auto _ : state) {
        const auto searcher = detect::all_cell_searchers().front()(input);
        constexpr std::size_t piece = 1U << 19U;
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            searcher->add(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)));
        searcher->finish();
        cells = searcher->take().cells.size();
    }
    if (cells != (band.sync ? band.carriers : 0))
        state.SkipWithError("not all cells were found");
    state.counters["realtime"] =
        benchmark::Counter(band.seconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
    state.counters["cells"] = static_cast<double>(cells);
}

void one_carrier(benchmark::State& state) { search(state, {13e6 / 30.0, 947.4e6, 1, 8.0}); }
void eight_carriers(benchmark::State& state) { search(state, {20e6, 947.4e6, 8, 2.0}); }
void eight_of_traffic(benchmark::State& state) { search(state, {20e6, 947.4e6, 8, 2.0, false}); }
void no_carrier(benchmark::State& state) { search(state, {20e6, 947.4e6, 0, 2.0}); }

BENCHMARK(one_carrier)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(eight_carriers)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(eight_of_traffic)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(no_carrier)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

} // namespace
