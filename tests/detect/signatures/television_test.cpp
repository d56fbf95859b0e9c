// SPDX-License-Identifier: GPL-3.0-or-later
// Digital television, written here from EN 302 755 §9.8 (P1) and EN 300 744 §4.4 (symbols of DVB-T). The receiver was
// tried on what GNU Radio's modulators of both standards make (docs/recognition.md).
#include "dsp/demod/downconverter.hpp"
#include "dsp/demod/views.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/ofdm.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::test {

namespace {

constexpr double rate_hz = 64e6 / 7.0;

/// The carriers of P1 (table 43).
constexpr std::array<int, 384> p1_carriers{
    44,  45,  47,  51,  54,  59,  62,  64,  65,  66,  70,  75,  78,  80,  81,  82,  84,  85,  87,  88,  89,  90,  94,
    96,  97,  98,  102, 107, 110, 112, 113, 114, 116, 117, 119, 120, 121, 122, 124, 125, 127, 131, 132, 133, 135, 136,
    137, 138, 142, 144, 145, 146, 148, 149, 151, 152, 153, 154, 158, 160, 161, 162, 166, 171, 172, 173, 175, 179, 182,
    187, 190, 192, 193, 194, 198, 203, 206, 208, 209, 210, 212, 213, 215, 216, 217, 218, 222, 224, 225, 226, 230, 235,
    238, 240, 241, 242, 244, 245, 247, 248, 249, 250, 252, 253, 255, 259, 260, 261, 263, 264, 265, 266, 270, 272, 273,
    274, 276, 277, 279, 280, 281, 282, 286, 288, 289, 290, 294, 299, 300, 301, 303, 307, 310, 315, 318, 320, 321, 322,
    326, 331, 334, 336, 337, 338, 340, 341, 343, 344, 345, 346, 350, 352, 353, 354, 358, 363, 364, 365, 367, 371, 374,
    379, 382, 384, 385, 386, 390, 395, 396, 397, 399, 403, 406, 411, 412, 413, 415, 419, 420, 421, 423, 424, 425, 426,
    428, 429, 431, 435, 438, 443, 446, 448, 449, 450, 454, 459, 462, 464, 465, 466, 468, 469, 471, 472, 473, 474, 478,
    480, 481, 482, 486, 491, 494, 496, 497, 498, 500, 501, 503, 504, 505, 506, 508, 509, 511, 515, 516, 517, 519, 520,
    521, 522, 526, 528, 529, 530, 532, 533, 535, 536, 537, 538, 542, 544, 545, 546, 550, 555, 558, 560, 561, 562, 564,
    565, 567, 568, 569, 570, 572, 573, 575, 579, 580, 581, 583, 584, 585, 586, 588, 589, 591, 595, 598, 603, 604, 605,
    607, 611, 612, 613, 615, 616, 617, 618, 622, 624, 625, 626, 628, 629, 631, 632, 633, 634, 636, 637, 639, 643, 644,
    645, 647, 648, 649, 650, 654, 656, 657, 658, 660, 661, 663, 664, 665, 666, 670, 672, 673, 674, 678, 683, 684, 689,
    692, 696, 698, 699, 701, 702, 703, 704, 706, 707, 708, 712, 714, 715, 717, 718, 719, 720, 722, 723, 725, 726, 727,
    729, 733, 734, 735, 736, 738, 739, 740, 744, 746, 747, 748, 753, 756, 760, 762, 763, 765, 766, 767, 768, 770, 771,
    772, 776, 778, 779, 780, 785, 788, 792, 794, 795, 796, 801, 805, 806, 807, 809};

/// Frames of 40 ms that begin with P1, whose copies are `copies` carriers higher; noise follows. With `own_carriers` A
/// has its power on those of the standard, otherwise it is noise as well.
WaveformPtr frames(double copies, bool own_carriers = true)
{
    Random random(5);
    std::vector<std::complex<float>> noise(static_cast<std::size_t>(0.04 * rate_hz));
    for (auto& sample : noise)
        sample = {static_cast<float>(random.normal()), static_cast<float>(random.normal())};
    auto samples = dsp::filtered(std::span<const std::complex<float>>(noise), dsp::low_pass(3.8e6 / rate_hz, 0.05));
    double power = 0.0;
    for (const auto& sample : samples)
        power += static_cast<double>(std::norm(sample)) / static_cast<double>(samples.size());
    constexpr std::size_t before = 542;
    if (own_carriers) {
        for (std::size_t n = 0; n < 1024; ++n)
            samples[before + n] = 0.0F;
        for (const int carrier : p1_carriers) {
            const double sign = random.below(2) == 0 ? 1.0 : -1.0;
            const double turn = 2.0 * std::numbers::pi * (carrier - 426) / 1024.0;
            for (std::size_t n = 0; n < 1024; ++n)
                samples[before + n] +=
                    std::complex<float>(sign * std::polar(std::sqrt(power / 384.0), turn * static_cast<double>(n)));
        }
    }
    for (std::size_t n = 0; n < 1024; ++n) {
        const auto copy = std::complex<double>(samples[before + n]) *
                          std::polar(1.0, 2.0 * std::numbers::pi * copies * static_cast<double>(n) / 1024.0);
        samples[n < before ? n : before + 482 + n] = std::complex<float>(copy);
    }
    return repeated(samples, rate_hz, 7.61e6);
}

WaveformPtr dvb_t(std::size_t transform, std::size_t prefix)
{
    OfdmSettings s;
    s.fft_size = transform;
    s.prefix = prefix;
    s.spacing_hz = rate_hz / static_cast<double>(transform);
    s.carriers_each_side = transform * 6816 / 8192 / 2;
    s.dc_null = false;
    s.bits_per_carrier = 6;
    s.symbols = 8;
    return ofdm(s);
}

} // namespace

TEST(DigitalTelevision, IsDvbT2WhereFramesBeginWithP1)
{
    for (const double snr_db : {15.0, 5.0}) {
        const Emission e = named({frames(1.0), 10e6, 0.3, snr_db, 586e6});
        EXPECT_EQ(e.system.name, "DVB-T") << snr_db << " dB, " << e.modulation.name;
        EXPECT_GE(e.system.confidence, 0.9) << snr_db;
        EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"standard", "DVB-T2"}})) << snr_db;
    }
}

TEST(DigitalTelevision, IsNotNamedByCopiesElsewhere)
{
    for (const double carriers : {0.0, 2.0, -1.0})
        EXPECT_NE(named({frames(carriers), 10e6, 0.1, 15.0, 586e6}).system.name, "DVB-T") << carriers;
}

TEST(DigitalTelevision, IsNotNamedByCopiesOnOtherCarriers)
{
    EXPECT_NE(named({frames(1.0, false), 10e6, 0.1, 15.0, 586e6}).system.name, "DVB-T");
}

TEST(DigitalTelevision, OnlyResemblesDvbTByItsSymbols)
{
    for (const std::size_t transform : {2048U, 8192U})
        for (const std::size_t parts : {4U, 32U}) {
            const Emission e = named({dvb_t(transform, transform / parts), 10e6, 0.25, 15.0, 586e6});
            EXPECT_EQ(e.system.name, "DVB-T") << transform << " " << parts;
            EXPECT_LT(e.system.confidence, 0.8);
            EXPECT_EQ(e.modulation.name, "OFDM");
            EXPECT_NEAR(e.modulation.symbol_rate_hz.value_or(0.0),
                        rate_hz / static_cast<double>(transform + transform / parts), 0.5);
        }
}

TEST(DigitalTelevision, HasNoOtherPrefixes)
{
    for (const std::size_t prefix : {1536U, 1000U}) // of 8192
        EXPECT_NE(named({dvb_t(8192, prefix), 10e6, 0.25, 15.0, 586e6}).system.name, "DVB-T") << prefix;
    OfdmSettings s;
    s.fft_size = 1024;
    s.prefix = 256;
    s.spacing_hz = 7500.0;
    s.carriers_each_side = 500;
    EXPECT_NE(named({ofdm(s), 10e6, 0.25, 15.0, 586e6}).system.name, "DVB-T");
}

TEST(DigitalTelevision, IsNotResembledByAPieceTooShortToTellPrefixes)
{
    for (const std::size_t prefix : {1000U, 1024U})
        EXPECT_NE(named({dvb_t(8192, prefix), 10e6, 0.1, 15.0, 586e6}).system.name, "DVB-T") << prefix;
}

} // namespace gacsong::test
