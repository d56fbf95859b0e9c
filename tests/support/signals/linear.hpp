// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <complex>
#include <cstdint>
#include <vector>

namespace gacsong::test {

// Seen by: liquid-dsp (matched filter and decisions of every constellation).

enum class Constellation { bpsk, qpsk, psk8, dqpsk_pi4, qam16, qam64 };

/// Linear modulation with root raised cosine pulses: x(t) = Σ s_k p(t − (k + ½)T), pulses cut at ±12 symbols.
struct LinearSettings {
    Constellation constellation = Constellation::qpsk;
    double symbol_rate_hz = 18000.0;
    double roll_off = 0.35;                      ///< 0.1 … 1
    std::vector<std::complex<double>> symbols{}; ///< repeated for ever; empty: 8192 random ones
    std::uint64_t seed = 1;
    std::string system = "unknown";
};
[[nodiscard]] WaveformPtr linear(const LinearSettings& settings);

/// `count` random points of a constellation, mean power 1. π/4-DQPSK: phase steps of ±π/4 and ±3π/4.
[[nodiscard]] std::vector<std::complex<double>> random_symbols(Constellation constellation, std::size_t count,
                                                               std::uint64_t seed);

/// Share of the mean power of a root raised cosine signal within ±f: closed form of its raised cosine spectrum.
/// The 99 % bandwidth follows from share(f) = 0.99.
[[nodiscard]] double raised_cosine_occupied_hz(double symbol_rate_hz, double roll_off, double share = 0.99);

} // namespace gacsong::test
