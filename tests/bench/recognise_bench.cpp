// SPDX-License-Identifier: GPL-3.0-or-later
// Naming against playing: 20 MS/s with thirty stations of FM broadcasting that last as long as the recording, the
// worst that a band of Vietnam holds. CPU time of all threads; `of_real_time` is that over the length of the recording
// on two cores.
#include "detect/line/line.hpp"
#include "detect/rules/context.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "tests/bench/compare.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/sources.hpp"

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <random>

namespace gacsong::bench {

namespace {

using namespace test;
using Complex = std::complex<float>;

constexpr double rate_hz = 20e6;
constexpr std::size_t widening = 64; ///< a station is made at 312.5 kS/s
constexpr int stations = 30;
constexpr double raster_hz = 600e3;

double cpu_s()
{
    timespec at{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
}

std::vector<Complex> station(int number, double length_s)
{
    Scene scene;
    scene.sample_rate_hz = rate_hz / static_cast<double>(widening);
    scene.duration_s = length_s;
    scene.noise_dbfs_hz = std::nullopt;
    Placed placed;
    WfmSettings settings;
    settings.seed = static_cast<std::uint64_t>(number) + 1;
    settings.rds = RdsSettings{static_cast<std::uint16_t>(0x1200 + number), "STATION" + std::to_string(number % 10)};
    placed.waveform = wfm(settings);
    placed.level = Level::dbfs(-30.0 - static_cast<double>(number % 7));
    scene.signals = {placed};
    return scene.build();
}

/// All of them side by side, by way of the spectrum of the whole recording, in cs8.
std::shared_ptr<const MemoryRecording> band(double length_s)
{
    const auto narrow = static_cast<std::size_t>(std::lround(length_s * rate_hz / static_cast<double>(widening)));
    const std::size_t wide = narrow * widening;
    dsp::AlignedArray<Complex> spectrum(wide);
    std::fill_n(spectrum.data(), wide, Complex{});
    {
        const dsp::FftPlan plan(narrow, dsp::Direction::forward, dsp::Planning::quick);
        dsp::AlignedArray<Complex> in(narrow);
        dsp::AlignedArray<Complex> out(narrow);
        for (int s = 0; s < stations; ++s) {
            const auto samples = station(s, length_s);
            std::copy_n(samples.begin(), narrow, in.data());
            plan.execute(in.data(), out.data());
            const double offset_hz = (static_cast<double>(s) - 0.5 * (stations - 1)) * raster_hz;
            const auto shift = static_cast<std::int64_t>(std::llround(offset_hz * length_s));
            for (std::size_t k = 0; k < narrow; ++k) {
                const auto from = static_cast<std::int64_t>(k < narrow / 2 ? k : k + wide - narrow);
                const auto to = static_cast<std::size_t>(from + shift + static_cast<std::int64_t>(wide)) % wide;
                spectrum[to] += out[k];
            }
        }
    }
    dsp::AlignedArray<Complex> samples(wide);
    dsp::FftPlan(wide, dsp::Direction::inverse, dsp::Planning::quick).execute(spectrum.data(), samples.data());
    MemoryRecording recording;
    recording.format = SampleFormat::of(Component::s8);
    recording.sample_rate_hz = rate_hz;
    recording.center_hz = 98e6;
    recording.bytes.resize(2 * wide);
    std::mt19937 random(1);
    std::normal_distribution<float> noise(0.0F, 1.0F);
    std::vector<float> pool(1U << 20U);
    for (float& value : pool)
        value = noise(random);
    const float scale = 127.0F / static_cast<float>(narrow);
    for (std::size_t i = 0; i < wide; ++i) {
        const float parts[] = {samples[i].real(), samples[i].imag()};
        for (std::size_t c = 0; c < 2; ++c) {
            const float value = parts[c] * scale + pool[(2 * i + c) * 40503U % pool.size()];
            recording.bytes[2 * i + c] =
                static_cast<std::byte>(static_cast<std::int8_t>(std::lround(std::clamp(value, -127.0F, 127.0F))));
        }
    }
    return std::make_shared<const MemoryRecording>(std::move(recording));
}

class Counter final : public Sink {
public:
    Status emission(const Emission& emission) override
    {
        emissions += 1;
        named += emission.system.identity.contains("rds_ps") ? 1 : 0;
        return {};
    }
    int emissions = 0;
    int named = 0;
};

void ThirtyStations(benchmark::State& state)
{
    const double length_s = 1e-3 * static_cast<double>(state.range(0));
    const auto recording = band(length_s);
    const MemoryHistory history(recording);
    for (auto _ : state) {
        MemorySource source(recording);
        Counter counter;
        Sink* const sinks[] = {&counter};
        LineSettings settings;
        settings.recognise = std::getenv("GACSONG_BENCH_NAMELESS") == nullptr;
        const double begin = cpu_s();
        benchmark::DoNotOptimize(
            run_line(source, history, Judge(std::make_shared<JudgeContext>()), settings, sinks, {}));
        const double spent = cpu_s() - begin;
        state.SetIterationTime(spent);
        state.counters["cpu_s"] = spent;
        state.counters["of_real_time"] = 0.5 * spent / length_s;
        state.counters["emissions"] = counter.emissions;
        state.counters["with_name"] = counter.named;
    }
}

} // namespace

BENCHMARK(ThirtyStations)->Arg(1000)->Arg(2000)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

} // namespace gacsong::bench
