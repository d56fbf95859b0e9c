// SPDX-License-Identifier: GPL-3.0-or-later
// DAB, written here from EN 300 401 §14: null symbol, phase reference symbol, 75 symbols of differential QPSK. The
// builder was read by welle-cli 2.4, which found its frames and their synchronisation (docs/recognition.md).
#include "tests/detect/signatures/built.hpp"
#include "tests/support/fft.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <array>
#include <complex>
#include <string_view>
#include <vector>

namespace gacsong::test {

namespace {

constexpr double rate_hz = 2.048e6;
constexpr std::size_t useful = 2048;
constexpr std::size_t prefix = 504;
constexpr std::size_t null = 2656;

/// Tables 23 (mode I) and 24: first carrier of a block of 32, row, quarters of a turn added.
struct Block {
    int first;
    std::size_t row;
    int added;
};
constexpr std::array<Block, 48> blocks{
    {{-768, 0, 1}, {-736, 1, 2}, {-704, 2, 0}, {-672, 3, 1}, {-640, 0, 3}, {-608, 1, 2}, {-576, 2, 2}, {-544, 3, 3},
     {-512, 0, 2}, {-480, 1, 1}, {-448, 2, 2}, {-416, 3, 3}, {-384, 0, 1}, {-352, 1, 2}, {-320, 2, 3}, {-288, 3, 3},
     {-256, 0, 2}, {-224, 1, 2}, {-192, 2, 2}, {-160, 3, 1}, {-128, 0, 1}, {-96, 1, 3},  {-64, 2, 1},  {-32, 3, 2},
     {1, 0, 3},    {33, 3, 1},   {65, 2, 1},   {97, 1, 1},   {129, 0, 2},  {161, 3, 2},  {193, 2, 1},  {225, 1, 0},
     {257, 0, 2},  {289, 3, 2},  {321, 2, 3},  {353, 1, 3},  {385, 0, 0},  {417, 3, 2},  {449, 2, 1},  {481, 1, 3},
     {513, 0, 3},  {545, 3, 3},  {577, 2, 3},  {609, 1, 0},  {641, 0, 3},  {673, 3, 0},  {705, 2, 1},  {737, 1, 1}}};
constexpr std::array<std::string_view, 4> rows{"0200001120002211", "0323013021232330", "0002021322022013",
                                               "0121033223212132"};

using Carriers = std::vector<std::complex<double>>; ///< 2048, as a transform has them

Carriers phase_reference()
{
    Carriers out(useful);
    for (const Block& block : blocks)
        for (int place = 0; place < 32; ++place) {
            const int quarters = rows.at(block.row).at(static_cast<std::size_t>(place % 16)) - '0' + block.added;
            const int carrier = block.first + place;
            out[static_cast<std::size_t>(carrier < 0 ? carrier + static_cast<int>(useful) : carrier)] =
                std::polar(1.0, 1.5707963267948966 * quarters);
        }
    return out;
}

Carriers another_reference()
{
    Random random(77);
    Carriers out = phase_reference();
    for (auto& carrier : out)
        carrier *= std::polar(1.0, 1.5707963267948966 * static_cast<double>(random.below(4)));
    return out;
}

void send(std::vector<std::complex<float>>& out, Carriers carriers)
{
    fft(carriers, true);
    for (std::size_t n = 0; n < prefix + useful; ++n)
        out.push_back(static_cast<std::complex<float>>(carriers[(n + useful - prefix) % useful]));
}

WaveformPtr dab(const Carriers& reference, std::size_t frames = 2, std::size_t symbols = 75)
{
    Random random(9);
    std::vector<std::complex<float>> out;
    for (std::size_t frame = 0; frame < frames; ++frame) {
        out.resize(out.size() + null);
        Carriers carriers = reference;
        send(out, carriers);
        for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
            for (auto& carrier : carriers)
                carrier *= std::polar(1.0, 0.7853981633974483 * (1.0 + 2.0 * static_cast<double>(random.below(4))));
            send(out, carriers);
        }
    }
    return repeated(out, rate_hz, 1.537e6);
}

} // namespace

TEST(Dab, IsNamedByItsPhaseReference)
{
    for (const double built_rate_hz : {2.048e6, 2.4e6, 6e6})
        for (const double snr_db : {4.0, 20.0}) {
            const Emission e = named({dab(phase_reference()), built_rate_hz, 0.25, snr_db, 220.352e6, 3});
            EXPECT_EQ(e.system.name, "DAB") << built_rate_hz << ' ' << snr_db << ' ' << e.modulation.name;
            EXPECT_GE(e.system.confidence, 0.9);
            EXPECT_EQ(e.modulation.name, "OFDM");
            EXPECT_NEAR(e.modulation.symbol_rate_hz.value_or(0.0), 802.5, 0.1);
            EXPECT_EQ(e.designator, "1M54X7W");
        }
}

TEST(Dab, IsNamedWhereOneFrameBeginsInTheRecording)
{
    for (const std::uint64_t seed : {1U, 2U})
        EXPECT_EQ(named({dab(phase_reference()), 2.4e6, 0.05, 10.0, 0.0, seed}).system.name, "DAB") << seed;
}

TEST(Dab, IsNotNamedWithAnotherReferenceNorAtAnotherPace)
{
    EXPECT_NE(named({dab(another_reference()), 2.4e6, 0.25, 20.0, 220.352e6}).system.name, "DAB");
    EXPECT_NE(named({dab(phase_reference(), 4, 40), 2.4e6, 0.25, 20.0, 220.352e6}).system.name, "DAB");
    OfdmSettings other;
    other.fft_size = useful;
    other.prefix = prefix;
    other.spacing_hz = 1000.0;
    other.carriers_each_side = 768;
    EXPECT_NE(named({ofdm(other), 2.4e6, 0.25, 20.0, 220.352e6}).system.name, "DAB");
}

} // namespace gacsong::test
