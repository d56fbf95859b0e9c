// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/notes.hpp"
#include "report/text/utf8.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gacsong {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

/// Notes written to a file, with a clock that stands still until it is told.
class NotesTest : public ::testing::Test {
protected:
    void open(Notes::Settings settings, Language language = Language::en)
    {
        file_ = std::fopen((folder_.path() / "err").c_str(), "w");
        output_ = std::make_unique<Output>(fileno(file_), "err");
        notes_ = std::make_unique<Notes>(*output_, test::words(language), settings, [this] { return now; });
        EXPECT_TRUE(notes_->begin(test::sample_run()));
    }

    std::string text()
    {
        EXPECT_TRUE(notes_->end(test::sample_end()));
        EXPECT_TRUE(output_->flush());
        return test::read_file(folder_.path() / "err");
    }

    void TearDown() override
    {
        output_.reset();
        std::fclose(file_);
    }

    std::chrono::steady_clock::time_point now{};
    std::unique_ptr<Notes> notes_;

private:
    test::TemporaryFolder folder_;
    std::FILE* file_ = nullptr;
    std::unique_ptr<Output> output_;
};

} // namespace

TEST_F(NotesTest, SaysWarningsAndGaps)
{
    open({});
    ASSERT_TRUE(notes_->warning(Message("warn.time")));
    ASSERT_TRUE(notes_->gap({3.2, 65536, "overflow"}));
    ASSERT_TRUE(notes_->gap({4, 1, "cosmic rays"}));
    EXPECT_EQ(text(), "warning: The recording carries no absolute time; times count from its start.\n"
                      "warning: 65,536 samples (27.3\u00A0ms) lost at 3.200\u00A0s: the computer could not take the "
                      "receiver's data in time.\n"
                      "warning: 1 sample (0.42\u00A0µs) lost at 4.000\u00A0s, cause unknown.\n");
}

TEST_F(NotesTest, IsSilentWhenAsked)
{
    open({.quiet = true, .verbose = true, .progress = true});
    ASSERT_TRUE(notes_->warning(Message("warn.time")));
    now += 5s;
    notes_->progress({5, 12.5, 3});
    EXPECT_EQ(text(), "");
}

TEST_F(NotesTest, SaysEvenWhenQuietThatAnOutputFailed)
{
    open({.quiet = true});
    ASSERT_TRUE(notes_->warning(Message("store.busy", {{"store", "s.sqlite"}})));
    EXPECT_THAT(text(), HasSubstr("error: Another program keeps the store s.sqlite locked."));
}

TEST_F(NotesTest, ShowsTheSettingsWhenVerbose)
{
    open({.verbose = true}, Language::vi);
    EXPECT_EQ(text(), "ghi chú: pfa=1e-9\nghi chú: resolution_hz=1562.5\n");
}

TEST_F(NotesTest, CountsWarningsOfAKindAfterTheTenth)
{
    open({});
    for (int i = 0; i < 37; ++i)
        ASSERT_TRUE(notes_->warning(Message("warn.image", {{"center", Quantity{98e6 + i, Unit::frequency}}})));
    const std::string all = text();
    EXPECT_EQ(std::ranges::count(all, '\n'), 11);
    EXPECT_THAT(all, HasSubstr("warning: 27 more warnings of the kind warn.image; -v and --json show all.\n"));
}

TEST_F(NotesTest, ShowsProgressOnATerminalAfterASecond)
{
    open({.progress = true, .width = 80}, Language::vi);
    notes_->progress({1, 12.5, 0});
    now += 2s;
    notes_->progress({5, 12.5, 3});
    notes_->progress({5.1, 12.5, 3}); // too soon after the last
    const std::string shown = text();
    EXPECT_EQ(shown, "\r\033[K━━━━━━━━──────────── 40%, 3 phát xạ, còn 3\u00A0giây, ×2,5 thời gian thực\r\033[K");
}

TEST_F(NotesTest, ClearsProgressBeforeAWarningAndKeepsTheWidth)
{
    open({.progress = true, .width = 40});
    now += 2s;
    notes_->progress({5, std::nullopt, 3});
    ASSERT_TRUE(notes_->warning(Message("warn.time")));
    const std::string all = text();
    EXPECT_THAT(all, HasSubstr("real time\r\033[Kwarning: The recording"));
    EXPECT_LE(display_width(all.substr(4, all.find('\r', 1) - 4)), 39U);
}

TEST_F(NotesTest, ShowsNoProgressWithoutATerminal)
{
    open({});
    now += 5s;
    notes_->progress({5, 12.5, 3});
    EXPECT_THAT(text(), Not(HasSubstr("\r")));
}

} // namespace gacsong
