// SPDX-License-Identifier: GPL-3.0-or-later
// What the replay driver is made of.
#include "sdr/replay/player.hpp"
#include "sdr/replay/replay_options.hpp"
#include "sdr/replay/tuner.hpp"
#include "tests/sdr/support.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

namespace gacsong::sdr::testing {

namespace {

std::vector<std::complex<float>> tone(double rate_hz, double offset_hz, std::size_t count)
{
    std::vector<std::complex<float>> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double angle = 2.0 * std::numbers::pi * offset_hz / rate_hz * static_cast<double>(i);
        out[i] = {static_cast<float>(0.5 * std::cos(angle)), static_cast<float>(0.5 * std::sin(angle))};
    }
    return out;
}

/// Mean power of what a tone becomes at `offset_hz` of the new rate, the start left out.
double power_at(std::span<const std::complex<float>> samples, double rate_hz, double offset_hz)
{
    std::complex<double> sum = 0.0;
    const std::size_t skip = 100;
    for (std::size_t i = skip; i < samples.size(); ++i)
        sum += std::complex<double>(samples[i]) *
               std::polar(1.0, -2.0 * std::numbers::pi * offset_hz / rate_hz * static_cast<double>(i));
    return std::norm(sum / static_cast<double>(samples.size() - skip));
}

ReplayOptions options_of(const std::string& file)
{
    ReplayOptions options;
    options.file = file;
    options.flags = flags_of("cs8", 1e6);
    options.flags.center_hz = 100e6;
    return options;
}

} // namespace

TEST(Tuner, ShiftsAndKeepsTheLevelOfATone)
{
    Tuner tuner(8e6, 1e6, 8);
    std::vector<std::complex<float>> out;
    const auto in = tone(8e6, 1.2e6, 80'000);
    tuner.process(std::span(in).first(33'333), out);
    tuner.process(std::span(in).subspan(33'333), out);
    EXPECT_EQ(out.size(), 9'952U); // the filter has to fill first
    EXPECT_NEAR(10.0 * std::log10(power_at(out, 1e6, 0.2e6)), -6.02, 0.05);
}

TEST(Tuner, SuppressesWhatWouldFoldIntoTheBand)
{
    for (const double offset : {0.62e6, 0.9e6, -1.1e6, 3e6}) { // beyond 0.6 of the new rate
        Tuner tuner(8e6, 0.0, 8);
        std::vector<std::complex<float>> out;
        tuner.process(tone(8e6, offset, 80'000), out);
        EXPECT_LT(10.0 * std::log10(power_at(out, 1e6, std::remainder(offset, 1e6))), -60.0) << offset;
    }
}

TEST(ReplayOptions, NamesTheKeyThatIsWrong)
{
    EXPECT_EQ(replay_options({{"driver", "replay"}}).error().message.key, "replay.no_file");
    for (const auto& [key, value] : std::map<std::string, std::string>{
             {"speed", "-1"}, {"speed", "x"}, {"loop", "yes"}, {"drop_every", "0"}, {"type", "cs9"}, {"ppm", "1e9"}}) {
        const auto options = replay_options({{"file", "x"}, {key, value}});
        ASSERT_FALSE(options.has_value()) << key;
        EXPECT_EQ(options.error().message.arguments[0].value, Value(key));
    }
    const auto good = replay_options({{"file", "x"}, {"speed", "8"}, {"loop", "1"}, {"unplug_after", "2.5"}});
    ASSERT_TRUE(good.has_value());
    EXPECT_EQ(good->speed, 8.0);
    EXPECT_TRUE(good->loop);
    EXPECT_EQ(good->unplug_after_s, 2.5);
}

TEST(ReplayOptions, OpensOnlyTheFolderThatIsServed)
{
    const TempFolder folder;
    const std::string inside = folder.write("a.cs8", "xx");
    const TempFolder other;
    const std::string outside = other.write("b.cs8", "xx");
    ::symlink(outside.c_str(), folder.path("link.cs8").c_str());
    const std::string root = folder.path(".");
    EXPECT_TRUE(replay_permitted(outside, std::nullopt, false).has_value());
    EXPECT_FALSE(replay_permitted(inside, std::nullopt, true).has_value());
    EXPECT_TRUE(replay_permitted(inside, root, true).has_value());
    EXPECT_FALSE(replay_permitted(outside, root, true).has_value());
    EXPECT_FALSE(replay_permitted(folder.path("link.cs8"), root, false).has_value());
    EXPECT_FALSE(replay_permitted(folder.path("../x"), root, false).has_value());
    EXPECT_FALSE(replay_permitted(folder.path("none"), root, false).has_value());
}

TEST(Player, PlaysTheBytesAsTheyAre)
{
    const TempFolder folder;
    const std::string bytes = pattern(200'001);
    auto player = Player::open(options_of(folder.write("x.cs8", bytes)));
    ASSERT_TRUE(player.has_value());
    std::string played;
    std::vector<std::byte> out(2 * 7777);
    for (std::uint64_t lost = 0; !(*player)->ended();) {
        const auto count = (*player)->read((*player)->native(), out, lost);
        ASSERT_TRUE(count.has_value());
        ASSERT_GT(*count, 0U);
        EXPECT_EQ(lost, 0U);
        played.append(reinterpret_cast<const char*>(out.data()), 2 * *count);
    }
    EXPECT_EQ(played, bytes.substr(0, 200'000));
}

TEST(Player, BeginsAgainWhereItIsToldTo)
{
    const TempFolder folder;
    const std::string bytes = pattern(20'000);
    ReplayOptions options = options_of(folder.write("x.cs8", bytes));
    options.loop = true;
    auto player = Player::open(options);
    ASSERT_TRUE(player.has_value());
    std::vector<std::byte> out(50'000);
    std::uint64_t lost = 0;
    ASSERT_EQ((*player)->read((*player)->native(), out, lost).value(), 25'000U);
    EXPECT_EQ(std::memcmp(out.data() + 40'000, bytes.data(), 10'000), 0);
    EXPECT_FALSE((*player)->ended());
}

TEST(Player, ShowsTheErrorOfItsClock)
{
    const TempFolder folder;
    const auto in = tone(1e6, 100e3, 200'000);
    std::vector<std::byte> bytes(2 * in.size());
    quantise(in, SampleFormat::of(Component::s8), bytes);
    ReplayOptions options =
        options_of(folder.write("x.cs8", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    options.ppm = 20.0; // 2 kHz at 100 MHz: what is 100 kHz above appears 98 kHz above
    auto player = Player::open(options);
    ASSERT_TRUE(player.has_value());
    std::vector<std::complex<float>> out(100'000);
    std::uint64_t lost = 0;
    ASSERT_EQ((*player)->read(SampleFormat::of(Component::f32), std::as_writable_bytes(std::span(out)), lost).value(),
              out.size());
    EXPECT_NEAR(10.0 * std::log10(power_at(out, 1e6, 98e3)), -6.02, 0.1);
    EXPECT_LT(10.0 * std::log10(power_at(out, 1e6, 100e3)), -40.0);
}

} // namespace gacsong::sdr::testing
