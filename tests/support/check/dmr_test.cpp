// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/check/demodulate.hpp"
#include "tests/support/check/program.hpp"
#include "tests/support/signals/dmr.hpp"
#include "tests/support/signals/pulse.hpp"
#include "tests/support/spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace gacsong::test {
namespace {

/// Discriminator output at 48 kHz through the receiver's root raised cosine filter, in units of 648 Hz.
std::vector<double> receive(const Waveform& waveform, std::size_t symbols)
{
    const auto f = discriminate(read(waveform, 48000.0, symbols * 10 + 101), 48000.0);
    std::vector<double> out;
    for (std::size_t at = 0; at + 81 <= f.size(); ++at) {
        double sum = 0.0;
        for (int i = -40; i <= 40; ++i)
            sum += f[at + static_cast<std::size_t>(i + 40)] * root_raised_cosine(i / 10.0, 0.2) / 10.0;
        out.push_back(sum / 648.0);
    }
    return out;
}

// Row 1 and 2 of the generator matrices as printed in other implementations of TS 102 361-1 Annex B.
TEST(Dmr, CodesAreThoseOfTheStandard)
{
    EXPECT_EQ(golay_20_8(0x01), 0x018EBU);
    EXPECT_EQ(golay_20_8(0x02), 0x0293EU);
    EXPECT_EQ(quadratic_residue_16_7(0x01), 0x0273U);
    EXPECT_EQ(quadratic_residue_16_7(0x02), 0x04E5U);
    for (unsigned a = 0; a < 256; ++a) {
        for (unsigned b = 0; b < a; ++b)
            ASSERT_GE(std::popcount(golay_20_8(a) ^ golay_20_8(b)), 8);
    }
    for (unsigned a = 0; a < 128; ++a) {
        for (unsigned b = 0; b < a; ++b)
            ASSERT_GE(std::popcount(quadratic_residue_16_7(a) ^ quadratic_residue_16_7(b)), 6);
    }
}

TEST(Dmr, GivesItsSymbolsBackThroughTheReceiversFilter)
{
    const DmrSettings settings{.base_station = true};
    const auto sent = dmr_symbols(settings);
    const auto seen = receive(*dmr(settings), 1000);
    double error = 0.0;
    for (std::size_t k = 20; k < 900; ++k) // symbol k is in the middle of its 10 samples, half a sample later here
        error = std::max(error, std::abs(0.5 * (seen[k * 10 + 5 - 41] + seen[k * 10 + 5 - 40]) - sent[k]));
    EXPECT_LT(error, 0.35);
}

TEST(Dmr, MobileSendsTheSyncWordEverySixBursts)
{
    const auto symbols = dmr_symbols({});
    ASSERT_EQ(symbols.size(), 4U * 12U * 144U);
    std::size_t found = 0;
    for (std::size_t slot = 0; slot < 48; ++slot) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < 24; ++i) {
            const std::int8_t s = symbols[slot * 144 + 6 + 54 + i];
            word = word << 2U | (s == 3 ? 1U : s == 1 ? 0U : s == -1 ? 2U : 3U);
        }
        found += word == 0x7F7D5DD57DFD ? 1 : 0;
    }
    EXPECT_EQ(found, 4U);
}

TEST(Dmr, FitsItsChannel)
{
    const auto x = read(*dmr({.base_station = true}), 48000.0, 1U << 17U);
    const Occupied band = occupied(welch(std::span<const std::complex<double>>{x}, 4096), 48000.0);
    EXPECT_NEAR(band.bandwidth_hz(), 7600.0, 700.0); // 7K60FXW
}

class DmrHeardByDsdcc : public ::testing::TestWithParam<unsigned> {};

TEST_P(DmrHeardByDsdcc, WithItsColourCode)
{
    const std::string program = find_program("dsdccx");
    if (program.empty())
        GTEST_SKIP() << "dsdccx (package dsdcc) is not installed";
    const auto f = discriminate(
        read(*dmr({.colour_code = GetParam(), .base_station = true, .voice = false}), 48000.0, 48000 * 4), 48000.0);
    std::vector<std::byte> audio;
    for (const double hz : f) {
        const auto value = static_cast<std::int16_t>(std::lround(hz * 4.0));
        audio.push_back(static_cast<std::byte>(value & 0xFF));
        audio.push_back(static_cast<std::byte>((value >> 8) & 0xFF));
    }
    const ScratchFolder folder;
    const auto in = folder.write("dmr.raw", audio);
    const auto log = folder.write("log", {});
    const auto said = output_of(program + " -fr -n -T3 -m 0 -i " + in.string() + " -o /dev/null -M " + log.string() +
                                " >/dev/null; cat " + log.string());
    const std::string code = (GetParam() < 10 ? "0" : "") + std::to_string(GetParam());
    EXPECT_NE(said.find("BS S1: *" + code + " CSB"), std::string::npos) << said;
    EXPECT_NE(said.find("S2: *" + code + " CSB"), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(ColourCodes, DmrHeardByDsdcc, ::testing::Values(1U, 7U, 12U));

} // namespace
} // namespace gacsong::test
