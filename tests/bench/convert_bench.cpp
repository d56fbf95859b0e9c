// SPDX-License-Identifier: GPL-3.0-or-later
// Conversion of raw samples to complex floats, against copying as many bytes as it writes.
#include "dsp/sample_format.hpp"
#include "tests/bench/compare.hpp"

#include <cstring>
#include <vector>

namespace gacsong::bench {

namespace {

void convert_against_copy(benchmark::State& state, Component component)
{
    constexpr std::size_t samples = 1U << 15U; // 256 KiB of output: stays in the second-level cache
    const SampleFormat format = SampleFormat::of(component);
    const std::vector<std::byte> raw(samples * format.bytes_per_sample(), std::byte{0x3C});
    std::vector<std::complex<float>> out(samples);
    std::vector<std::complex<float>> copy(samples);
    compare(
        state, static_cast<double>(samples), [&] { benchmark::DoNotOptimize(convert(format, raw, out)); },
        [&] {
            std::memcpy(copy.data(), out.data(), samples * sizeof(out[0]));
            benchmark::DoNotOptimize(copy.data());
            benchmark::ClobberMemory();
        });
}

void ConvertU8(benchmark::State& state) { convert_against_copy(state, Component::u8); }

void ConvertS16(benchmark::State& state) { convert_against_copy(state, Component::s16); }

void ConvertF32(benchmark::State& state) { convert_against_copy(state, Component::f32); }

} // namespace

BENCHMARK(ConvertU8)->Apply(once);
BENCHMARK(ConvertS16)->Apply(once);
BENCHMARK(ConvertF32)->Apply(once);

} // namespace gacsong::bench
