// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/look.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gacsong::detect {

/// Symbols of four-level FSK at 4800 Bd (ETSI TS 102 361-1, TIA-102.BAAA: 01 is +3, 00 +1, 10 −1, 11 −3) as they were
/// received: frequencies in hertz, one a symbol, of one stretch without a break.
using FourLevels = std::vector<float>;

/// May it be four-level FSK on a channel of 12.5 kHz, as far as bandwidth and modulation tell?
[[nodiscard]] bool may_be_four_levels(const Look& look);

/// The stretches of the emission, read with several filters and clock phases: each entry one such reading.
[[nodiscard]] std::vector<std::vector<FourLevels>> four_level_readings(const Look& look);

/// Levels as a synchronisation word of 24 outer symbols shows them.
struct SyncFit {
    float middle = 0.0F;
    float outer = 0.0F;
    double likeness = 0.0; ///< correlation with the word, without its mean and size, −1 … 1
};

/// How 24 symbols fit a word of 48 bits, first bit highest. In random symbols a likeness of 0.93 happens less than
/// once in 10^9 places.
[[nodiscard]] SyncFit fit_of(std::span<const float> symbols, std::uint64_t word);

constexpr std::size_t sync_symbols = 24;
constexpr double sure_likeness = 0.93;

/// Two bits a symbol, `count` symbols from `first`, as a number (count ≤ 32). Nothing where they are not all there.
[[nodiscard]] std::optional<std::uint64_t> bits_at(const FourLevels& symbols, std::ptrdiff_t first, std::size_t count,
                                                   const SyncFit& levels);

} // namespace gacsong::detect
