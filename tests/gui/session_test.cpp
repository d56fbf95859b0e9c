// SPDX-License-Identifier: GPL-3.0-or-later
// The session: work in threads, news in order, clean ends at any moment.
#include "tests/gui/desk.hpp"
#include "tests/gui/replayed.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <fstream>

namespace gacsong::gui {
namespace {

using test::until;

TEST(SessionOf, ARecordingFindsWhatTheScanFinds)
{
    Session session(test::load_files);
    session.set_files(
        {.plan = {}, .register_file = GACSONG_SOURCE_DIR "/captures/fm_band/licences.csv", .ignore_file = {}});
    const QSignalSpy opened(&session, &Session::opened);
    const QSignalSpy ended(&session, &Session::ended);
    session.open(test::demo_recording(), {});
    ASSERT_TRUE(until([&] { return ended.count() == 1; }));
    EXPECT_EQ(opened.count(), 1);
    EXPECT_EQ(session.phase(), Session::Phase::done);
    ASSERT_EQ(session.emissions().size(), 5U);
    int unlicensed = 0;
    for (const Emission& emission : session.emissions())
        unlicensed += emission.verdict == Verdict::unlicensed ? 1 : 0;
    EXPECT_EQ(unlicensed, 1);
    EXPECT_EQ(session.analysed(), 1.0);
}

TEST(SessionOf, ABrokenFileSaysWhy)
{
    Session session(test::load_files);
    const QSignalSpy failed(&session, &Session::failed);
    session.open("/nonexistent/recording.sigmf-meta", {});
    ASSERT_TRUE(until([&] { return failed.count() == 1; }));
    EXPECT_EQ(session.phase(), Session::Phase::failed);
    ASSERT_TRUE(session.error());
    EXPECT_EQ(session.error()->message.key, "file.not_found");
}

TEST(SessionOf, ACutRecordingKeepsWhatWasRead)
{
    const gacsong::test::TemporaryFolder folder;
    const std::string meta = (folder.path() / "cut.sigmf-meta").string();
    std::filesystem::copy_file(test::demo_recording(), meta);
    const std::string data = std::string(GACSONG_SOURCE_DIR) + "/captures/fm_band/fm_98M_2M048.sigmf-data";
    std::filesystem::copy_file(data, folder.path() / "cut.sigmf-data");
    std::filesystem::resize_file(folder.path() / "cut.sigmf-data", 500'001);
    Session session(test::load_files);
    const QSignalSpy ended(&session, &Session::ended);
    session.open(meta, {});
    ASSERT_TRUE(until([&] { return ended.count() == 1; }));
    EXPECT_FALSE(session.emissions().empty());
}

TEST(SessionOf, ManyOpeningsLeaveNothingBehind)
{
    Session session(test::load_files);
    for (int i = 0; i < 20; ++i) {
        session.open(test::demo_recording(), {});
        // At another point of the way each time.
        for (int k = 0; k < i; ++k)
            QCoreApplication::processEvents();
        if (session.recording())
            session.want({{{12, 9}, 0.0, 0.2}});
    }
    const QSignalSpy ended(&session, &Session::ended);
    ASSERT_TRUE(until([&] { return session.phase() == Session::Phase::done; }));
    EXPECT_EQ(session.emissions().size(), 5U);
}

TEST(SessionOf, RowsComeRoughFirstAndThenWhole)
{
    // 64 Mi samples of silence with something in the first and the last page; nearly all of it is a hole on the disk.
    const gacsong::test::TemporaryFolder folder;
    const std::string path = (folder.path() / "long_100M_1M.cs8").string();
    constexpr std::int64_t bytes = 128LL << 20;
    {
        std::ofstream out(path, std::ios::binary);
        const std::string page(4096, '\x40');
        out << page;
        out.seekp(bytes - 4096);
        out << page;
    }
    Session session(test::load_files);
    sdr::InputFlags flags;
    flags.rate_hz = 1e6;
    flags.type = parse_sample_format("cs8");
    session.open(path, flags);
    ASSERT_TRUE(until([&] { return session.recording().has_value(); }));
    const TileGrid grid{18, 9};
    session.want({{grid, 0.0, session.recording()->timeline.duration_s()}});
    ASSERT_TRUE(until([&] { return session.tiles().find(grid, (64LL << 20) - 1).has_value(); }));
    EXPECT_EQ(session.tiles().find(grid, 0)->state() == RowState::empty, false);
    const auto last = session.tiles().find(grid, (64LL << 20) - 1);
    EXPECT_GT(*std::ranges::max_element(last->maximum()), -5'000);
    session.stop();
}

TEST(SessionOf, AReceiverShowsWhatItReceives)
{
    qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
    Session session(test::load_files);
    const QSignalSpy ended(&session, &Session::ended);
    const QSignalSpy grown(&session, &Session::grown);
    const ReceiverChoice receiver = test::replayed("speed=0");
    session.listen(receiver.address, receiver.settings);
    ASSERT_TRUE(until([&] { return session.recording().has_value(); })) << "no receiver";
    EXPECT_TRUE(session.recording()->live());
    ASSERT_TRUE(until([&] { return ended.count() == 1; }));
    EXPECT_GE(grown.count(), 1);
    EXPECT_NEAR(session.recording()->timeline.duration_s(), 0.215, 0.01);
    EXPECT_EQ(session.emissions().size(), 5U);
    // Its rows are still in the ring.
    const TileGrid grid{11, 10};
    const auto there = [&] {
        session.want({{grid, 0.0, 1.0}});
        const auto row = session.tiles().find(grid, 200'000);
        return row && row->state() == RowState::whole;
    };
    EXPECT_TRUE(until(there));
    session.stop();
}

} // namespace
} // namespace gacsong::gui
