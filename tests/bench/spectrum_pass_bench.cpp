// SPDX-License-Identifier: GPL-3.0-or-later
// The fused spectrum pass against the bare transform with the same plan, frame beside frame: the fractions of
// docs/performance.md. Input walks through 64 MiB, so it comes from memory; output of the bare transform goes to
// batches as long as the pass's own. Set GACSONG_FFT=patient for the plans that the fractions are stated for.
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "dsp/spectrum_pass.hpp"
#include "tests/bench/compare.hpp"

#include <algorithm>
#include <random>
#include <vector>

namespace gacsong::bench {

namespace {

constexpr std::size_t input_bytes = 64U << 20U;
constexpr std::size_t batch_bytes = 256U << 10U;

const std::vector<std::byte>& noise()
{
    static const auto bytes = [] {
        std::vector<std::byte> out(input_bytes);
        std::minstd_rand random(7);
        std::generate(out.begin(), out.end(), [&] { return static_cast<std::byte>(random() >> 8U); });
        return out;
    }();
    return bytes;
}

void pass_against_bare(benchmark::State& state, Component component)
{
    const auto bins = static_cast<std::size_t>(state.range(0));
    const dsp::SpectrumShape shape{bins, bins, 16, dsp::WindowKind::hann};
    const SampleFormat format = SampleFormat::of(component);
    dsp::SpectrumPass pass(format, shape);
    std::vector<float> values(4 * bins);
    const auto part = [&](std::size_t i) { return std::span(values).subspan(i * bins, bins); };
    const dsp::SpectrumRow row{part(0), part(1), part(2), part(3)};
    const std::size_t row_bytes = shape.row_step() * format.bytes_per_sample();
    std::size_t at = 0;

    const dsp::FftPlan plan(bins, dsp::Direction::forward);
    const std::size_t batch = std::max<std::size_t>(2, batch_bytes / (bins * sizeof(std::complex<float>)));
    const dsp::AlignedArray<std::complex<float>> frame(bins);
    const dsp::AlignedArray<std::complex<float>> out(bins * batch);
    std::fill_n(frame.data(), bins, std::complex<float>(0.25F, -0.5F));

    // The two are called the other way round: the ratio that is wanted is bare time over the pass's time.
    compare(
        state, static_cast<double>(shape.row_step()),
        [&] {
            for (std::size_t f = 0; f < shape.frames; ++f)
                plan.execute(frame.data(), out.data() + (f % batch) * bins);
            benchmark::DoNotOptimize(out.data());
            benchmark::ClobberMemory();
        },
        [&] {
            at = at + row_bytes > noise().size() ? 0 : at;
            pass.row(std::span(noise()).subspan(at, row_bytes), shape.frames, row);
            at += row_bytes;
            benchmark::DoNotOptimize(values.data());
        });
}

void PassS8(benchmark::State& state) { pass_against_bare(state, Component::s8); }

void PassU8(benchmark::State& state) { pass_against_bare(state, Component::u8); }

void PassS16(benchmark::State& state) { pass_against_bare(state, Component::s16); }

void PassF32(benchmark::State& state) { pass_against_bare(state, Component::f32); }

void lengths(benchmark::internal::Benchmark* benchmark)
{
    for (std::int64_t n = 1024; n <= 32768; n *= 2)
        benchmark->Arg(n);
    once(benchmark);
}

} // namespace

BENCHMARK(PassS8)->Apply(lengths);
BENCHMARK(PassU8)->Apply(lengths);
BENCHMARK(PassS16)->Apply(lengths);
BENCHMARK(PassF32)->Apply(lengths);

} // namespace gacsong::bench
