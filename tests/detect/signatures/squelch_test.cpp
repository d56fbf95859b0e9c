// SPDX-License-Identifier: GPL-3.0-or-later
// What opens a squelch: digital codes below the speech, pilot tones above the sound.
#include "detect/signatures/analogue/dcs_code.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/audio.hpp"
#include "tests/support/signals/broadcast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::test {

namespace {

/// FM by speech and something else, `extra` in hertz at a time.
template <class Extra>
WaveformPtr modulated(double deviation_hz, double rate_hz, double seconds, double span_hz, Extra extra)
{
    const Audio voice = make_voice(5);
    std::vector<std::complex<float>> samples;
    double turns = 0.0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(seconds * rate_hz); ++i) {
        const double t = static_cast<double>(i) / rate_hz;
        const auto sound = static_cast<std::size_t>(t * voice.rate_hz) % voice.samples.size();
        turns += (deviation_hz * voice.samples[sound] + extra(t)) / rate_hz;
        samples.push_back(std::complex<float>(std::polar(1.0, 2.0 * std::numbers::pi * std::fmod(turns, 1.0))));
    }
    return repeated(std::move(samples), rate_hz, span_hz);
}

/// 23 bits of a code, lowest first. 0x763813 is the word of code 023 that TIA-603 gives as an example.
double squelch(std::uint32_t word, double t, double deviation_hz)
{
    const auto bit = static_cast<std::size_t>(t * 134.4) % 23;
    return (word >> bit & 1U) != 0 ? deviation_hz : -deviation_hz;
}

WaveformPtr radio(std::uint32_t word)
{
    return modulated(2500.0, 48e3, 2.0, 12e3, [word](double t) { return squelch(word, t, 450.0); });
}

} // namespace

TEST(Dcs, IsReadBelowSpeech)
{
    const Emission e = named({radio(0x763813), 96e3, 1.6, 12.0});
    EXPECT_EQ(e.system.name, "analogue voice") << e.modulation.name;
    EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"dcs", "023"}}));
    EXPECT_GE(e.system.confidence, 0.8);
    EXPECT_EQ(named({radio(0x763812), 96e3, 1.6, 12.0}).system.identity.count("dcs"), 0U) << "one bit wrong";
}

TEST(Dcs, IsNotSeenInNoiseNorInRandomBits)
{
    Random random(51);
    for (int run = 0; run < 300; ++run) {
        std::vector<float> frequency;
        const auto bits = random.bits(200);
        for (std::size_t i = 0; i < 8000; ++i) {
            const bool up = bits[i * 1344 / 80000 % bits.size()] != 0;
            frequency.push_back(static_cast<float>(run % 2 == 0 ? 400.0 * random.normal() : (up ? 500.0 : -500.0)));
        }
        ASSERT_FALSE(detect::dcs_code(frequency, 8000.0)) << run;
    }
    EXPECT_FALSE(detect::dcs_code({}, 8000.0));
}

TEST(WirelessMicrophone, IsCertainWithTheToneOfItsCrystal)
{
    const auto with = [](double tone_hz) {
        return modulated(20e3, 400e3, 0.5, 160e3, [tone_hz](double t) {
            return 2500.0 * std::sin(2.0 * std::numbers::pi * std::fmod(tone_hz * t, 1.0));
        });
    };
    const Emission sure = named({with(32768.0), 800e3, 0.4, 15.0});
    EXPECT_EQ(sure.system.name, "wireless microphone") << sure.modulation.name;
    EXPECT_GE(sure.system.confidence, 0.8);
    ASSERT_EQ(sure.system.identity.count("pilot_hz"), 1U);
    EXPECT_NEAR(std::stod(sure.system.identity.at("pilot_hz")), 32768.0, 5.0);
    const Emission like = named({with(30000.0), 800e3, 0.4, 15.0});
    EXPECT_LT(like.system.confidence, 0.8) << "resembles";
}

TEST(WirelessMicrophone, IsNotWhatHasLinesAtAllMultiplesOfASlot)
{
    const auto framed = modulated(30e3, 400e3, 0.5, 160e3, [](double t) {
        double sum = 0.0;
        for (int k = 16; k < 20; ++k)
            sum += 4000.0 * std::sin(2.0 * std::numbers::pi * std::fmod(k * 1733.3 * t, 1.0) + k * k);
        return sum;
    });
    const Emission e = named({framed, 800e3, 0.4, 20.0});
    EXPECT_NE(e.system.name, "wireless microphone") << e.modulation.name;
}

TEST(WirelessMicrophone, IsNotAStationNorSpeechAlone)
{
    EXPECT_EQ(named({wfm({.stereo = true}), 600e3, 0.4, 20.0}).system.name, "FM broadcast");
    const auto plain = modulated(20e3, 400e3, 0.5, 160e3, [](double) { return 0.0; });
    EXPECT_NE(named({plain, 800e3, 0.4, 20.0}).system.name, "wireless microphone");
}

} // namespace gacsong::test
