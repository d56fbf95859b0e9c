// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/recogniser.hpp"
#include "tests/detect/signatures/built.hpp"
#include "tests/detect/signatures/grid.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/remote.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::test {

namespace {

Scene alone(const WaveformPtr& waveform, double rate_hz, double snr_db, double duration_s)
{
    Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.duration_s = duration_s;
    scene.noise_dbfs_hz = -100.0;
    Placed placed;
    placed.waveform = waveform;
    placed.offset_hz = 0.1 * rate_hz;
    placed.level = Level::snr_db(snr_db);
    scene.signals = {placed};
    return scene;
}

/// Answers like rtl_433 and remembers what it was asked.
class Answering final : public detect::HelperPrograms {
public:
    std::optional<std::string> run(std::string_view program, std::span<const std::string> arguments,
                                   std::span<const std::byte> input, std::chrono::milliseconds) const override
    {
        program_ = program;
        arguments_.assign(arguments.begin(), arguments.end());
        bytes_ = input.size();
        return answer_;
    }

    std::optional<std::string> answer_;
    mutable std::string program_;
    mutable std::vector<std::string> arguments_;
    mutable std::size_t bytes_ = 0;
};

Emission with(const Answering& helper)
{
    const Scene scene = alone(ev1527(0x12345, 5), 250e3, 20.0, 0.4);
    Emission emission = grid_emission(scene, 2);
    const SceneHistory history(scene, SampleFormat::of(Component::s16));
    detect::recognise(emission, {&history, 250e3, 0, 0.0, std::nullopt, 0.0}, &helper);
    return emission;
}

} // namespace

TEST(FmBroadcast, IsKnownByItsPilot)
{
    const auto stereo = recognised(alone(wfm({.stereo = true}), 500e3, 15.0, 0.5), 1);
    EXPECT_EQ(stereo.system.name, "FM broadcast");
    EXPECT_EQ(stereo.system.identity.at("pilot_hz"), "19000");
    EXPECT_GE(stereo.system.confidence, 0.8);
    EXPECT_EQ(recognised(alone(wfm({.stereo = false}), 500e3, 15.0, 0.5), 1).system.identity.count("pilot_hz"), 0U);
}

TEST(AnalogueVoice, IsCertainWithItsToneAlone)
{
    for (const double tone_hz : {67.0, 88.5, 141.3, 250.3}) {
        const auto e = recognised(alone(nfm({.ctcss_hz = tone_hz}), 100e3, 10.0, 1.5), 1);
        EXPECT_EQ(e.system.name, "analogue voice");
        ASSERT_EQ(e.system.identity.count("ctcss_hz"), 1U) << tone_hz;
        EXPECT_NEAR(std::stod(e.system.identity.at("ctcss_hz")), tone_hz, 1e-6);
        EXPECT_GE(e.system.confidence, 0.8);
    }
    const auto plain = recognised(alone(nfm(), 100e3, 15.0, 1.5), 1);
    EXPECT_EQ(plain.system.identity.count("ctcss_hz"), 0U);
    EXPECT_LT(plain.system.confidence, 0.8) << "shape alone decides nothing";
}

TEST(AmBroadcast, IsResembledOnItsChannelsAlone)
{
    const auto name_at = [](double carrier_hz) { return named({am(), 50e3, 1.0, 25.0, carrier_hz - 1000.0}).system; };
    for (const double carrier_hz : {999e3, 9.505e6}) {
        EXPECT_EQ(name_at(carrier_hz).name, "AM broadcast") << carrier_hz;
        EXPECT_LT(name_at(carrier_hz).confidence, 0.8) << carrier_hz;
    }
    for (const double carrier_hz : {1003.5e3, 5.68e6, 118.1e6})
        EXPECT_EQ(name_at(carrier_hz).name, "analogue voice") << carrier_hz;
}

TEST(AnalogueVoice, IsNotDataOfTheSameWidth)
{
    const auto e = recognised(alone(fsk({.symbol_rate_hz = 1200.0, .deviation_hz = 4500.0}), 100e3, 15.0, 1.5), 1);
    EXPECT_EQ(e.system.name, "unknown");
}

/// A weather satellite's picture: brightness on a subcarrier of 2400 Hz, two lines a second, on 17 kHz of deviation.
WaveformPtr picture()
{
    constexpr double rate_hz = 96e3;
    std::vector<std::complex<float>> samples;
    double cycles = 0.0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(rate_hz); ++i) {
        const double t = static_cast<double>(i) / rate_hz;
        const double brightness = 0.5 + 0.3 * std::sin(2.0 * std::numbers::pi * 33.0 * t) +
                                  0.15 * std::sin(2.0 * std::numbers::pi * 871.0 * t + 1.0);
        cycles += 17e3 * brightness * std::sin(2.0 * std::numbers::pi * 2400.0 * t) / rate_hz;
        samples.emplace_back(
            std::polar(1.0F, static_cast<float>(2.0 * std::numbers::pi * std::remainder(cycles, 1.0))));
    }
    return repeated(std::move(samples), rate_hz, 40e3);
}

TEST(AmplitudeModulation, OfAStrongStationIsNotKeying)
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed)
        EXPECT_EQ(named({am({.seed = seed}), 50e3, 1.5, 35.0, 125e6, seed}).modulation.name, "AM") << seed;
}

TEST(AnalogueVoice, IsNotAToneOrAPicture)
{
    for (const double tone_hz : {400.0, 1000.0, 2400.0})
        EXPECT_EQ(named({am({.tone_hz = tone_hz}), 50e3, 1.5, 25.0, 125e6}).system.name, "unknown") << tone_hz;
    EXPECT_EQ(named({picture(), 250e3, 2.0, 25.0, 137e6}).system.name, "unknown");
    const auto talk = named({am(), 50e3, 1.5, 25.0, 125e6});
    EXPECT_EQ(talk.system.name, "analogue voice") << talk.modulation.name << talk.bandwidth_hz;
    EXPECT_EQ(named({am({.depth = 0.5}), 50e3, 1.5, 25.0, 125e6}).system.name, "analogue voice");
    EXPECT_EQ(named({am(), 50e3, 0.35, 25.0, 125e6}).modulation.name, "AM") << "too short to hear syllables";
}

TEST(ShortRangeDevices, GetModelAndIdentityFromTheHelper)
{
    Answering helper;
    helper.answer_ = "{\"time\" : \"@0.1s\", \"model\" : \"EV1527\", \"id\" : 839}\nnoise\n{\"model\" : \"Other\"}\n"
                     "{\"model\" : \"EV1527\", \"id\" : 839}\n";
    const Emission e = with(helper);
    EXPECT_EQ(helper.program_, "rtl_433");
    EXPECT_GT(helper.bytes_, 4U * 1000U);
    EXPECT_EQ(e.system.name, "ISM device");
    EXPECT_EQ(e.system.identity, (std::map<std::string, std::string>{{"model", "EV1527"}, {"id", "839"}}));
}

TEST(ShortRangeDevices, KeepTheirModulationWithoutTheHelper)
{
    for (const char* answer : {"", "{\"model\"", "\"model\" : \"", "{\"model\" : "}) {
        Answering helper;
        helper.answer_ = answer;
        EXPECT_EQ(with(helper).system.name, "unknown") << answer;
    }
    const Answering missing;
    const Emission e = with(missing);
    EXPECT_EQ(e.system.name, "unknown");
    EXPECT_EQ(e.modulation.name, "OOK");
}

} // namespace gacsong::test
