// SPDX-License-Identifier: GPL-3.0-or-later
// The whole line against the bare transform and against its own spectra. Times are CPU time of all threads, so that
// the fractions hold for each core whatever else the machine does.
#include "detect/line/line.hpp"
#include "detect/line/slabs.hpp"
#include "detect/rules/context.hpp"
#include "detect/spectral/detector.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "tests/bench/compare.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

namespace gacsong::bench {

namespace {

using namespace test;

/// CPU time of the process, all threads.
struct CpuClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<CpuClock>;
    static constexpr bool is_steady = true;
    static time_point now()
    {
        timespec at{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
        return time_point(std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec));
    }
};

/// Anonymous memory of the process in MiB (RssAnon of /proc/self/status).
double anonymous_mib()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string name;
        double kib = 0.0;
        if (words >> name >> kib && name == "RssAnon:")
            return kib / 1024.0;
    }
    return 0.0;
}

class NoSink final : public Sink {
public:
    Status emission(const Emission& emission) override
    {
        count += 1;
        solid += emission.quality == Quality::poor ? 0 : 1;
        return {};
    }
    void progress(const Progress& /*progress*/) override
    {
        // Asking costs as much as a tenth of a slab.
        if (asked++ % 64 == 0)
            most_mib = std::max(most_mib, anonymous_mib());
    }
    int count = 0;
    int solid = 0;
    unsigned asked = 0;
    double most_mib = 0.0;
};

/// Gaussian-like noise in cs8 made as it is read (a component is the number of ones of a random word, 4 LSB rms),
/// with three carriers on request. Constant memory, any length.
class NoiseSource final : public SampleSource {
public:
    NoiseSource(double rate_hz, std::uint64_t samples, std::uint64_t seed) : left_(samples), state_(seed | 1U)
    {
        info_.format = SampleFormat::of(Component::s8);
        info_.sample_rate_hz = rate_hz;
        info_.length = samples;
    }
    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] std::optional<Message> shortfall() const override { return std::nullopt; }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        if (left_ == 0)
            return std::nullopt;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>({most, left_, 1U << 18U}));
        auto bytes = std::make_shared<std::vector<std::byte>>(2 * count);
        for (auto& byte : *bytes)
            byte = static_cast<std::byte>(static_cast<std::int8_t>(std::popcount(word()) - 32));
        Block block;
        block.bytes = *bytes;
        block.first_sample = at_;
        block.owner = bytes;
        if (at_ == 0)
            block.begins = Segment{};
        at_ += count;
        left_ -= count;
        return std::optional(std::move(block));
    }

private:
    std::uint64_t word() // splitmix64
    {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    StreamInfo info_;
    std::uint64_t left_;
    std::uint64_t at_ = 0;
    std::uint64_t state_;
};

/// Nothing is at hand: what noise gives is not measured anew.
class NoHistory final : public History {
public:
    [[nodiscard]] std::uint64_t first() const override { return 0; }
    [[nodiscard]] std::uint64_t end() const override { return std::numeric_limits<std::uint64_t>::max(); }
    [[nodiscard]] Status read(std::uint64_t /*first*/, std::span<std::complex<float>> out) const override
    {
        std::fill(out.begin(), out.end(), std::complex<float>{});
        return {};
    }
};

/// A recording over and over: long scans without long memory.
class RepeatSource final : public SampleSource {
public:
    RepeatSource(std::shared_ptr<const MemoryRecording> recording, int times)
        : recording_(std::move(recording)), info_(MemorySource(recording_).info()), times_(times)
    {
        info_.length = *info_.length * static_cast<std::uint64_t>(times);
    }
    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] std::optional<Message> shortfall() const override { return std::nullopt; }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        const std::uint64_t whole = recording_->bytes.size() / 2;
        if (at_ >= *info_.length)
            return std::nullopt;
        const std::uint64_t count = std::min<std::uint64_t>(most, whole - at_ % whole);
        Block block;
        block.bytes = std::span(recording_->bytes).subspan(2 * (at_ % whole), 2 * count);
        block.first_sample = at_;
        block.owner = recording_;
        if (at_ == 0)
            block.begins = Segment{0, recording_->center_hz, std::nullopt, 0, {}};
        at_ += count;
        return std::optional(std::move(block));
    }

private:
    std::shared_ptr<const MemoryRecording> recording_;
    StreamInfo info_;
    int times_;
    std::uint64_t at_ = 0;
};

/// … and what has passed of it.
class RepeatHistory final : public History {
public:
    explicit RepeatHistory(std::shared_ptr<const MemoryRecording> recording) : once_(std::move(recording)) {}
    [[nodiscard]] std::uint64_t first() const override { return 0; }
    [[nodiscard]] std::uint64_t end() const override { return std::numeric_limits<std::uint64_t>::max(); }
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override
    {
        while (!out.empty()) {
            const std::uint64_t from = first_sample % once_.end();
            const auto count = std::min<std::uint64_t>(out.size(), once_.end() - from);
            if (auto status = once_.read(from, out.first(count)); !status)
                return status;
            first_sample += count;
            out = out.subspan(count);
        }
        return {};
    }

private:
    MemoryHistory once_;
};

/// A second of a sparse band: noise and five emissions.
std::shared_ptr<const MemoryRecording> sparse_band(double rate_hz, double length_s)
{
    Scene scene;
    scene.noise_dbfs_hz = -35.0 - 10.0 * std::log10(rate_hz); // 35 dB below full scale: 2 to 3 LSB of cs8
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = length_s;
    scene.center_hz = 410e6; // where no base stations are looked for
    for (const double place : {-0.31, -0.12, 0.05, 0.22, 0.37}) {
        Placed placed;
        placed.waveform = place > 0.0 ? carrier() : noise_band(0.005 * rate_hz);
        placed.offset_hz = place * rate_hz;
        placed.level = place > 0.0 ? Level::cn0_dbhz(60.0) : Level::snr_db(25.0);
        scene.signals.push_back(placed);
    }
    return std::make_shared<const MemoryRecording>(record(scene, SampleFormat::of(Component::s8)));
}

Result<End> scan(SampleSource& source, const History& history, NoSink& sink, const LineSettings& settings = {})
{
    Sink* const sinks[] = {&sink};
    return run_line(source, history, Judge(std::make_shared<JudgeContext>()), settings, sinks, {});
}

const InterleaveSettings rounds{5, 0.05, 0.05};
constexpr double once_samples = 10e6;
constexpr int times = 20;
constexpr std::size_t all_samples = 200'000'000;

void report(benchmark::State& state, const Interleaved& result, double samples)
{
    state.counters["ratio"] = result.best_ratio;
    state.counters["median"] = result.median_ratio;
    state.counters["a_MSps"] = samples / result.a_best_s * 1e-6;
    state.counters["b_MSps"] = samples / result.b_best_s * 1e-6;
}

/// The sparse band at a rate, and all that turns it into spectra.
class SparseBand {
public:
    explicit SparseBand(const benchmark::State& state)
        : rate_hz_(1e3 * static_cast<double>(state.range(0))),
          recording_(sparse_band(rate_hz_, once_samples / rate_hz_)), history_(recording_),
          resolutions_(detect::choose_resolutions(rate_hz_, std::nullopt)),
          worker_(recording_->format, resolutions_, spares_)
    {
    }

    [[nodiscard]] RepeatSource source() const { return {recording_, times}; }
    [[nodiscard]] const RepeatHistory& history() const { return history_; }
    [[nodiscard]] const detect::Resolutions& resolutions() const { return resolutions_; }

    /// Spectra of both resolutions over the whole source. take() gets as many slabs as the line gathers before it looks
    /// at them.
    template <class Take> void each_window(Take take)
    {
        auto whole = source();
        detect::SlabReader reader(whole, 0, std::numeric_limits<std::uint64_t>::max(), spares_);
        std::vector<detect::SlabSpectra> window;
        for (bool more = reader.next_segment(); more;) {
            auto slab = reader.next_slab(resolutions_);
            more = !slab.last;
            window.push_back(worker_.process(slab));
            if (window.size() < resolutions_.window_slabs && more)
                continue;
            take(window);
            benchmark::DoNotOptimize(window.data());
            for (auto& spectra : window)
                spares_.spectra.give(std::move(spectra));
            window.clear();
        }
    }

    void spectra()
    {
        each_window([](const auto&) {});
    }

private:
    double rate_hz_;
    std::shared_ptr<const MemoryRecording> recording_;
    RepeatHistory history_;
    detect::Resolutions resolutions_;
    detect::SlabSpares spares_;
    detect::SlabWorker worker_;
};

/// CPU time of the first as a fraction of the second's.
template <class First, class Second> void compare_cpu(benchmark::State& state, First first, Second second)
{
    for (auto _ : state) {
        const auto result = interleave<CpuClock>(first, second, rounds);
        report(state, result, static_cast<double>(all_samples));
        state.SetIterationTime(result.a_best_s);
    }
}

/// Bare transform of the narrow length, once over the samples, against the whole scan: the fraction of the bare rate.
void ScanOfBare(benchmark::State& state)
{
    SparseBand band(state);
    const auto bins = band.resolutions().narrow.bins;
    const dsp::FftPlan plan(bins, dsp::Direction::forward);
    const dsp::AlignedArray<std::complex<float>> in(bins);
    const dsp::AlignedArray<std::complex<float>> out(bins);
    NoSink sink;
    compare_cpu(
        state,
        [&] {
            for (std::size_t at = 0; at + bins <= all_samples; at += bins)
                plan.execute(in.data(), out.data());
            benchmark::DoNotOptimize(out.data());
        },
        [&] {
            auto source = band.source();
            benchmark::DoNotOptimize(scan(source, band.history(), sink));
        });
    state.counters["RssAnon_MiB"] = sink.most_mib;
}

/// Spectra in one thread without and with the detector: 1/ratio − 1 is what detection and measurement add to them.
void DetectionOfSpectra(benchmark::State& state)
{
    SparseBand band(state);
    std::size_t tracks = 0;
    compare_cpu(
        state, [&] { band.spectra(); },
        [&] {
            detect::Detector detector(band.resolutions(), band.history(), 0, 0.0);
            band.each_window([&](const std::vector<detect::SlabSpectra>& window) {
                std::vector<const detect::SlabSpectra*> view;
                for (const auto& spectra : window)
                    view.push_back(&spectra);
                detector.add_window(view);
                tracks += detector.take_finished().size();
            });
            detector.finish();
            tracks += detector.take_finished().size();
        });
    state.counters["tracks"] = static_cast<double>(tracks);
}

/// Spectra in one thread against a scan that looks for no base stations and names nothing: 1/ratio − 1 is what
/// detection, measurement and the hand-over between threads add.
void SpectraOfScan(benchmark::State& state)
{
    SparseBand band(state);
    NoSink sink;
    LineSettings detection;
    detection.cells = detection.recognise = false;
    compare_cpu(
        state, [&] { band.spectra(); },
        [&] {
            auto source = band.source();
            benchmark::DoNotOptimize(scan(source, band.history(), sink, detection));
        });
}

/// What noise alone gives: emissions in GACSONG_BENCH_GIGASAMPLES (default 1) of it at 20 MS/s. An hour is 72.
void FalseEmissions(benchmark::State& state)
{
    const char* asked = std::getenv("GACSONG_BENCH_GIGASAMPLES");
    const double giga = asked != nullptr ? std::strtod(asked, nullptr) : 1.0;
    constexpr double rate_hz = 20e6;
    for (auto _ : state) {
        NoiseSource source(rate_hz, static_cast<std::uint64_t>(giga * 1e9), 1);
        NoSink sink;
        const auto begin = CpuClock::now();
        benchmark::DoNotOptimize(scan(source, NoHistory(), sink));
        state.SetIterationTime(std::chrono::duration<double>(CpuClock::now() - begin).count());
        const double hours = giga * 1e9 / rate_hz / 3600.0;
        state.counters["hours"] = hours;
        state.counters["emissions"] = sink.count;
        state.counters["not_poor"] = sink.solid;
        // 95 % upper limit of a Poisson rate, exact for none seen (rule of three) and close above.
        state.counters["per_hour_at_most"] =
            (sink.count == 0 ? 3.0 : sink.count + 2.0 * std::sqrt(double(sink.count)) + 1.0) / hours;
        state.counters["RssAnon_MiB"] = sink.most_mib;
    }
}

} // namespace

BENCHMARK(ScanOfBare)->Arg(2400)->Arg(20000)->Apply(once);
BENCHMARK(DetectionOfSpectra)->Arg(2400)->Arg(20000)->Apply(once);
BENCHMARK(SpectraOfScan)->Arg(2400)->Arg(20000)->Apply(once);
BENCHMARK(FalseEmissions)->Apply(once);

} // namespace gacsong::bench
