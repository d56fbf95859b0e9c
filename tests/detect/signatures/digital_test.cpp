// SPDX-License-Identifier: GPL-3.0-or-later
// Systems with check sequences: frames built as their standards say, in noise, and the same frames with their checks
// broken, which must not be named.
#include "detect/signatures/recogniser.hpp"
#include "dsp/coding/cyclic.hpp"
#include "tests/detect/signatures/bits.hpp"
#include "tests/detect/signatures/grid.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/chirp.hpp"
#include "tests/support/signals/dmr.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <numbers>

namespace gacsong::test {

namespace {

Emission seen_in(const Scene& scene, double bandwidth_hz, double snr_db)
{
    Emission e;
    e.bandwidth_hz = bandwidth_hz;
    e.offset_hz = scene.signals.at(0).offset_hz + 0.01 * bandwidth_hz;
    e.power_dbfs = -40.0;
    e.snr_db = snr_db;
    e.end_s = scene.duration_s;
    const SceneHistory history(scene, SampleFormat::of(Component::s16));
    detect::recognise(e, {&history, scene.sample_rate_hz, 0, 0.0, std::nullopt, 0.0});
    return e;
}

Scene scene_of(const WaveformPtr& waveform, double rate_hz, double duration_s, double bandwidth_hz, double snr_db)
{
    Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = duration_s;
    scene.noise_dbfs_hz = -40.0 - snr_db - 10.0 * std::log10(bandwidth_hz);
    Placed placed;
    placed.waveform = waveform;
    placed.offset_hz = 0.03 * rate_hz;
    placed.level = Level::dbfs(-40.0);
    scene.signals = {placed};
    return scene;
}

/// Mode S: the squitters repeat every 2 ms.
Scene squitters(std::uint64_t message, unsigned flipped, double rate_hz, double snr_db)
{
    Bits bits;
    append(bits, 17U << 3U | 5U, 8);
    append(bits, 0x88A1B2, 24);
    append(bits, message, 56);
    const std::uint32_t parity = dsp::cyclic_remainder(bits, 0xFFF409, 24);
    append(bits, parity, 24);
    if (flipped > 0)
        bits[flipped] ^= 1U;
    Keying keying;
    keying.period_s = 2e-3;
    const auto pulse = [&](double at_us) { // edges between samples at every rate
        keying.spans.push_back({(at_us + 0.13) * 1e-6, (at_us + 0.63) * 1e-6});
    };
    for (const double at_us : {50.0, 51.0, 53.5, 54.5})
        pulse(at_us);
    for (std::size_t i = 0; i < bits.size(); ++i)
        pulse(58.0 + static_cast<double>(i) + (bits[i] == 1U ? 0.0 : 0.5));
    Scene scene = scene_of(carrier(), rate_hz, 0.03, 2e6, snr_db);
    scene.signals[0].keying = keying;
    return scene;
}

/// POCSAG: preamble and batches of one address word and two of message, the rest idle.
WaveformPtr pager(double rate_bd, bool inverted, unsigned damaged)
{
    const auto word = [&](std::uint32_t data) {
        const auto code = static_cast<std::uint32_t>(dsp::cyclic_codeword(data, 21, 0x769));
        const std::uint32_t whole = code << 1U | (static_cast<std::uint32_t>(std::popcount(code)) & 1U);
        return whole ^ damaged;
    };
    Bits bits;
    for (unsigned i = 0; i < 288; ++i)
        append(bits, 2, 2);
    for (unsigned batch = 0; batch < 3; ++batch) {
        append(bits, 0x7CD215D8, 32);
        for (unsigned w = 0; w < 16; ++w) {
            if (w == 6)
                append(bits, word(12345U << 2U | 3U), 32); // frame 3: address 12345·8 + 3
            else if (w == 7 || w == 8)
                append(bits, word(1U << 20U | 0x5A5A5U), 32);
            else
                append(bits, 0x7A89C197U ^ damaged, 32);
        }
    }
    FskSettings s;
    s.symbol_rate_hz = rate_bd;
    s.deviation_hz = 4500.0;
    for (const std::uint8_t bit : bits) // 1 is the lower frequency
        s.symbols.push_back((bit == 1U) != inverted ? std::int8_t{-1} : std::int8_t{1});
    return fsk(s);
}

/// P25: frames of 216 symbols with identifier and random content; `damaged` turns bits of the identifier.
WaveformPtr p25(std::uint32_t code, std::uint64_t damaged)
{
    Random random(3);
    Bits bits;
    for (unsigned frame = 0; frame < 4; ++frame) {
        append(bits, 0x5575F5FF77FF, 48);
        const std::uint64_t word = dsp::cyclic_codeword(code << 4U | 5U, 16, 06331141367235453) ^ damaged;
        append(bits, word >> 41U, 22);
        append(bits, 2, 2);
        append(bits, word & 0x1FFFFFFFFFFU, 41);
        append(bits, 0, 1);
        const Bits content = random.bits(318);
        bits.insert(bits.end(), content.begin(), content.end());
    }
    FskSettings s;
    s.deviation_hz = 1800.0;
    s.levels = 4;
    s.pulse = FskPulse::root_raised_cosine;
    s.shape = 0.2;
    for (std::size_t i = 0; i + 1 < bits.size(); i += 2)
        s.symbols.push_back(std::array<std::int8_t, 4>{1, 3, -1, -3}[2U * bits[i] + bits[i + 1]]);
    return fsk(s);
}

/// A frame of HDLC as levels of the line before NRZI; the check sequence is wrong in one bit where not `good`.
Bits hdlc_line(const Bits& content, bool good, unsigned flags)
{
    Bits sent; // each octet lowest bit first
    for (std::size_t i = 0; i < content.size(); ++i)
        sent.push_back(content[i / 8 * 8 + 7 - i % 8]);
    append(sent, (~dsp::cyclic_remainder(sent, 0x1021, 16, 0xFFFF) & 0xFFFFU) ^ (good ? 0U : 1U), 16);
    Bits line;
    append(line, 0x555555, 24);
    for (unsigned i = 0; i < flags; ++i)
        append(line, 0x7E, 8);
    unsigned ones = 0;
    for (const std::uint8_t bit : sent) {
        line.push_back(bit);
        ones = bit == 1U ? ones + 1 : 0;
        if (ones == 5) {
            line.push_back(0);
            ones = 0;
        }
    }
    append(line, 0x7E, 8);
    append(line, 0, 24);
    return line;
}

/// FM by two tones: the phase of the tone goes on from symbol to symbol.
class TwoTones final : public Waveform {
public:
    explicit TwoTones(const Bits& levels) : Waveform(describe())
    {
        double turns = 0.0;
        double phase = 0.0;
        for (const std::uint8_t level : levels) {
            for (unsigned i = 0; i < steps; ++i) {
                phases_.push_back(phase);
                turns += (level == 1U ? 1200.0 : 2200.0) / rate_hz;
                phase += 2.0 * std::numbers::pi * 3000.0 / rate_hz * std::sin(2.0 * std::numbers::pi * turns);
            }
        }
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = std::max(0.0, (t0_s + static_cast<double>(i) * dt_s) * rate_hz);
            out[i] = std::polar(1.0, phases_[static_cast<std::size_t>(t) % phases_.size()]);
        }
    }

private:
    static constexpr unsigned steps = 160;
    static constexpr double rate_hz = 1200.0 * steps;

    static Description describe()
    {
        Description d;
        d.modulation = "NFM";
        d.span_hz = 24e3;
        return d;
    }

    std::vector<double> phases_;
};

/// APRS: one report of a station, again and again.
WaveformPtr tracker(bool good)
{
    Bits content;
    const auto address = [&](std::string_view sign, unsigned last) {
        for (const char c : sign)
            append(content, static_cast<std::uint64_t>(c) << 1U, 8);
        append(content, last, 8);
    };
    address("APRS  ", 0xE0);
    address("XV9TST", 0x60U | 7U << 1U | 1U);
    append(content, 0x03F0, 16);
    for (const char c : std::string_view(">test report"))
        append(content, static_cast<std::uint64_t>(c), 8);
    Bits levels;
    std::uint8_t level = 1;
    for (const std::uint8_t bit : hdlc_line(content, good, 20)) {
        level = bit == 0U ? level ^ 1U : level;
        levels.push_back(level);
    }
    return std::make_shared<TwoTones>(levels);
}

/// AIS: position reports of one ship.
WaveformPtr ship(std::uint32_t station, bool good)
{
    Bits content;
    append(content, 1U << 2U, 8);
    append(content, static_cast<std::uint64_t>(station) << 2U, 32);
    append(content, 0x7FF0123456789ABC, 64);
    append(content, 0xFFFFFFFFFFFFFFFF, 64);
    const Bits line = hdlc_line(content, good, 1);
    FskSettings s = gmsk_settings(9600.0, 0.4);
    std::int8_t level = 1;
    for (const std::uint8_t bit : line) {
        level = bit == 0U ? static_cast<std::int8_t>(-level) : level;
        s.symbols.push_back(level);
    }
    return fsk(s);
}

} // namespace

TEST(CyclicCodes, OfP25DividesTheWholeLength)
{
    std::uint64_t rest = 1; // x^63 modulo the generator must be 1
    for (unsigned i = 0; i < 63; ++i) {
        rest <<= 1U;
        if ((rest >> 47U & 1U) != 0)
            rest ^= 06331141367235453U;
    }
    EXPECT_EQ(rest, 1U);
}

TEST(Lora, IsNamedWithWidthAndSpreadingFactor)
{
    for (const unsigned factor : {7U, 8U, 10U}) {
        const auto waveform = lora({.spreading_factor = factor});
        const Emission e = seen_in(scene_of(waveform, 500e3, 0.5, 125e3, 15.0), 125e3, 15.0);
        EXPECT_EQ(e.system.name, "LoRa") << factor << e.modulation.name;
        ASSERT_EQ(e.system.identity.count("spreading_factor"), 1U) << factor;
        EXPECT_EQ(e.system.identity.at("spreading_factor"), std::to_string(factor));
        EXPECT_EQ(e.system.identity.at("bandwidth_hz"), "125000");
    }
}

TEST(Lora, IsNotASweepOfTheSameSlope)
{
    const Emission e =
        seen_in(scene_of(chirp({.width_hz = 125e3, .period_s = 1.024e-3}), 500e3, 0.3, 125e3, 15.0), 125e3, 15.0);
    EXPECT_EQ(e.system.name, "unknown");
    EXPECT_EQ(e.system.identity.count("spreading_factor"), 0U);
}

TEST(Ais, IsNamedWithItsStationWhereTheCheckFits)
{
    for (const bool good : {true, false}) {
        const Emission e = seen_in(scene_of(ship(574123456, good), 96e3, 0.6, 10e3, 15.0), 10e3, 15.0);
        EXPECT_EQ(e.system.name, good ? "AIS" : "unknown");
        EXPECT_EQ(e.system.identity, good ? (std::map<std::string, std::string>{{"mmsi", "574123456"}})
                                          : (std::map<std::string, std::string>{}));
    }
}

TEST(Aprs, IsNamedWithItsSenderWhereTheCheckFits)
{
    const Emission e = seen_in(scene_of(tracker(true), 96e3, 1.2, 12e3, 20.0), 12e3, 20.0);
    EXPECT_EQ(e.system.name, "APRS") << e.modulation.name;
    EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"callsign", "XV9TST-7"}}));
    EXPECT_NE(seen_in(scene_of(tracker(false), 96e3, 1.2, 12e3, 20.0), 12e3, 20.0).system.name, "APRS");
}

TEST(Dmr, IsNamedWithItsColourCode)
{
    for (const bool base : {false, true}) {
        for (const bool voice : {false, true}) {
            const unsigned colour = base ? 11 : 3;
            const auto waveform = dmr({.colour_code = colour, .base_station = base, .voice = voice});
            const Emission e = seen_in(scene_of(waveform, 48e3, 1.5, 8e3, 15.0), 8e3, 15.0);
            EXPECT_EQ(e.system.name, "DMR") << base << voice;
            ASSERT_EQ(e.system.identity.count("colour_code"), 1U) << base << voice;
            EXPECT_EQ(e.system.identity.at("colour_code"), std::to_string(colour));
        }
    }
}

TEST(P25, IsNamedWithItsAccessCodeWhereTheCodeFits)
{
    const Emission e = seen_in(scene_of(p25(0x293, 0), 48e3, 1.0, 8e3, 15.0), 8e3, 15.0);
    EXPECT_EQ(e.system.name, "P25");
    ASSERT_EQ(e.system.identity.count("nac"), 1U);
    EXPECT_EQ(e.system.identity.at("nac"), "293");
    const Emission damaged = seen_in(scene_of(p25(0x293, 0x1111111111111), 48e3, 1.0, 8e3, 15.0), 8e3, 15.0);
    EXPECT_EQ(damaged.system.name, "unknown");
}

TEST(FourLevels, OfNoKnownSystemAreNotNamed)
{
    FskSettings s;
    s.levels = 4;
    s.deviation_hz = 1944.0;
    s.pulse = FskPulse::root_raised_cosine;
    s.shape = 0.2;
    EXPECT_EQ(seen_in(scene_of(fsk(s), 48e3, 2.0, 8e3, 20.0), 8e3, 20.0).system.name, "unknown");
}

TEST(CyclicCodes, GiveTheWordsOfTheStandards)
{
    EXPECT_EQ(dsp::cyclic_codeword(0x7CD215D8U >> 11U, 21, 0x769) << 1U, 0x7CD215D8U);
    EXPECT_EQ(dsp::cyclic_codeword(0x7A89C197U >> 11U, 21, 0x769), 0x7A89C197U >> 1U);
    Bits text;
    for (const char c : {'1', '2', '3', '4', '5', '6', '7', '8', '9'})
        append(text, static_cast<std::uint64_t>(c), 8);
    EXPECT_EQ(dsp::cyclic_remainder(text, 0x1021, 16, 0xFFFF), 0x29B1U) << "CRC-16/CCITT-FALSE, check value";
    EXPECT_EQ(dsp::cyclic_remainder(text, 0x864CFB, 24, 0xB704CE), 0x21CF02U) << "CRC-24 of RFC 4880, check value";
}

TEST(AdsB, IsNamedWithItsAddressAtSeveralRates)
{
    for (const double rate_hz : {2e6, 2.4e6, 8e6}) {
        const Emission e = seen_in(squitters(0x58C382D690C8AC, 0, rate_hz, 20.0), 1.3e6, 20.0);
        EXPECT_EQ(e.system.name, "ADS-B") << rate_hz << " " << e.modulation.name;
        ASSERT_EQ(e.system.identity.count("icao"), 1U) << rate_hz;
        EXPECT_EQ(e.system.identity.at("icao"), "88A1B2");
        EXPECT_EQ(e.modulation.name, "pulse");
    }
}

TEST(AdsB, IsNotNamedWhereTheParityIsWrong)
{
    for (const unsigned flipped : {7U, 40U, 111U})
        EXPECT_NE(seen_in(squitters(0x58C382D690C8AC, flipped, 2.4e6, 20.0), 1.3e6, 20.0).system.name, "ADS-B");
}

TEST(Pocsag, IsNamedAtItsRatesAndBothPolarities)
{
    for (const double rate_bd : {512.0, 1200.0, 2400.0}) {
        for (const bool inverted : {false, true}) {
            const Scene scene = scene_of(pager(rate_bd, inverted, 0), 100e3, 4.0, 10e3, 12.0);
            const Emission e = seen_in(scene, 11e3, 12.0);
            EXPECT_EQ(e.system.name, "POCSAG") << rate_bd << inverted;
            ASSERT_EQ(e.system.identity.count("ric"), 1U);
            EXPECT_EQ(e.system.identity.at("ric"), "98763");
        }
    }
}

TEST(Pocsag, IsNotNamedWhereEveryWordIsDamaged)
{
    EXPECT_NE(seen_in(scene_of(pager(1200.0, false, 0x00400000), 100e3, 3.0, 10e3, 20.0), 11e3, 20.0).system.name,
              "POCSAG");
}

TEST(DigitalSystems, AreNotSeenInNoise)
{
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const double width_hz = seed % 2 == 0 ? 1.5e6 : 12e3;
        const Scene scene =
            scene_of(noise_band(width_hz, seed), 2.0 * width_hz, seed % 2 == 0 ? 0.2 : 4.0, width_hz, 10.0);
        EXPECT_EQ(seen_in(scene, width_hz, 10.0).system.name, "unknown") << seed;
    }
}

} // namespace gacsong::test
