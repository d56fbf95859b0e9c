// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/quantise.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace gacsong::test {

namespace {

/// Writes the low `width` bytes of `bits` in the order of the format.
void store(std::uint64_t bits, std::size_t width, bool big_endian, std::byte* at)
{
    for (std::size_t i = 0; i < width; ++i)
        at[big_endian ? width - 1 - i : i] = static_cast<std::byte>((bits >> (8 * i)) & 0xFFU);
}

/// Signed code of one component, `width` bytes wide.
std::int64_t code(double value, double full_scale, std::size_t width)
{
    const double end = std::ldexp(1.0, static_cast<int>(8 * width) - 1);
    return static_cast<std::int64_t>(std::clamp(std::floor(value * full_scale + 0.5), -end, end - 1.0));
}

void store_component(float value, SampleFormat format, std::size_t width, std::byte* at)
{
    const auto wide = static_cast<double>(value);
    switch (format.component) {
    case Component::u8:
        *at = static_cast<std::byte>(std::clamp(std::floor(wide * format.full_scale + 128.0), 0.0, 255.0));
        return;
    case Component::f32:
        return store(std::bit_cast<std::uint32_t>(static_cast<float>(wide * format.full_scale)), width,
                     format.big_endian, at);
    case Component::f64:
        return store(std::bit_cast<std::uint64_t>(wide * format.full_scale), width, format.big_endian, at);
    default:
        return store(std::bit_cast<std::uint64_t>(code(wide, format.full_scale, width)), width, format.big_endian, at);
    }
}

/// The 8-bit types carry the long scenes: float arithmetic in a loop that vectorises.
void quantise_8bit(std::span<const std::complex<float>> samples, bool is_signed, float full_scale,
                   std::span<std::byte> bytes)
{
    const float* in = reinterpret_cast<const float*>(samples.data()); // layout of std::complex is fixed by the standard
    const int flip = is_signed ? 0x80 : 0;
    const float half = is_signed ? 128.5F : 128.0F;
    for (std::size_t i = 0; i < 2 * samples.size(); ++i) {
        const float scaled = std::min(std::max(in[i] * full_scale + half, 0.0F), 255.0F);
        bytes[i] = static_cast<std::byte>(static_cast<int>(scaled) ^ flip);
    }
}

} // namespace

void quantise(std::span<const std::complex<float>> samples, SampleFormat format, std::span<std::byte> bytes)
{
    if (format.component == Component::u8 || format.component == Component::s8)
        return quantise_8bit(samples, format.component == Component::s8, static_cast<float>(format.full_scale), bytes);
    const std::size_t width = format.bytes_per_sample() / 2;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        store_component(samples[i].real(), format, width, &bytes[2 * i * width]);
        store_component(samples[i].imag(), format, width, &bytes[(2 * i + 1) * width]);
    }
}

std::vector<std::byte> quantise(std::span<const std::complex<float>> samples, SampleFormat format)
{
    std::vector<std::byte> bytes(samples.size() * format.bytes_per_sample());
    quantise(samples, format, bytes);
    return bytes;
}

} // namespace gacsong::test
