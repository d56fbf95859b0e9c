// SPDX-License-Identifier: GPL-3.0-or-later
// A UMTS base: many codes at once, and at the start of each slot the primary synchronisation code, written here from
// TS 25.213 §5.2.3.1 as <a, a, a, −a, −a, a, −a, −a, a, a, a, −a, a, −a, a, a>.
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string_view>
#include <vector>

namespace gacsong::test {

namespace {

constexpr std::string_view a = "++++++--+-+-+--+";
constexpr std::string_view code = "+++--+--+++-+-++";

std::vector<double> primary_code()
{
    std::vector<double> signs;
    for (const char block : code)
        for (const char chip : a)
            signs.push_back(block == chip ? 1.0 : -1.0);
    return signs;
}

std::vector<double> some_code()
{
    Random random(12);
    std::vector<double> signs;
    for (const auto bit : random.bits(256))
        signs.push_back(bit != 0 ? 1.0 : -1.0);
    return signs;
}

/// 45 slots; the code has `share` of the power while it is sent.
WaveformPtr base(const std::vector<double>& signs, double share, std::size_t slot_chips = 2560)
{
    Random random(11);
    std::vector<std::complex<double>> chips;
    for (std::size_t n = 0; n < 45 * slot_chips; ++n) {
        std::complex<double> chip(random.normal(), random.normal());
        chip *= std::sqrt(0.5 * (1.0 - share));
        if (const std::size_t place = n % slot_chips; place < 256) {
            chip += signs[place] * std::sqrt(0.5 * share) * std::complex<double>(1.0, 1.0);
        }
        chips.push_back(chip);
    }
    return linear({.symbol_rate_hz = 3.84e6, .roll_off = 0.22, .symbols = chips});
}

/// Blocks of 256 chips that come back every 5 ms, ten times as strong as the rest: as LTE's synchronisation signals do.
WaveformPtr uneven()
{
    Random random(21);
    std::vector<std::complex<double>> block;
    for (int n = 0; n < 256; ++n)
        block.emplace_back(random.normal(), random.normal());
    std::vector<std::complex<double>> chips;
    for (std::size_t n = 0; n < 45U * 2560U; ++n) {
        const std::size_t place = n % 19200U;
        const bool busy = n / 3840U % 3U == 0U; // and traffic that comes and goes
        const std::complex<double> chip(random.normal(), random.normal());
        chips.push_back(place < 256 ? 3.0 * block[place] : (busy ? 1.0 : 0.3) * chip);
    }
    return linear({.symbol_rate_hz = 3.84e6, .roll_off = 0.22, .symbols = chips});
}

} // namespace

TEST(Umts, IsNotNamedWherePowerIsUneven)
{
    for (const std::uint64_t seed : {1U, 2U, 3U})
        EXPECT_NE(named({uneven(), 6e6, 0.05, 20.0, 2142.4e6, seed}).system.name, "UMTS");
}

TEST(Umts, IsNamedByTheCodeThatBeginsItsSlots)
{
    for (const double snr_db : {3.5, 20.0}) {
        for (const double rate_hz : {6.0e6, 10.0e6}) {
            const Emission e = named({base(primary_code(), 0.05), rate_hz, 0.05, snr_db, 2142.4e6, 3});
            EXPECT_EQ(e.system.name, "UMTS") << snr_db << ' ' << rate_hz;
            EXPECT_GE(e.system.confidence, 0.8);
            EXPECT_EQ(e.designator, "5M00G7W");
        }
    }
}

TEST(Umts, IsNotNamedWithoutTheCodeNorWithAnotherNorWithOtherSlots)
{
    EXPECT_NE(named({base(primary_code(), 0.0), 6e6, 0.05, 20.0, 2142.4e6, 4}).system.name, "UMTS");
    EXPECT_NE(named({base(some_code(), 0.05), 6e6, 0.05, 20.0, 2142.4e6, 5}).system.name, "UMTS");
    EXPECT_NE(named({base(primary_code(), 0.05, 3011), 6e6, 0.05, 20.0, 2142.4e6, 6}).system.name, "UMTS");
    OfdmSettings lte;
    lte.fft_size = 512;
    lte.prefix = 36;
    lte.spacing_hz = 15000.0;
    lte.carriers_each_side = 150;
    lte.symbols = 140;
    EXPECT_NE(named({ofdm(lte), 7.68e6, 0.05, 20.0, 2142.4e6, 7}).system.name, "UMTS");
}

} // namespace gacsong::test
