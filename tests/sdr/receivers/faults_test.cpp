// SPDX-License-Identifier: GPL-3.0-or-later
// Receivers that are pulled out, that freeze, and that are started and stopped for hours.
#include "tests/sdr/receivers/receiver_bench.hpp"

#include <dirent.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <thread>

namespace gacsong::sdr::testing {

namespace {

std::size_t entries(const char* folder)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

std::size_t open_files() { return entries("/proc/self/fd"); }

/// Children of this process that have not been waited for, dead or alive.
std::size_t children()
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream stat(entry.path() / "stat");
        std::string text;
        if (!std::getline(stat, text))
            continue;
        std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 2)));
        char state = 0;
        int parent = 0;
        if (rest >> state >> parent && parent == ::getpid())
            ++count;
    }
    return count;
}

} // namespace

class FaultsLong : public ReceiverBench {
protected:
    /// Listens until the receiver has come back `times` times.
    static void hear_losses(const Opened& live, std::size_t times, std::vector<Segment>& losses)
    {
        while (losses.size() < times) {
            const auto next = live.source->next(50'000);
            ASSERT_TRUE(next.has_value() && next->has_value());
            if ((*next)->begins && (*next)->begins->lost_before > 0)
                losses.push_back(*(*next)->begins);
            static_cast<void>(live.source->take_notes());
        }
    }
};

TEST_F(FaultsLong, SurvivesBeingPulledOut)
{
    const std::string plug = folder.write("plug", "");
    const auto link = open(settings(numbered(1'000'000), "loop=1,present=" + plug));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    std::atomic<bool> heard = false;
    std::jthread hand([&] {
        while (!heard)
            std::this_thread::yield();
        std::filesystem::remove(plug);
        while (link->losses() == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::ofstream(plug).put('x');
    });
    ASSERT_GE(hear(*live.source, 100'000).numbers.size(), 100'000U);
    heard = true;
    std::vector<Segment> losses;
    hear_losses(live, 1, losses);
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses[0].lost_why, "device");
    EXPECT_GE(losses[0].lost_before, 2'000'000U); // it takes two seconds to call it lost
    EXPECT_LE(losses[0].lost_before, 60'000'000U);
}

TEST_F(FaultsLong, SurvivesADriverThatNeverReturns)
{
    const auto link = open(settings(numbered(1'000'000), "loop=1,freeze_after=0.3"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    std::vector<Segment> losses;
    hear_losses(live, 2, losses);
    EXPECT_EQ(losses.size(), 2U);
    EXPECT_EQ(losses[1].lost_why, "device");
}

TEST_F(FaultsLong, StartsAndStopsTwoHundredTimesWithoutLeaving)
{
    const auto wish = settings(numbered(200'000), "loop=1");
    ASSERT_TRUE(open(wish));
    const std::size_t files = open_files();
    for (int i = 0; i < 200; ++i) {
        const auto link = open(wish);
        ASSERT_TRUE(link) << i;
        const Opened live = open_live(link, "soapy:x", {});
        ASSERT_TRUE(live.source->next(1000).has_value());
    }
    EXPECT_EQ(open_files(), files);
    EXPECT_EQ(children(), 0U);
}

TEST_F(FaultsLong, LosesItsReceiverTwoHundredTimes)
{
    // The process is taken away instead of waiting two seconds each time for silence to be noticed.
    const auto link = open(settings(numbered(200'000), "loop=1"));
    ASSERT_TRUE(link);
    const Opened live = open_live(link, "soapy:x", {});
    const std::size_t files = open_files();
    std::vector<Segment> losses;
    for (std::size_t i = 1; i <= 200; ++i) {
        ::kill(link->process(), SIGKILL);
        ASSERT_NO_FATAL_FAILURE(hear_losses(live, i, losses));
    }
    EXPECT_EQ(link->losses(), 200U);
    EXPECT_EQ(open_files(), files);
    EXPECT_EQ(children(), 1U);
}

} // namespace gacsong::sdr::testing
