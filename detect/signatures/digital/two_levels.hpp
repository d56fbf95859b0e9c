// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Frequencies of the symbols of one stretch, hertz, read at one phase of the clock.
using TwoLevels = std::vector<float>;

/// Readings of a stretch at `phases` phases of the clock, evenly over a symbol: reading p holds symbols at
/// (k + p/phases)/symbol_rate_bd from its start.
[[nodiscard]] std::vector<TwoLevels> two_level_readings(std::span<const std::complex<float>> samples, double rate_hz,
                                                        double symbol_rate_bd, std::size_t phases);

/// How well symbols follow a known word.
struct WordFit {
    double likeness = 0.0; ///< correlation, −1 (inverted) … 1. Noise has 0.8 or more over 32 symbols with 1e-7
    float middle = 0.0F;   ///< between the two levels
    float swing = 0.0F;    ///< from the middle to either
};

/// Fit of the first `length` symbols (2 … 64) to a word, highest of its low `length` bits first; 1 is the higher
/// frequency.
[[nodiscard]] WordFit word_fit(std::span<const float> symbols, std::uint64_t word, std::size_t length);

/// Where a word was found.
struct WordPlace {
    std::size_t reading = 0; ///< phase that fits best there
    std::size_t first = 0;   ///< symbol
    WordFit fit;
};

/// Places where |likeness| is at least `least` and highest within the word's length, of all readings of a stretch, in
/// order of time.
[[nodiscard]] std::vector<WordPlace> word_places(std::span<const TwoLevels> readings, std::uint64_t word,
                                                 std::size_t length, double least);

} // namespace gacsong::detect
