// SPDX-License-Identifier: GPL-3.0-or-later
// A receiver in the window: pulled out and pushed in again after a restored session, and levels of a calibrated one.
#include "report/store/store.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/replayed.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <filesystem>
#include <fstream>

namespace gacsong::gui {
namespace {

using test::replayed;
using test::until;

class Plugged : public testing::Test {
protected:
    Plugged()
    {
        qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
        push_in();
    }
    void push_in() const { std::ofstream(plug).put('x'); }
    [[nodiscard]] WindowStart start() const
    {
        WindowStart made = test::demo_start(Language::en);
        made.settings_path = QString::fromStdString((folder.path() / "window.ini").string());
        made.settings = SettingsFile(made.settings_path).load();
        made.settings.language = Language::en;
        return made;
    }
    const gacsong::test::TemporaryFolder folder;
    const std::filesystem::path plug = folder.path() / "plug";
};

TEST_F(Plugged, ComesBackByItselfAfterARestoredSessionToo)
{
    {
        Window window(start());
        window.show();
        window.listen(replayed("loop=1,present=" + plug.string()));
        ASSERT_TRUE(until([&] { return window.session().recording().has_value(); }));
        window.session().stop();
    }
    // The next program finds gacsong-receiver by itself.
    Window window(start());
    window.resize(1280, 720);
    window.show();
    auto* last = window.findChild<QWidget*>("last");
    ASSERT_NE(last, nullptr);
    last->findChildren<QPushButton*>().front()->click();
    const Session& session = window.session();
    ASSERT_TRUE(until([&] { return session.recording().has_value(); }))
        << (session.error() ? session.error()->message.key : "");
    ASSERT_TRUE(session.recording()->live());
    ASSERT_TRUE(until([&] { return session.recording()->timeline.duration_s() > 0.2; }));
    std::filesystem::remove(plug);
    ASSERT_TRUE(until([&] { return window.findChild<QWidget*>("lost") != nullptr; }));
    EXPECT_EQ(window.findChild<QWidget*>("back"), nullptr);
    push_in();
    ASSERT_TRUE(until([&] { return window.findChild<QWidget*>("back") != nullptr; })) << "nobody pressed anything";
    EXPECT_EQ(window.findChild<QWidget*>("lost"), nullptr);
    ASSERT_TRUE(until([&] { return !session.recording()->timeline.gaps().empty(); }));
    const auto& gap = session.recording()->timeline.gaps().front();
    EXPECT_EQ(gap.why, "device");
    const double back_s = gap.at_s + static_cast<double>(gap.samples) / session.recording()->timeline.sample_rate_hz();
    EXPECT_TRUE(until([&] { return session.recording()->timeline.duration_s() > back_s + 0.2; })) << "it goes on";
    EXPECT_EQ(session.phase(), Session::Phase::scanning);
    window.session().stop();
}

TEST_F(Plugged, ShowsDbmWhereItsLevelsAreCalibrated)
{
    constexpr double offset_db = -21.0;
    WindowStart with_levels = start();
    with_levels.levels = [](const sdr::ReceiverFacts& facts) {
        return KnownLevels{sdr::LevelCalibration{facts.driver,
                                                 facts.serial,
                                                 facts.gains,
                                                 facts.antenna,
                                                 {{90e6, offset_db, 1.5, {}}, {110e6, offset_db, 1.5, {}}}},
                           std::nullopt};
    };
    with_levels.store = folder.path() / "store.sqlite";
    const auto load = with_levels.load;
    with_levels.load = [load](const ComparisonFiles& files) {
        auto comparison = load(files);
        if (comparison)
            comparison->files = {"plan_file vn.toml=as_of=2026 sha512=12"};
        return comparison;
    };
    Window window(std::move(with_levels));
    window.resize(1280, 720);
    window.show();
    window.listen(replayed("loop=1"));
    const Session& session = window.session();
    ASSERT_TRUE(until([&] { return !session.emissions().empty(); }));
    const Emission emission = session.emissions().front();
    ASSERT_TRUE(emission.power_dbm);
    EXPECT_NEAR(*emission.power_dbm, emission.power_dbfs + offset_db, 1e-9);
    Q_EMIT window.picture().picked(0);
    test::calm();
    const auto column = [&](const char* key) {
        return emission_columns()[static_cast<std::size_t>(column_of(key))].text(emission, window.words());
    };
    EXPECT_NE(column("level_dbm"), column("level"));
    bool in_details = false;
    for (const auto* label : window.details().findChildren<QLabel*>())
        in_details = in_details || label->text().contains("dBm");
    EXPECT_TRUE(in_details);
    window.session().stop();
    const auto store = Store::open(folder.path() / "store.sqlite", false);
    ASSERT_TRUE(store);
    const auto run = (*store)->run();
    ASSERT_TRUE(run && *run);
    EXPECT_EQ(std::ranges::count((*run)->run.settings, "plan_file vn.toml=as_of=2026 sha512=12"), 1)
        << "what it was compared with stands in the run";
}

} // namespace
} // namespace gacsong::gui
