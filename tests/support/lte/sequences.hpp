// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gacsong::test::lte {

using Complex = std::complex<double>;
using Bits = std::vector<std::uint8_t>;

/// Pseudo-random sequence c(0) … c(count − 1) of 3GPP TS 36.211 §7.2, by its definition: x1 and x2 written out.
[[nodiscard]] Bits pseudo_random(std::uint32_t c_init, std::size_t count);

/// QPSK of §7.1.2: a pair of bits each.
[[nodiscard]] std::vector<Complex> qpsk(const Bits& bits);

/// Primary (§6.11.1.1) and secondary (§6.11.2.1) synchronisation signals, elements d(0) … d(61).
[[nodiscard]] std::array<Complex, 62> primary_signal(unsigned identity);
[[nodiscard]] std::array<Complex, 62> secondary_signal(unsigned pci, unsigned subframe);

/// Reference signal r(m) of §6.10.1.1 for m = 0 … 2 · 110 − 1.
[[nodiscard]] std::vector<Complex> reference_sequence(unsigned pci, unsigned slot, unsigned symbol, bool normal_prefix);

} // namespace gacsong::test::lte
