// SPDX-License-Identifier: GPL-3.0-or-later
// Emissions of all runs, page by page and by place.
#include "report/store/find_emissions.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace gacsong {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t second_ns = 1'000'000'000;

class FoundEmissions : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const StoreAddress address = test::new_store(folder);
    std::unique_ptr<Store> store;

    /// Three runs an hour apart, each with 40 emissions on ten frequencies 100 kHz apart, two a second.
    void SetUp() override
    {
        for (int r = 0; r < 3; ++r) {
            auto run = test::sample_run();
            run.stream.start = Instant{test::morning.unix_ns + r * 3600 * second_ns};
            if (r > 0) {
                run.stream.latitude = 10.3864 + 0.01 * (r - 1);
                run.stream.longitude = 105.4352;
            }
            StoreSink sink(address, 100);
            ASSERT_TRUE(sink.begin(run));
            for (int i = 0; i < 40; ++i) {
                Emission e = test::unlicensed_emission();
                e.id = "e" + std::to_string(i + 1);
                e.center_hz = 430e6 + 100e3 * (i % 10);
                e.start = Instant{run.stream.start->unix_ns + i * second_ns / 2};
                e.verdict = i % 4 == 0 ? Verdict::licensed : Verdict::unlicensed;
                ASSERT_TRUE(sink.emission(e));
            }
            Emission nowhere = test::offset_emission();
            nowhere.id = "e99";
            nowhere.start.reset();
            ASSERT_TRUE(sink.emission(nowhere));
            ASSERT_TRUE(sink.end(test::sample_end()));
        }
        store = std::move(*Store::open(address));
    }

    [[nodiscard]] std::vector<FoundEmission> paged(const EmissionBox& box, std::size_t most) const
    {
        std::vector<FoundEmission> all;
        std::optional<PageEnd> after;
        for (;;) {
            auto page = emissions_page(*store, box, after, most);
            EXPECT_TRUE(page);
            EXPECT_LE(page->size(), most);
            if (page->empty())
                return all;
            after = end_of(*page);
            std::ranges::move(*page, std::back_inserter(all));
        }
    }
};

TEST_F(FoundEmissions, ComeInPagesOnceEachAndInOrder)
{
    for (const std::size_t most : {1U, 7U, 40U, 1000U}) {
        const auto all = paged({}, most);
        ASSERT_EQ(all.size(), 120U) << most;
        std::set<std::pair<std::int64_t, std::string>> different;
        for (std::size_t i = 0; i < all.size(); ++i) {
            different.emplace(all[i].run, all[i].emission.id);
            if (i > 0) {
                const auto key = [](const FoundEmission& one) {
                    return std::tuple(*one.emission.center_hz, one.run, one.emission.id);
                };
                EXPECT_LT(key(all[i - 1]), key(all[i]));
            }
        }
        EXPECT_EQ(different.size(), 120U);
    }
}

TEST_F(FoundEmissions, LieInTheBox)
{
    EmissionBox box;
    box.low_hz = 430.2e6;
    box.high_hz = 430.4e6; // 430.2 and 430.3
    EXPECT_EQ(paged(box, 5).size(), 3U * 8U);
    box.from = Instant{test::morning.unix_ns + 3600 * second_ns};
    EXPECT_EQ(paged(box, 5).size(), 2U * 8U);
    box.until = Instant{test::morning.unix_ns + 3606 * second_ns}; // 430.2 at 1 s, 430.3 at 1.5 s; the next 5 s later
    const auto all = paged(box, 5);
    std::vector<std::string> ids;
    for (const FoundEmission& one : all) {
        EXPECT_EQ(one.run, 2);
        ids.push_back(one.emission.id);
    }
    EXPECT_THAT(ids, ElementsAre("e3", "e4"));
    box.low_hz = 440e6;
    box.high_hz = 441e6;
    EXPECT_THAT(paged(box, 5), IsEmpty());
}

TEST_F(FoundEmissions, AreCountedByPlaceAndVerdict)
{
    const auto told = [&](const EmissionBox& box) {
        std::vector<std::tuple<double, std::string, std::uint64_t>> all;
        const auto places = heard_places(*store, box);
        for (const HeardPlace& one : *places)
            all.emplace_back(one.latitude.value_or(0.0), one.verdict, one.emissions);
        std::ranges::sort(all);
        return all;
    };
    using Row = std::tuple<double, std::string, std::uint64_t>;
    const auto whole = told({});
    ASSERT_EQ(whole.size(), 9U) << "three verdicts at three places; what has no frequency counts too";
    EXPECT_EQ(whole.at(0), Row(0.0, "licensed", 10U));
    EXPECT_EQ(std::get<1>(whole.at(2)), "unlicensed");
    EXPECT_NEAR(std::get<0>(whole.at(3)), 10.386, 1e-9);
    EmissionBox box;
    box.low_hz = 430.0e6;
    box.high_hz = 430.1e6; // i = 0, 10, 20, 30: two of them licensed
    EXPECT_THAT(told(box),
                ElementsAre(Row(0.0, "licensed", 2U), Row(0.0, "unlicensed", 2U), Row(10.386, "licensed", 2U),
                            Row(10.386, "unlicensed", 2U), Row(10.396, "licensed", 2U), Row(10.396, "unlicensed", 2U)));
    EmissionBox first;
    first.until = Instant{test::morning.unix_ns + second_ns};
    EXPECT_EQ(told(first).size(), 3U) << "the first run alone";
}

} // namespace
} // namespace gacsong
