// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"
#include "tests/support/signals/audio.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <random>
#include <string>
#include <vector>

namespace gacsong::test {

namespace {

constexpr double rate_hz = 48e3;
constexpr double turn = 2.0 * std::numbers::pi;

/// One sideband of something like speech, its middle at 0 Hz: syllables of voiced sounds, whose harmonics pass two
/// formants and whose pitch falls, and of hissing ones. What three programs that speak gave is told like it.
std::vector<std::complex<float>> spoken(std::uint64_t seed, bool upper)
{
    constexpr double middle_hz = 1500.0;
    constexpr double lowest_hz = 300.0;
    constexpr double highest_hz = 2700.0;
    std::mt19937_64 random(seed);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    const double voice_hz = between(95.0, 220.0);
    std::vector<std::complex<float>> out;
    while (out.size() < std::size_t{4} * 48000) {
        const double seconds = between(0.1, 0.3);
        const bool hissing = between(0.0, 1.0) < 0.25;
        const double start_hz = voice_hz * between(0.85, 1.3);
        const double fall = between(-0.2, 0.3);
        const double loud = between(0.4, 1.0);
        const double first_hz = between(300.0, 800.0);
        const double second_hz = between(900.0, 2400.0);
        std::vector<double> hiss_hz(60);
        for (double& hz : hiss_hz)
            hz = between(1200.0, highest_hz);
        double turns = 0.0;
        const auto count = static_cast<std::size_t>(seconds * rate_hz);
        for (std::size_t i = 0; i < count; ++i) {
            const double t = static_cast<double>(i) / rate_hz;
            const double pitch_hz = start_hz * (1.0 - fall * t / seconds);
            turns += pitch_hz / rate_hz;
            std::complex<double> sum{};
            for (int h = 1; !hissing && h * pitch_hz < highest_hz; ++h) {
                const double hz = h * pitch_hz;
                const double formants = 1.0 / (1.0 + std::pow((hz - first_hz) / 120.0, 2)) +
                                        0.4 / (1.0 + std::pow((hz - second_hz) / 200.0, 2));
                sum += hz < lowest_hz ? 0.0 : formants * std::polar(1.0, turn * h * turns);
            }
            for (std::size_t k = 0; hissing && k < hiss_hz.size(); ++k)
                sum += 0.05 * std::polar(1.0, turn * (hiss_hz[k] * t + 0.37 * static_cast<double>(k * k)));
            sum *= loud * std::sin(std::numbers::pi * t / seconds) *
                   std::polar(1.0, -turn * middle_hz * static_cast<double>(out.size()) / rate_hz);
            out.emplace_back(upper ? sum : std::conj(sum));
        }
        out.resize(out.size() + static_cast<std::size_t>(between(0.0, 0.15) * rate_hz));
    }
    return out;
}

/// `value(t)` for four seconds, 3 kHz wide.
template <class Value> Emission told(Value value, double snr_db)
{
    std::vector<std::complex<float>> samples;
    for (std::size_t i = 0; i < std::size_t{4} * 48000; ++i)
        samples.emplace_back(value(static_cast<double>(i) / rate_hz));
    return named({repeated(std::move(samples), rate_hz, 3e3), rate_hz, 4.0, snr_db, 0.0, 1});
}

/// ±1 of a symbol.
double bit(double symbol) { return (static_cast<unsigned>(symbol) * 2654435761U >> 9U & 1U) != 0 ? 1.0 : -1.0; }

/// Phase keying with symbols that fade into each other, as amateurs send it.
double faded(double t, double baud)
{
    const double symbol = t * baud;
    const double part = 0.5 - 0.5 * std::cos(std::numbers::pi * (symbol - std::floor(symbol)));
    return bit(symbol) * (1.0 - part) + bit(symbol + 1.0) * part;
}

} // namespace

TEST(SingleSideband, IsToldByItsSpeech)
{
    int named_so = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        for (const bool upper : {false, true}) {
            const Emission e = named({repeated(spoken(seed, upper), rate_hz, 3e3), rate_hz, 4.0, 15.0, 0.0, seed});
            named_so += e.modulation.name == "SSB" ? 1 : 0;
            EXPECT_TRUE(e.modulation.name == "SSB" || e.modulation.name == "unknown") << e.modulation.name;
            EXPECT_LT(e.system.confidence, 0.8) << "shape alone never decides";
        }
    }
    EXPECT_GE(named_so, 18);
}

TEST(SingleSideband, IsNotSpeechOnTwo)
{
    const Audio voice = make_voice(7);
    const auto sound = [&](double t) {
        return static_cast<double>(voice.samples[static_cast<std::size_t>(t * voice.rate_hz) % voice.samples.size()]);
    };
    EXPECT_NE(told([&](double t) { return std::complex<double>(sound(t)); }, 20.0).modulation.name, "SSB");
    EXPECT_NE(told([&](double t) { return std::complex<double>(1.0 + sound(t)); }, 20.0).modulation.name, "SSB");
}

TEST(SingleSideband, IsNotDataThatBeats)
{
    for (const double baud : {62.5, 125.0, 250.0}) {
        const auto psk = [&](double t) { return faded(t, baud) * std::polar(1.0, turn * 700.0 * t); };
        EXPECT_NE(told(psk, 20.0).modulation.name, "SSB") << baud;
        const auto tones = [&](double t) {
            std::complex<double> sum{};
            for (int tone = 0; tone < 12; ++tone)
                sum += faded(t + 10.0 * tone, baud) * std::polar(1.0, turn * 2.0 * baud * (tone - 6) * t);
            return sum;
        };
        EXPECT_NE(told(tones, 20.0).modulation.name, "SSB") << baud;
    }
    EXPECT_NE(
        told([](double t) { return std::polar(1.0, turn * 900.0 * t) + std::polar(1.0, -turn * 700.0 * t); }, 20.0)
            .modulation.name,
        "SSB");
}

} // namespace gacsong::test
