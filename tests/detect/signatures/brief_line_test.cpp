// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings of some ten milliseconds: a line that stands throughout is a carrier, anything that moves is not told.
#include "tests/detect/signatures/built.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

namespace gacsong::test {

namespace {

constexpr double turn = 2.0 * std::numbers::pi;

/// `value(t)` in a recording of 10 ms, 3 kHz wide for the detector.
template <class Value> std::string told(Value value, double snr_db, std::uint64_t seed)
{
    constexpr double rate_hz = 48e3;
    std::vector<std::complex<float>> samples;
    for (std::size_t i = 0; i < 4800; ++i)
        samples.emplace_back(value(static_cast<double>(i) / rate_hz));
    Built built;
    built.waveform = repeated(std::move(samples), rate_hz, 3e3);
    built.rate_hz = 1e6;
    built.duration_s = 0.01;
    built.snr_db = snr_db;
    built.seed = seed;
    return named(built).modulation.name;
}

std::complex<double> carrier(double /*t*/) { return 1.0; }

} // namespace

TEST(BriefLine, OfALineThatStandsIsACarrier)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        EXPECT_EQ(told(carrier, 20.0, seed), "carrier") << seed;
}

TEST(BriefLine, IsNotToldWhereItMoves)
{
    const auto bits = [](double t) {
        return (static_cast<unsigned>(t * 400.0) * 2654435761U >> 9U & 1U) != 0 ? 1 : -1;
    };
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        EXPECT_EQ(told([&](double t) { return std::complex<double>(bits(t)); }, 22.0, seed), "unknown") << seed;
        EXPECT_EQ(told([&](double t) { return std::complex<double>(0.5 + 0.5 * bits(t)); }, 22.0, seed), "unknown")
            << seed;
        EXPECT_EQ(told([&](double t) { return std::polar(1.0, turn * 200.0 * bits(t) * t); }, 22.0, seed), "unknown")
            << seed;
        EXPECT_EQ(
            told([&](double t) { return std::complex<double>(1.0 + 0.5 * std::sin(turn * 400.0 * t)); }, 22.0, seed),
            "unknown")
            << seed;
        EXPECT_EQ(told([&](double t) { return std::polar(1.0, 3.0 * std::sin(turn * 150.0 * t)); }, 22.0, seed),
                  "unknown")
            << seed;
        EXPECT_EQ(told([&](double t) { return std::complex<double>(t < 0.005 ? 1.0 : 0.0); }, 22.0, seed), "unknown")
            << seed;
    }
}

TEST(BriefLine, IsNotToldInNoise)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        EXPECT_EQ(told(carrier, 6.0, seed), "unknown") << seed;
}

} // namespace gacsong::test
