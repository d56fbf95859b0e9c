// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <vector>

namespace gacsong::detect::lte {

using Sample = std::complex<float>;

inline constexpr double subcarrier_hz = 15e3;
inline constexpr double symbol_s = 1.0 / subcarrier_hz; ///< without its prefix
inline constexpr unsigned sync_width = 62;              ///< subcarriers of PSS and SSS

/// Subcarrier of element n of PSS and SSS relative to the carrier, −31 … −1 and 1 … 31.
[[nodiscard]] constexpr int sync_subcarrier(unsigned n) { return static_cast<int>(n) - 31 + (n >= 31 ? 1 : 0); }

/// The primary synchronisation signal of identity 0, 1, 2 within its group (3GPP TS 36.211 §6.11.1).
[[nodiscard]] std::array<Sample, sync_width> pss(unsigned identity);

/// The secondary synchronisation signal of a cell 0 … 503, ±1, in subframe 0 or 5 (§6.11.2).
[[nodiscard]] std::array<float, sync_width> sss(unsigned pci, bool second_half);

/// The pseudo-random sequence of §7.2: `count` bits.
[[nodiscard]] std::vector<std::uint8_t> gold(std::uint32_t init, std::size_t count);

/// Reference signal r(m'), m' = 0 … 219, of a symbol of a slot (§6.10.1.1); m' = 110 is the first above the carrier.
[[nodiscard]] std::array<Sample, 220> reference_signal(unsigned pci, unsigned slot, unsigned symbol,
                                                       bool normal_prefix);

} // namespace gacsong::detect::lte
