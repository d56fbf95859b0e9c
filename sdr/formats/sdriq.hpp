// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gacsong::sdr {

/// The header of an SDRangel recording, 32 bytes (formats-and-radios.md §1.2).
struct SdriqHeader {
    static constexpr std::size_t size = 32;
    double sample_rate_hz = 0.0; ///< > 0
    std::optional<double> center_hz;
    std::optional<Instant> start;
    unsigned bits = 16; ///< 16 in two bytes, or 24 in four
    bool checksum_right = true;
};

/// Reads it. A wrong checksum is told and forgiven where the values are sane.
/// Errors: `file.bad_header`; `name` is what the sentence calls the file.
[[nodiscard]] Result<SdriqHeader> read_sdriq_header(std::span<const std::byte> bytes, const std::string& name);

/// CRC-32 with the polynomial of zlib, reflected, initial value and final exclusive-or all ones.
[[nodiscard]] std::uint32_t crc32(std::span<const std::byte> bytes);

} // namespace gacsong::sdr
