// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/fsk.hpp"

#include <gtest/gtest.h>

#include <array>

namespace gacsong::test {

namespace {

/// Frames of `period` symbols that begin with a word of `count` symbols; the rest is random.
WaveformPtr four_level(double rate_bd, std::uint64_t word, std::size_t count, std::size_t period)
{
    Random random(61);
    FskSettings s;
    s.symbol_rate_hz = rate_bd;
    s.deviation_hz = 0.4 * rate_bd;
    s.levels = 4;
    s.pulse = FskPulse::root_raised_cosine;
    s.shape = 0.2;
    constexpr std::array<std::int8_t, 4> levels{1, 3, -1, -3};
    for (unsigned frame = 0; frame < 12; ++frame) {
        for (std::size_t i = 0; i < period; ++i)
            s.symbols.push_back(levels[i < count ? word >> (2 * (count - 1 - i)) & 3U : random.below(4)]);
    }
    return fsk(s);
}

WaveformPtr d_star()
{
    Random random(62);
    FskSettings s = gmsk_settings(4800.0, 0.5);
    for (unsigned frame = 0; frame < 5; ++frame) {
        for (std::size_t i = 0; i < 2016; ++i) {
            const bool one = i < 24 ? (0xAAB468U >> (23 - i) & 1U) != 0 : random.below(2) != 0;
            s.symbols.push_back(one ? 1 : -1);
        }
    }
    return fsk(s);
}

} // namespace

TEST(FrameSyncs, ResembleTheirSystems)
{
    const auto name = [](const WaveformPtr& waveform) { return named({waveform, 100e3, 2.4, 12.0}).system; };
    EXPECT_EQ(name(four_level(4800.0, 0xD471C9634D, 20, 480)).name, "YSF");
    EXPECT_EQ(name(four_level(4800.0, 0xCDF59, 10, 192)).name, "NXDN");
    EXPECT_EQ(name(four_level(2400.0, 0xCDF59, 10, 192)).name, "NXDN");
    EXPECT_EQ(name(four_level(2400.0, 0x5FF77D, 12, 384)).name, "dPMR");
    const auto star = name(d_star());
    EXPECT_EQ(star.name, "D-STAR");
    EXPECT_LT(star.confidence, 0.8) << "no check sequence";
}

TEST(FrameSyncs, AreNotSeenInRandomSymbolsNorWithOtherWords)
{
    EXPECT_EQ(named({four_level(4800.0, 0, 0, 480), 100e3, 2.4, 20.0}).system.name, "unknown");
    EXPECT_EQ(named({four_level(4800.0, 0x123456789A, 20, 480), 100e3, 2.4, 20.0}).system.name, "unknown");
    EXPECT_EQ(named({four_level(2400.0, 0x13579, 10, 192), 100e3, 2.4, 20.0}).system.name, "unknown");
    EXPECT_EQ(named({fsk(gmsk_settings(4800.0, 0.5)), 100e3, 2.4, 20.0}).system.name, "unknown");
}

} // namespace gacsong::test
