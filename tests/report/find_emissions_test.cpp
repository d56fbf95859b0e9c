// SPDX-License-Identifier: GPL-3.0-or-later
// Emissions of all runs, page by page and by place.
#include "report/cases/audit.hpp"
#include "report/store/emission_boxes.hpp"
#include "report/store/find_emissions.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

namespace gacsong {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
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

TEST_F(FoundEmissions, LieInAnyBoxAsTheirColumnsSay)
{
    // Edges on the values of emissions and between them: what the index rounds must not show.
    const auto all = paged({}, 1000);
    std::mt19937 random(16);
    const auto edge = [&](int most, double step) { return step * std::uniform_int_distribution<int>(0, most)(random); };
    std::size_t hits = 0;
    for (int i = 0; i < 150; ++i) {
        EmissionBox box;
        box.low_hz = 430e6 + edge(20, 50e3);
        box.high_hz = *box.low_hz + edge(20, 50e3);
        box.from = Instant{test::morning.unix_ns + static_cast<std::int64_t>(edge(4, 1800.0)) * second_ns +
                           static_cast<std::int64_t>(edge(80, 0.25) * 1e9)};
        box.until = Instant{box.from->unix_ns + static_cast<std::int64_t>(edge(4, 1800.0)) * second_ns +
                            static_cast<std::int64_t>(edge(80, 0.25) * 1e9)};
        std::vector<std::string> wanted;
        for (const FoundEmission& one : all) {
            if (*one.emission.center_hz >= *box.low_hz && *one.emission.center_hz < *box.high_hz &&
                one.emission.start->unix_ns >= box.from->unix_ns && one.emission.start->unix_ns < box.until->unix_ns)
                wanted.push_back(std::to_string(one.run) + "/" + one.emission.id);
        }
        std::vector<std::string> found;
        for (const FoundEmission& one : paged(box, 6))
            found.push_back(std::to_string(one.run) + "/" + one.emission.id);
        EXPECT_EQ(found, wanted) << i;
        hits += wanted.size();
        std::uint64_t counted = 0;
        const auto places = heard_places(*store, box);
        for (const HeardPlace& place : *places)
            counted += place.emissions;
        EXPECT_EQ(counted, wanted.size()) << i;
    }
    EXPECT_GT(hits, 500U);
}

/// What the database says of how it would read a box.
std::string plan_of_box(Connection& connection)
{
    const bool sqlite = connection.dialect() == Dialect::sqlite;
    if (!sqlite) { // which reads a table this small as a whole otherwise
        EXPECT_TRUE(connection.exec(QStringLiteral("SET enable_seqscan = off")));
    }
    const auto query = emissions_near(connection.dialect(), 430e6, 431e6, test::morning,
                                      Instant{test::morning.unix_ns + 60 * second_ns});
    std::string statement =
        (sqlite ? "EXPLAIN QUERY PLAN SELECT * FROM " : "EXPLAIN (FORMAT JSON) SELECT * FROM ") + query.sql + " e";
    for (const QVariant& value : query.values) // a server explains no statement that still wants values
        statement.replace(statement.find('?'), 1, QString::number(value.toDouble(), 'f', 1).toStdString());
    std::string all;
    if (sqlite) {
        const auto lines = read_rows<std::string>(connection, statement, {}, [](const auto& row) {
            return row.at("detail").toString().toStdString() + "\n";
        });
        for (const std::string& line : *lines)
            all += line;
        return all;
    }
    const auto whole = connection.value(QString::fromStdString(statement)); // as JSON it is one value
    EXPECT_TRUE(whole);
    return whole ? whole->toString().toStdString() : all;
}

TEST_F(FoundEmissions, InABoxAreReadByTheIndexOfBoxes)
{
    Connection& connection = store->connection();
    const std::string plan = plan_of_box(connection);
    if (connection.dialect() == Dialect::sqlite) {
        EXPECT_THAT(plan, AllOf(HasSubstr("SCAN b VIRTUAL TABLE INDEX"),
                                HasSubstr("SEARCH h USING INTEGER PRIMARY KEY (rowid=?)")));
    } else {
        EXPECT_THAT(plan, HasSubstr("emission_box"));
    }
}

TEST_F(FoundEmissions, HaveNoBoxWhenTheyAreGone)
{
    Connection& connection = store->connection();
    ASSERT_TRUE(connection.exec(QStringLiteral("DELETE FROM run WHERE run = 2")));
    ASSERT_TRUE(
        connection.exec(QStringLiteral("UPDATE emission SET center_hz = 500000000 WHERE run = 3 AND id = 'e1'")));
    EmissionBox box;
    box.low_hz = 400e6;
    box.high_hz = 450e6;
    box.from = test::morning;
    box.until = Instant{test::morning.unix_ns + 86'400 * second_ns};
    EXPECT_EQ(paged(box, 50).size(), 79U);
    box.high_hz = 501e6;
    EXPECT_EQ(paged(box, 50).size(), 80U);
    if (connection.dialect() == Dialect::sqlite) {
        EXPECT_EQ(connection.value(QStringLiteral("SELECT COUNT(*) FROM emission_box"))->toInt(), 80);
    }
    ASSERT_TRUE(connection.exec(QStringLiteral("VACUUM")));
    EXPECT_EQ(paged(box, 50).size(), 80U) << "rows keep their numbers";
}

TEST_F(FoundEmissions, OfAnOlderStoreGetTheirBoxes)
{
    {
        Connection& connection = store->connection();
        std::vector<const char*> older{"DROP TABLE run_system"};
        if (connection.dialect() == Dialect::sqlite)
            older.insert(older.end(), {"DROP TRIGGER emission_box_in", "DROP TRIGGER emission_box_out",
                                       "DROP TRIGGER emission_box_moved", "DROP TABLE emission_box"});
        else
            older.push_back("DROP INDEX emission_box");
        for (const char* statement : older)
            ASSERT_TRUE(connection.exec(QString::fromLatin1(statement))) << statement;
        ASSERT_TRUE(connection.exec(QString::fromLatin1(test::set_version()).arg(9)));
    }
    store = std::move(*Store::open(address));
    EmissionBox box;
    box.low_hz = 430e6;
    box.high_hz = 430.15e6;
    box.from = test::morning;
    box.until = Instant{test::morning.unix_ns + 3600 * second_ns};
    EXPECT_EQ(paged(box, 5).size(), 8U);
    Connection& connection = store->connection();
    EXPECT_EQ(connection.value(QStringLiteral("SELECT SUM(emissions) FROM run_system"))->toInt(), 123);
    EXPECT_THAT(examine_audit(connection)->problems, IsEmpty());
    const std::string plan = plan_of_box(connection);
    EXPECT_THAT(plan, AnyOf(HasSubstr("VIRTUAL TABLE INDEX"), HasSubstr("emission_box")));
}

} // namespace
} // namespace gacsong
