// SPDX-License-Identifier: GPL-3.0-or-later
// A base station that is louder than it ever was at a place.
#include "report/explain/explain_cell.hpp"
#include "report/store/past_levels.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gacsong {
namespace {

constexpr std::int64_t t0 = 1'778'000'000'000'000'000;
constexpr std::int64_t hour_ns = 3'600'000'000'000;

class PastLevelsFile : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "store.sqlite";

    /// A reception `hours` before t0, `km` to the north.
    void store(double hours, double rsrp_dbfs, double km = 0.0, std::uint64_t channel = 1700,
               std::optional<double> dbm = {}) const
    {
        StoreSink sink(file);
        auto run = test::sample_run();
        run.stream.start = Instant{t0 - static_cast<std::int64_t>(hours * static_cast<double>(hour_ns))};
        run.stream.latitude = 10.53 + km / 111.195;
        run.stream.longitude = 105.13;
        ASSERT_TRUE(sink.begin(run));
        Cell cell;
        cell.id = "c1";
        cell.technology = "lte";
        cell.plmn = "452-04";
        cell.area = 6101;
        cell.cell = 555;
        cell.channel = channel;
        cell.rsrp_dbfs = rsrp_dbfs;
        cell.level_dbm = dbm;
        cell.verdict = "registered";
        cell.score = 0;
        cell.start = run.stream.start;
        ASSERT_TRUE(sink.cell(cell));
        ASSERT_TRUE(sink.end(test::sample_end()));
    }

    /// Of the last run.
    std::optional<PastLevels> levels() const
    {
        const auto store = Store::open(file);
        const auto run = (*store)->run();
        const auto cells = (*store)->cells((*run)->number);
        const auto found = past_levels(**store, **run, cells->front());
        EXPECT_TRUE(found);
        return found ? *found : std::nullopt;
    }

    std::string told(Language language) const
    {
        const auto store = Store::open(file);
        const auto run = (*store)->run();
        const auto cells = (*store)->cells((*run)->number);
        std::string text;
        for (const Section& section : explain(cells->front(), **run, test::words(language), levels()))
            for (const std::string& sentence : section.sentences)
                text += sentence + "\n";
        return text;
    }
};

TEST_F(PastLevelsFile, NeedThreeReceptionsOfTheSameCarrierHere)
{
    store(40.0, -80.0);
    store(30.0, -82.0);
    store(25.0, -60.0, 0.8);        // elsewhere
    store(20.0, -60.0, 0.0, 1750U); // on another carrier
    store(0.0, -70.0);
    EXPECT_FALSE(levels());
    store(10.0, -78.0, 0.3);
    store(0.0, -70.0);
    const auto found = levels();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->receptions, 3U);
    EXPECT_EQ(found->loudest_db, -78.0);
    EXPECT_EQ(found->now_db, -70.0);
    EXPECT_FALSE(found->calibrated);
    EXPECT_TRUE(found->louder());
}

TEST_F(PastLevelsFile, FewDecibelsMoreAreWhatLevelsDo)
{
    for (const double hours : {30.0, 20.0, 10.0})
        store(hours, -80.0);
    store(0.0, -75.0);
    ASSERT_TRUE(levels());
    EXPECT_FALSE(levels()->louder());
    EXPECT_THAT(told(Language::en), testing::HasSubstr("at most −80.0"));
}

TEST_F(PastLevelsFile, AreComparedInDbmWhereAllAreCalibrated)
{
    for (const double hours : {30.0, 20.0, 10.0})
        store(hours, -80.0, 0.0, 1700, -95.0);
    store(0.0, -85.0, 0.0, 1700, -70.0); // with less gain
    const auto found = levels();
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->calibrated);
    EXPECT_TRUE(found->louder());
    EXPECT_THAT(told(Language::en), testing::HasSubstr("Louder than ever here"));
    EXPECT_THAT(told(Language::vi), testing::HasSubstr("Mạnh hơn mọi lần trước tại đây"));
}

} // namespace
} // namespace gacsong
