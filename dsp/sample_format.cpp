// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/sample_format.hpp"

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

/// Converts with `read(at)` giving the stored number as a double and `limit(x)` telling the ends of its range.
template <class Read, class Limit>
ConversionCount convert_with(std::span<const std::byte> bytes, std::span<std::complex<float>> out, std::size_t width,
                             double zero, double scale, Read read, Limit limit)
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
        count.clipped += limit(i) || limit(q) ? 1U : 0U;
        sample = {static_cast<float>((i - zero) * factor), static_cast<float>((q - zero) * factor)};
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
    const auto never = [](double) { return false; };
    const auto at_end = [](double low, double high) { return [low, high](double x) { return x <= low || x >= high; }; };
    switch (format.component) {
    case Component::u8:
        return convert_with(
            bytes, out, width, 127.5, format.full_scale,
            [](const std::byte* p) { return static_cast<double>(std::to_integer<int>(*p)); }, at_end(0.0, 255.0));
    case Component::s8:
        return convert_with(
            bytes, out, width, 0.0, format.full_scale,
            [](const std::byte* p) { return static_cast<double>(std::bit_cast<std::int8_t>(*p)); },
            at_end(-128.0, 127.0));
    case Component::s16:
        return convert_with(
            bytes, out, width, 0.0, format.full_scale,
            [be](const std::byte* p) { return static_cast<double>(load<std::int16_t>(p, be)); },
            at_end(-format.full_scale, format.full_scale - 1.0));
    case Component::s24:
        return convert_with(
            bytes, out, width, 0.0, format.full_scale,
            [be](const std::byte* p) { return static_cast<double>(load24(p, be)); },
            at_end(-format.full_scale, format.full_scale - 1.0));
    case Component::s32:
        return convert_with(
            bytes, out, width, 0.0, format.full_scale,
            [be](const std::byte* p) { return static_cast<double>(load<std::int32_t>(p, be)); },
            at_end(-format.full_scale, format.full_scale - 1.0));
    case Component::f32:
        return convert_with(
            bytes, out, width, 0.0, format.full_scale,
            [be](const std::byte* p) { return static_cast<double>(load<float>(p, be)); }, never);
    case Component::f64:
        return convert_with(
            bytes, out, width, 0.0, format.full_scale, [be](const std::byte* p) { return load<double>(p, be); }, never);
    }
    return {};
}

} // namespace gacsong
