// SPDX-License-Identifier: GPL-3.0-or-later
// A base of NR, written here from 3GPP TS 38.211 §4.3 (frames), §7.4.2 (synchronisation signals) and §7.4.3 (block).
// No independent receiver of NR is in Debian; the sequences were compared with those of other open receivers' sources.
#include "detect/signatures/cellular/nr_blocks.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/fft.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <string>
#include <vector>

namespace gacsong::test {

namespace {

constexpr std::size_t size = 512;

/// Bits of a shift register of seven places, the oldest first: x(i + 7) = x(i + tap) + x(i).
std::vector<int> register_bits(std::vector<int> x, std::size_t tap)
{
    for (std::size_t i = 0; i < 127; ++i)
        x.push_back((x[i + tap] + x[i]) % 2);
    x.resize(127);
    return x;
}

struct Base {
    unsigned pci = 500;
    double spacing_hz = 15e3;
    int half_carriers = 150;
    int reference = 20;   ///< subcarrier of SS_REF
    double traffic = 1.0; ///< amplitude outside the block
    bool primary = true;
    bool secondary = true;
    std::size_t apart = 2; ///< symbols from primary to secondary signal
};

std::complex<double> point(Random& random)
{
    return std::polar(1.0, 0.7853981633974483 * (1.0 + 2.0 * static_cast<double>(random.below(4))));
}

/// 20 ms with one block in the first slot.
WaveformPtr base(const Base& b)
{
    const auto p = register_bits({0, 1, 1, 0, 1, 1, 1}, 4);
    const auto s0 = register_bits({1, 0, 0, 0, 0, 0, 0}, 4);
    const auto s1 = register_bits({1, 0, 0, 0, 0, 0, 0}, 1);
    const unsigned sector = b.pci % 3;
    const unsigned group = b.pci / 3;
    Random random(31);
    std::vector<std::complex<float>> out;
    const double rate_hz = b.spacing_hz * static_cast<double>(size);
    const auto half_ms = static_cast<std::size_t>(b.spacing_hz / 15e3) * 7; // symbols
    for (std::size_t symbol = 0; symbol < 40 * half_ms; ++symbol) {
        std::vector<std::complex<double>> x(size);
        const auto at = [&](int k) -> std::complex<double>& {
            return x[static_cast<std::size_t>(k < 0 ? k + static_cast<int>(size) : k)];
        };
        for (int k = -b.half_carriers; k < b.half_carriers; ++k)
            at(k) = b.traffic * point(random);
        if (symbol >= 2 && symbol < 6)
            for (int i = 0; i < 240; ++i)
                at(b.reference + i - 120) = symbol == 2 ? 0.0 : point(random);
        for (std::size_t i = 0; i < 127; ++i) {
            const int k = b.reference + 56 + static_cast<int>(i) - 120;
            if (symbol == 2 && b.primary)
                at(k) = 1.0 - 2.0 * p[(i + 43UL * sector) % 127];
            if (symbol == 2 + b.apart && b.secondary)
                at(k) = (1.0 - 2.0 * s0[(i + 15UL * (group / 112) + 5UL * sector) % 127]) *
                        (1.0 - 2.0 * s1[(i + group % 112) % 127]);
        }
        fft(x, true);
        const std::size_t extra = symbol % half_ms == 0 ? half_ms / 7 * 4 : 0;
        const std::size_t prefix = 36 + extra;
        for (std::size_t n = 0; n < prefix + size; ++n)
            out.push_back(static_cast<std::complex<float>>(x[(n + size - prefix) % size]));
    }
    return repeated(out, rate_hz, b.spacing_hz * 2.0 * b.half_carriers);
}

/// The recording's centre for which SS_REF lies on its raster.
double center_for(const Base& b, double reference_hz, double rate_hz)
{
    return reference_hz - 0.02 * rate_hz - b.reference * b.spacing_hz;
}

constexpr double at_700_hz = 635 * 1.2e6 + 150e3;
constexpr double at_3700_hz = 3000e6 + 490 * 1.44e6;

bool tells(const Emission& e, unsigned pci)
{
    for (const Message& message : e.recognition)
        for (const Argument& argument : message.arguments)
            if (const auto* n = std::get_if<std::int64_t>(&argument.value); n != nullptr && *n == pci)
                return true;
    return false;
}

} // namespace

TEST(Nr, SequencesBeginAndEndAsTheStandardSays)
{
    // Shift registers of seven places run through all 127 states: 64 ones, 63 zeros; shifts have −1 in common.
    for (unsigned sector = 0; sector < 3; ++sector) {
        const auto one = detect::nr_primary(sector);
        const auto other = detect::nr_primary((sector + 1) % 3);
        double sum = 0.0;
        double product = 0.0;
        for (std::size_t i = 0; i < one.size(); ++i) {
            sum += static_cast<double>(one.at(i));
            product += static_cast<double>(one.at(i) * other.at(i));
        }
        EXPECT_EQ(sum, -1.0);
        EXPECT_EQ(product, -1.0);
    }
    EXPECT_EQ(detect::nr_primary(0).at(0), 1.0F);
    EXPECT_EQ(detect::nr_primary(0).at(1), -1.0F);
}

TEST(Nr, RasterOfBlocksIsThatOfTheStandard)
{
    // GSCN 2 … 4: 1250, 1350, 1450 kHz; GSCN 7499: 3000 MHz; GSCN 7989: 3705.6 MHz.
    EXPECT_EQ(detect::nr_block_raster_hz(1e6, 1.5e6), (std::vector<double>{1.25e6, 1.35e6, 1.45e6}));
    EXPECT_EQ(detect::nr_block_raster_hz(2999.9e6, 3001.5e6), (std::vector<double>{3000e6, 3001.44e6}));
    const auto at_3705 = detect::nr_block_raster_hz(3705.5e6, 3705.7e6);
    ASSERT_EQ(at_3705.size(), 1U);
    EXPECT_NEAR(at_3705.front(), 3705.6e6, 0.5);
}

TEST(Nr, IsNamedByItsBlockBelowOneGigahertz)
{
    for (const unsigned pci : {0U, 500U, 1007U})
        for (const double snr_db : {4.0, 20.0}) {
            const Base b{.pci = pci};
            const Emission e = named({base(b), 10e6, 0.045, snr_db, center_for(b, at_700_hz, 10e6), 2});
            EXPECT_EQ(e.system.name, "NR") << pci << ' ' << snr_db;
            EXPECT_GE(e.system.confidence, 0.9);
            EXPECT_TRUE(tells(e, pci)) << pci;
            EXPECT_EQ(e.modulation.name, "OFDM");
        }
}

TEST(Nr, IsNamedAtThirtyKilohertzWithAndWithoutTraffic)
{
    for (const double traffic : {0.0, 0.3, 1.0}) {
        const Base b{.pci = 77,
                     .spacing_hz = 30e3,
                     .half_carriers = 144,
                     .reference = traffic > 0.0 ? -14 : 0,
                     .traffic = traffic};
        const Emission e = named({base(b), 20e6, 0.045, 10.0, center_for(b, at_3700_hz, 20e6), 5});
        EXPECT_EQ(e.system.name, "NR") << traffic;
        EXPECT_TRUE(tells(e, 77)) << traffic;
    }
}

TEST(Nr, IsNotNamedWithoutBothSignalsInTheirPlaces)
{
    for (const Base& b : {Base{.primary = false}, Base{.secondary = false}, Base{.apart = 3}, Base{.apart = 1}})
        EXPECT_NE(named({base(b), 10e6, 0.045, 20.0, center_for(b, at_700_hz, 10e6)}).system.name, "NR");
}

TEST(Nr, IsNotNamedOffItsRaster)
{
    const Base b;
    EXPECT_NE(named({base(b), 10e6, 0.045, 20.0, center_for(b, at_700_hz + 50e3, 10e6)}).system.name, "NR");
}

TEST(Nr, IsNotNamedWhereItIsLte)
{
    OfdmSettings lte;
    lte.fft_size = 512;
    lte.prefix = 36;
    lte.spacing_hz = 15000.0;
    lte.carriers_each_side = 150;
    lte.symbols = 280;
    for (const std::uint64_t seed : {1U, 2U, 3U})
        EXPECT_NE(named({ofdm(lte), 7.68e6, 0.05, 20.0, 763e6, seed}).system.name, "NR");
}

} // namespace gacsong::test
