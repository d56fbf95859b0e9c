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
