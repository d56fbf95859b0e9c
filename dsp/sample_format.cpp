// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/sample_format.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace gacsong {

namespace {

/// Beyond this a float is no sample: no converter gives it, and its square would leave single precision behind.
constexpr double largest = 1e10;

struct ComponentFacts {
    Component component;
    std::string_view name;
    std::size_t bytes;
    double full_scale;
};

constexpr std::array<ComponentFacts, 7> facts_table{{
    {Component::u8, "cu8", 1, 128.0},
    {Component::s8, "cs8", 1, 128.0},
    {Component::s16, "cs16", 2, 32768.0},
    {Component::s24, "cs24", 3, 8388608.0},
    {Component::s32, "cs32", 4, 2147483648.0},
    {Component::f32, "cf32", 4, 1.0},
    {Component::f64, "cf64", 8, 1.0},
}};

const ComponentFacts& facts(Component component) { return facts_table[static_cast<std::size_t>(component)]; }

template <class T> T load(const std::byte* at, bool big_endian)
{
    std::array<std::byte, sizeof(T)> raw{};
    for (std::size_t i = 0; i < sizeof(T); ++i)
        raw[i] = at[big_endian ? sizeof(T) - 1 - i : i];
    return std::bit_cast<T>(raw);
}

std::int32_t load24(const std::byte* at, bool big_endian)
{
    const auto byte = [&](std::size_t i) { return std::to_integer<std::uint32_t>(at[big_endian ? 2 - i : i]); };
    const std::uint32_t bits = byte(0) | byte(1) << 8U | byte(2) << 16U;
    return static_cast<std::int32_t>(bits << 8U) / 256;
}

/// Converts with `read(at)` giving the stored number as a double, of whatever size.
template <class Read>
ConversionCount convert_with(std::span<const std::byte> bytes, std::span<std::complex<float>> out, std::size_t width,
                             double scale, Read read)
{
    ConversionCount count;
    const std::byte* at = bytes.data();
    const double factor = 1.0 / scale;
    for (auto& sample : out) {
        const double i = read(at);
        const double q = read(at + width);
        at += 2 * width;
        if (!(std::abs(i) < largest) || !(std::abs(q) < largest)) {
            sample = {0.0F, 0.0F};
            ++count.not_finite;
            continue;
        }
        sample = {static_cast<float>(i * factor), static_cast<float>(q * factor)};
    }
    return count;
}

/// The same for integers with the ends of their range.
template <class Read>
ConversionCount convert_integers(std::span<const std::byte> bytes, std::span<std::complex<float>> out,
                                 std::size_t width, double scale, Read read)
{
    const std::byte* at = bytes.data();
    const double factor = 1.0 / scale;
    const double low = -scale;
    const double high = scale - 1.0;
    ConversionCount count;
    for (auto& sample : out) {
        const double i = read(at);
        const double q = read(at + width);
        at += 2 * width;
        count.clipped += i <= low || i >= high || q <= low || q >= high ? 1U : 0U;
        sample = {static_cast<float>(i * factor), static_cast<float>(q * factor)};
    }
    return count;
}

/// The common types in the machine's own byte order. `Number` may lie at any address: it is copied in pieces.
template <class Number>
ConversionCount convert_fast(std::span<const std::byte> bytes, std::span<std::complex<float>> out, float zero,
                             double scale, Number low, Number high)
{
    constexpr std::size_t at_once = 2048; // samples
    std::array<Number, 2 * at_once> numbers;
    ConversionCount count;
    for (std::size_t done = 0; done < out.size(); done += at_once) {
        const std::size_t some = std::min(at_once, out.size() - done);
        std::memcpy(numbers.data(), bytes.data() + done * 2 * sizeof(Number), some * 2 * sizeof(Number));
        // A complex number is two floats side by side ([complex.numbers]).
        auto* to = reinterpret_cast<float*>(out.data() + done);
        dsp::convert_scaled(numbers.data(), zero, static_cast<float>(1.0 / scale), to, 2 * some);
        count.clipped += dsp::count_limited(numbers.data(), low, high, some);
    }
    return count;
}

/// Floats in the machine's own byte order and of full scale 1 are samples as they stand, where they are numbers.
ConversionCount copy_floats(std::span<const std::byte> bytes, std::span<std::complex<float>> out)
{
    constexpr std::size_t at_once = 2048; // samples
    ConversionCount count;
    for (std::size_t done = 0; done < out.size(); done += at_once) {
        const auto some = out.subspan(done, std::min(at_once, out.size() - done));
        const auto from = bytes.subspan(done * sizeof(some[0]), some.size_bytes());
        std::memcpy(some.data(), from.data(), from.size());
        // A complex number is two floats side by side ([complex.numbers]).
        if (dsp::count_beyond(reinterpret_cast<const float*>(some.data()), static_cast<float>(largest),
                              2 * some.size()) > 0)
            count.not_finite += convert_with(from, some, sizeof(float), 1.0, [](const std::byte* p) {
                                    return static_cast<double>(load<float>(p, false));
                                }).not_finite;
    }
    return count;
}

} // namespace

SampleFormat SampleFormat::of(Component component, bool big_endian)
{
    return {component, big_endian && facts(component).bytes > 1, facts(component).full_scale};
}

std::size_t SampleFormat::bytes_per_sample() const { return 2 * facts(component).bytes; }

std::string SampleFormat::name() const
{
    std::string text{facts(component).name};
    if (big_endian)
        text += "_be";
    return text;
}

std::optional<SampleFormat> parse_sample_format(std::string_view name)
{
    const bool big_endian = name.ends_with("_be");
    if (big_endian)
        name.remove_suffix(3);
    for (const auto& entry : facts_table) {
        if (entry.name == name && (!big_endian || entry.bytes > 1))
            return SampleFormat::of(entry.component, big_endian);
    }
    return std::nullopt;
}

ConversionCount convert(SampleFormat format, std::span<const std::byte> bytes, std::span<std::complex<float>> out)
{
    const bool be = format.big_endian;
    const std::size_t width = facts(format.component).bytes;
    switch (format.component) {
    case Component::u8:
        return convert_fast<std::uint8_t>(bytes, out, 127.5F, format.full_scale, 0, 255);
    case Component::s8:
        return convert_fast<std::int8_t>(bytes, out, 0.0F, format.full_scale, -128, 127);
    case Component::s16:
        if (be == (std::endian::native == std::endian::big) && format.full_scale <= 32768.0)
            return convert_fast<std::int16_t>(bytes, out, 0.0F, format.full_scale,
                                              static_cast<std::int16_t>(-format.full_scale),
                                              static_cast<std::int16_t>(format.full_scale - 1.0));
        return convert_integers(bytes, out, width, format.full_scale,
                                [be](const std::byte* p) { return static_cast<double>(load<std::int16_t>(p, be)); });
    case Component::s24:
        return convert_integers(bytes, out, width, format.full_scale,
                                [be](const std::byte* p) { return static_cast<double>(load24(p, be)); });
    case Component::s32:
        return convert_integers(bytes, out, width, format.full_scale,
                                [be](const std::byte* p) { return static_cast<double>(load<std::int32_t>(p, be)); });
    case Component::f32:
        if (be == (std::endian::native == std::endian::big) && format.full_scale == 1.0)
            return copy_floats(bytes, out);
        return convert_with(bytes, out, width, format.full_scale,
                            [be](const std::byte* p) { return static_cast<double>(load<float>(p, be)); });
    case Component::f64:
        return convert_with(bytes, out, width, format.full_scale,
                            [be](const std::byte* p) { return load<double>(p, be); });
    }
    return {};
}

} // namespace gacsong
