// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gacsong {

/// How one component (I or Q) is stored.
enum class Component : std::uint8_t { u8, s8, s16, s24, s32, f32, f64 };

/// Layout of interleaved I/Q samples. A stored value x means (x − zero) / full_scale, where zero is 127.5 for u8
/// and 0 otherwise (formats-and-radios.md §1.3).
struct SampleFormat {
    Component component = Component::u8;
    bool big_endian = false;
    double full_scale = 128.0;

    bool operator==(const SampleFormat&) const = default;

    /// The format with the full scale that is usual for the component: 128, 128, 2^15, 2^23, 2^31, 1, 1.
    [[nodiscard]] static SampleFormat of(Component component, bool big_endian = false);

    /// Bytes of one complex sample: 2 … 16.
    [[nodiscard]] std::size_t bytes_per_sample() const;

    /// Name as on the command line: `cu8`, `cs16`, `cf32_be`, …
    [[nodiscard]] std::string name() const;

    /// True for the types in which a value at the end of its range means that the converter was at its limit.
    [[nodiscard]] bool integer() const { return component != Component::f32 && component != Component::f64; }
};

/// Reads a name of the command line (`cu8 cs8 cs16 cs24 cs32 cf32 cf64`, all but the 8-bit ones also with `_be`).
[[nodiscard]] std::optional<SampleFormat> parse_sample_format(std::string_view name);

/// What conversion met besides good samples.
struct ConversionCount {
    std::uint64_t not_finite = 0; ///< complex samples with a NaN, an infinity or beyond ±1e10, given as 0
    std::uint64_t clipped = 0;    ///< complex samples with a component at the end of an integer range
};

/// Converts interleaved raw samples to complex floats of full scale 1.
/// `bytes` holds out.size() × bytes_per_sample() bytes. Values that are not finite become 0 and are counted.
ConversionCount convert(SampleFormat format, std::span<const std::byte> bytes, std::span<std::complex<float>> out);

} // namespace gacsong
