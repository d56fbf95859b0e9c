// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace gacsong::test {

/// Mixes a 64-bit counter into a 64-bit random word (finaliser of SplitMix64, Steele, Lea and Flood 2014).
/// Distinct counters give words that pass the usual batteries, so a stream needs no state.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

/// Seeded randomness whose numbers do not depend on the standard library: the engine is fixed by the C++ standard,
/// and the distributions are made here.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(mix64(seed)) {}

    /// Uniform in [0, 1), 53 bits.
    [[nodiscard]] double uniform() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }
    /// Uniform in [low, high).
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Uniform integer in [0, count), count ≤ 2^32.
    [[nodiscard]] unsigned below(unsigned count)
    {
        return static_cast<unsigned>(((engine_() >> 32U) * static_cast<std::uint64_t>(count)) >> 32U);
    }
    /// Standard normal, by Box and Muller's transform.
    [[nodiscard]] double normal();
    /// `count` equally likely bits, each 0 or 1.
    [[nodiscard]] std::vector<std::uint8_t> bits(std::size_t count);

private:
    std::mt19937_64 engine_;
};

} // namespace gacsong::test
