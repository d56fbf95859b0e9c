// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gacsong::detect {

/// Frame of a Graw DFM-06, -09 or -17: 280 bits in Manchester code, of which 16 are the header and the others 33 words
/// of an extended Hamming code (8,4) in three interleaved blocks.
inline constexpr std::size_t dfm_symbols = 560;
inline constexpr std::uint64_t dfm_header = 0x9A995A55; ///< first 32 symbols, 0x45CF as 01 for 1 and 10 for 0
inline constexpr std::size_t dfm_header_symbols = 32;
inline constexpr std::size_t dfm_words = 33;

/// Words of the frame that are words of the code; a random one is with 1/16. `soft`: distance of each symbol from the
/// middle of the two levels, from the header on, dfm_symbols of them.
[[nodiscard]] std::size_t dfm_good_words(std::span<const float> soft);

/// Frame of a Vaisala RS41: octets, lowest bit first, under a mask of 64 octets; the first block behind the header and
/// 48 octets of parity holds frame number and serial number behind a 16-bit check sequence.
inline constexpr std::uint64_t rs41_header = 0x086D53884469481F; ///< 64 bits as they are sent
inline constexpr std::size_t rs41_header_bits = 64;
inline constexpr std::size_t rs41_bits = 808; ///< up to the end of that block

/// The serial number, where the check sequence fits and it is eight capitals or digits: random bits pass with 1e-12.
[[nodiscard]] std::optional<std::string> rs41_serial(std::span<const std::uint8_t> bits);

} // namespace gacsong::detect
