// SPDX-License-Identifier: GPL-3.0-or-later
// What comes back after a program that was torn down, what the store says of an emission, and what live sound needs.
#include "gui/session/input_text.hpp"
#include "report/cases/audit.hpp"
#include "report/text/time_text.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/replayed.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace gacsong::gui {
namespace {

using test::replayed;
using test::until;

TEST(ReceiverText, SaysTheSameAfterwards)
{
    ReceiverChoice choice = replayed();
    choice.settings.center_hz = 98.05e6;
    choice.settings.rate_hz = 2.048e6;
    choice.settings.antenna = "RX \"A\"";
    choice.settings.gains = {{"", 30.0}, {"LNA", 24.5}};
    choice.ppm = -2.5;
    const auto read = read_receiver(receiver_text(choice));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->address, choice.address);
    EXPECT_EQ(read->settings.args, choice.settings.args);
    EXPECT_EQ(read->settings.center_hz, choice.settings.center_hz);
    EXPECT_EQ(read->settings.rate_hz, choice.settings.rate_hz);
    EXPECT_EQ(read->settings.antenna, choice.settings.antenna);
    EXPECT_EQ(read->settings.gains, choice.settings.gains);
    EXPECT_EQ(read->ppm, choice.ppm);
    for (const char* odd : {"", "{", "[]", "{\"address\":7}", "{\"address\":\"file.wav\"}"})
        EXPECT_FALSE(read_receiver(odd)) << odd;
}

TEST(RecordingText, SaysTheSameAfterwards)
{
    sdr::InputFlags flags;
    flags.center_hz = 98.05e6;
    flags.rate_hz = 250e3;
    flags.type = parse_sample_format("cu8");
    flags.start = parse_rfc3339("2026-06-01T10:15:23.25Z");
    flags.swap_iq = true;
    const RecordingChoice read = read_recording("x.bin", recording_text({"x.bin", flags, 12.5}));
    EXPECT_EQ(read.path, "x.bin");
    EXPECT_EQ(read.flags.center_hz, flags.center_hz);
    EXPECT_EQ(read.flags.rate_hz, flags.rate_hz);
    ASSERT_TRUE(flags.type && read.flags.type);
    EXPECT_EQ(read.flags.type->name(), "cu8");
    ASSERT_TRUE(flags.start && read.flags.start);
    EXPECT_EQ(read.flags.start->unix_ns, flags.start->unix_ns);
    EXPECT_TRUE(read.flags.swap_iq);
    EXPECT_EQ(read.ppm, 12.5);
    for (const char* odd : {"", "{", "[]", "{\"center_hz\":\"x\",\"type\":7,\"start\":\"noon\",\"ppm\":[]}"}) {
        const RecordingChoice nothing = read_recording("x.bin", odd);
        EXPECT_FALSE(nothing.flags.center_hz || nothing.flags.type || nothing.flags.start || nothing.ppm) << odd;
    }
}

class TornDown : public testing::Test {
protected:
    [[nodiscard]] WindowStart start() const
    {
        WindowStart made = test::demo_start(Language::vi);
        made.settings_path = QString::fromStdString((folder.path() / "window.ini").string());
        Settings kept = SettingsFile(made.settings_path).load();
        kept.language = Language::vi;
        kept.theme = ThemeChoice::dark;
        made.settings = kept;
        return made;
    }
    /// Of the pirate of the demo recording, which sends on 97.7 MHz.
    [[nodiscard]] static std::optional<double> pirate_hz(Window& window)
    {
        for (const Emission& e : window.session().emissions())
            if (e.center_hz && std::abs(*e.center_hz - 97.7e6) < 10e3 && e.bandwidth_hz > 50e3)
                return e.center_hz;
        return std::nullopt;
    }
    static void press_again(Window& window)
    {
        auto* banner = window.findChild<QWidget*>("last");
        ASSERT_NE(banner, nullptr);
        banner->findChildren<QPushButton*>().front()->click();
    }
    const gacsong::test::TemporaryFolder folder;
};

TEST_F(TornDown, TheReceiverAndItsSettingsAreOfferedAgain)
{
    qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
    {
        ReceiverChoice choice = replayed();
        choice.settings.center_hz = 98.05e6;
        choice.ppm = -2.5;
        Window window(start());
        window.show();
        window.listen(choice);
        ASSERT_TRUE(until([&] { return window.session().recording().has_value(); }));
        // It is not closed: all stands in the file already.
        const Settings kept = start().settings;
        EXPECT_TRUE(kept.session_live);
        const auto read = read_receiver(kept.session_receiver);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->settings.center_hz, 98.05e6);
        EXPECT_EQ(read->ppm, -2.5);
        window.session().stop();
    }
    Window again(start());
    again.show();
    const auto* banner = again.findChild<QWidget*>("last");
    ASSERT_NE(banner, nullptr);
    EXPECT_TRUE(banner->accessibleName().contains("98,05")) << banner->accessibleName().toStdString();
}

TEST_F(TornDown, WhatWasStatedOfTheRecordingIsStatedAgain)
{
    constexpr double stated_ppm = 40.0;
    sdr::InputFlags flags;
    flags.start = parse_rfc3339("2026-06-01T10:15:23Z");
    {
        Window window(start());
        window.show();
        window.open({test::demo_recording(), flags, stated_ppm});
        ASSERT_TRUE(until([&] { return window.session().recording().has_value(); }));
    }
    Window again(start());
    again.show();
    press_again(again);
    ASSERT_TRUE(test::settled(again));
    EXPECT_EQ(again.session().recording()->stream.start->unix_ns, flags.start->unix_ns);
    ASSERT_TRUE(pirate_hz(again));
    EXPECT_NEAR(*pirate_hz(again), 97.7e6 * (1.0 - 1e-6 * stated_ppm), 1e3);
    // Another one is not opened with it.
    again.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(again));
    ASSERT_TRUE(pirate_hz(again));
    EXPECT_NEAR(*pirate_hz(again), 97.7e6, 1e3);
}

TEST_F(TornDown, TheViewLevelsAndMarkersComeBack)
{
    paint::View view;
    {
        Window window(start());
        window.resize(1280, 720);
        window.show();
        window.open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(window));
        window.picture().set_view({-200e3, 300e3, 0.02, 0.12});
        window.picture().set_levels({-90.0, -31.0});
        window.picture().toggle_cursor();
        view = window.picture().view();
        ASSERT_TRUE(until([&] { return start().settings.session_view == window.picture().view_text(); }));
    }
    Window again(start());
    again.resize(1280, 720);
    again.show();
    again.findChild<QWidget*>("last")->findChildren<QPushButton*>().front()->click();
    ASSERT_TRUE(until([&] { return again.session().recording().has_value(); }));
    ASSERT_TRUE(test::settled(again));
    EXPECT_NEAR(again.picture().view().low_hz, view.low_hz, 1e-6);
    EXPECT_NEAR(again.picture().view().to_s, view.to_s, 1e-9);
    EXPECT_NEAR(again.picture().levels().high_db, -31.0, 1e-9);
    ASSERT_EQ(again.picture().cursors().size(), 1U);
    EXPECT_NEAR(again.picture().cursors()[0].hz, 0.5 * (view.low_hz + view.high_hz), 2e3);
    // Text that is none changes nothing.
    again.picture().restore_view("{\"view\":[1]}");
    EXPECT_NEAR(again.picture().view().low_hz, view.low_hz, 1e-6);
}

TEST(Markers, AreGoneToByKeyInTheOrderOfTime)
{
    Window window(test::demo_start(Language::en));
    window.resize(1280, 720);
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    PictureView& picture = window.picture();
    EXPECT_FALSE(picture.step_mark(true));
    // The later one is set first.
    for (const double end_s : {0.2, 0.1}) {
        picture.set_view({-400e3, 400e3, end_s - 0.05, end_s});
        picture.toggle_cursor();
    }
    ASSERT_EQ(picture.cursors().size(), 2U);
    window.action(Act::next_mark).trigger();
    EXPECT_EQ(picture.active_cursor(), 1U);
    window.action(Act::next_mark).trigger();
    EXPECT_EQ(picture.active_cursor(), 0U);
    const double at_s = picture.cursors()[0].at_s;
    EXPECT_TRUE(picture.view().from_s <= at_s && at_s <= picture.view().to_s) << "it must be in view";
    EXPECT_TRUE(picture.accessibleDescription().contains("Marker 1")) << picture.accessibleDescription().toStdString();
    window.action(Act::previous_mark).trigger();
    EXPECT_EQ(picture.active_cursor(), 1U);
    // The key that sets a marker takes away the one that was gone to.
    window.action(Act::cursor).trigger();
    EXPECT_EQ(picture.cursors().size(), 1U);
}

TEST(History, OfAnEmissionStandsInItsDetails)
{
    for (const Language language : {Language::vi, Language::en}) {
        const gacsong::test::TemporaryFolder folder;
        const auto file = folder.path() / "store.sqlite";
        {
            const auto store = Store::open(file);
            ASSERT_TRUE(store);
            for (const double latitude : {10.3861, 10.3863, 21.0278}) {
                gacsong::Run run;
                run.program = "test";
                run.stream.latitude = latitude;
                run.stream.longitude = 105.4351;
                ASSERT_TRUE((*store)->begin(run));
                Emission e;
                e.id = "e1";
                e.center_hz = 97.7004e6;
                e.bandwidth_hz = 140e3;
                e.start = Instant{1'700'000'000'000'000'000 + static_cast<std::int64_t>(latitude) * 86'400'000'000'000};
                ASSERT_TRUE((*store)->add(e));
                e.id = "e2";
                e.center_hz = 96.0e6;
                ASSERT_TRUE((*store)->add(e));
                ASSERT_TRUE((*store)->commit({}));
            }
        }
        WindowStart start = test::demo_start(language);
        start.store = file;
        Window window(std::move(start));
        window.resize(1920, 1080);
        window.show();
        window.open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(window));
        ASSERT_TRUE(until([&] { return window.session().stored_run().has_value(); }));
        const auto past_of = [&](double center_hz) {
            const auto& all = window.session().emissions();
            const auto at =
                std::ranges::find_if(all, [&](const Emission& e) { return std::abs(*e.center_hz - center_hz) < 5e3; });
            EXPECT_NE(at, all.end());
            int told = 0;
            QObject::connect(&window.archive(), &Archive::looked_up, &window, [&told] { ++told; });
            Q_EMIT window.picture().picked(static_cast<int>(at - all.begin()));
            EXPECT_TRUE(until([&] { return told > 0; }));
            const auto* label = window.details().findChild<QLabel*>("past");
            return label == nullptr ? QString() : label->text();
        };
        const QString pirate = past_of(97.7e6);
        EXPECT_TRUE(pirate.contains(language == Language::vi ? "Trong 3 bản ghi trước, 3 lần."
                                                             : "In 3 earlier recordings, 3 times."))
            << pirate.toStdString();
        EXPECT_TRUE(pirate.contains("2023")) << pirate.toStdString();
        // Two of them within a thousandth of a degree of each other; the more frequent place first.
        EXPECT_TRUE(pirate.contains(language == Language::vi ? "10,386; 105,435: 2" : "10.386; 105.435: 2"))
            << pirate.toStdString();
        const QString other = past_of(98.6e6);
        EXPECT_EQ(other, window.words()("gui.past.none"));
        // The register's row stands there with what it licenses.
        bool entry = false;
        for (const auto* label : window.details().findChildren<QLabel*>())
            entry = entry || (label->text().contains(" · ") && label->text().contains("MHz"));
        EXPECT_TRUE(entry);
    }
}

class LiveSound : public testing::Test {
protected:
    /// Takes what is handed to it.
    class Counting final : public SoundOutput {
    public:
        explicit Counting(std::size_t& count) : count_(count) {}
        [[nodiscard]] Status start() override { return {}; }
        void stop() override {}
        [[nodiscard]] std::size_t room() const override { return 4'800; }
        void write(std::span<const std::int16_t> values) override
        {
            for (const std::int16_t value : values)
                count_ += std::abs(static_cast<int>(value)) > 300 ? 1 : 0;
        }

    private:
        std::size_t& count_;
    };

    const gacsong::test::TemporaryFolder folder;
    std::size_t loud = 0;
};

TEST_F(LiveSound, OfWhatThePointerIsOnIsHeardAndLogged)
{
    qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
    WindowStart start = test::demo_start(Language::vi);
    start.store = folder.path() / "store.sqlite";
    Window window(std::move(start));
    window.listener().set_output(std::make_unique<Counting>(loud));
    window.resize(1280, 720);
    window.show();
    const ReceiverChoice choice = replayed();
    window.listen(choice);
    const auto& all = window.session().emissions();
    const auto wide = [&] {
        return std::ranges::find_if(all, [](const Emission& e) { return e.modulation.name == "WFM" && sound_of(e); });
    };
    ASSERT_TRUE(until([&] { return wide() != all.end(); })) << "what goes on is told of before it ends";
    const Emission emission = *wide();
    EXPECT_FALSE(window.action(Act::listen).isChecked()) << "off until somebody wants it";
    EXPECT_EQ(loud, 0U);
    // Nothing is selected: the pointer says which.
    PictureView& picture = window.picture();
    const QPoint at(static_cast<int>(picture.parts().frequency_scale(picture.view()).pixel(emission.offset_hz)),
                    picture.parts().spectrum.center().y());
    QTest::mouseMove(&picture, at - QPoint(3, 0));
    QTest::mouseMove(&picture, at);
    ASSERT_TRUE(until([&] { return picture.pointed().has_value(); }));
    window.action(Act::listen).trigger();
    EXPECT_TRUE(window.listener().listening());
    ASSERT_TRUE(until([&] { return loud > 2'400; }));
    window.action(Act::listen).trigger();
    EXPECT_FALSE(window.listener().listening());
    window.session().stop();
    window.archive().finish();
    const auto store = Store::open(folder.path() / "store.sqlite", false);
    ASSERT_TRUE(store);
    const auto log = audit_entries((*store)->connection());
    ASSERT_TRUE(log);
    EXPECT_EQ(std::ranges::count(*log, "listen", &AuditEntry::action), 1);
}

TEST_F(LiveSound, NeedsSomethingToPointAt)
{
    WindowStart start = test::demo_start(Language::vi);
    start.store = folder.path() / "store.sqlite";
    Window window(std::move(start));
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    window.action(Act::listen).trigger();
    EXPECT_FALSE(window.action(Act::listen).isChecked());
    const auto* banner = window.findChild<QWidget*>("sound");
    ASSERT_NE(banner, nullptr);
    EXPECT_TRUE(banner->accessibleName().contains("trỏ vào")) << banner->accessibleName().toStdString();
}

} // namespace
} // namespace gacsong::gui
