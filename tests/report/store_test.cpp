// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/audit.hpp"
#include "report/store/rows.hpp"
#include "report/store/schema.hpp"
#include "report/store/store.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_of_runs.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>

namespace gacsong {
namespace {

using test::in_child;
using test::StoreOfRuns;

/// Rows compare what the field lists name, so a field that is added is compared too.
template <class Record> void expect_same(const Record& a, const Record& b)
{
    const SqlRow left = row_of(a);
    const SqlRow right = row_of(b);
    for (std::size_t i = 0; i < left.size(); ++i)
        EXPECT_EQ(left[i].second, right[i].second) << left[i].first;
}

} // namespace

TEST_F(StoreOfRuns, GivesBackWhatWasStored)
{
    store_a_run();
    const auto store = Store::open(address, false);
    ASSERT_TRUE(store);
    const auto stored = (*store)->run();
    ASSERT_TRUE(stored && *stored);
    const StoredRun& run = **stored;
    EXPECT_EQ(run.number, 1);
    EXPECT_EQ(run.run.stream.input, "fm.sigmf-meta");
    EXPECT_EQ(run.run.stream.length, 30'000'000U);
    EXPECT_EQ(run.run.stream.start, test::morning);
    EXPECT_EQ(run.run.stream.center_origin, Origin::sidecar);
    EXPECT_EQ(run.run.settings, test::sample_run().settings);
    expect_same(run.end, test::sample_end());
    const auto emissions = (*store)->emissions(1);
    ASSERT_TRUE(emissions);
    ASSERT_EQ(emissions->size(), 3U);
    expect_same((*emissions)[0], test::licensed_emission());
    expect_same((*emissions)[1], test::unlicensed_emission());
    expect_same((*emissions)[2], test::protected_emission());
    const auto findings = (*store)->findings(1);
    ASSERT_TRUE(findings);
    ASSERT_EQ(findings->size(), 2U);
    EXPECT_EQ((*findings)[0].message, test::sample_findings()[0].message);
    expect_same((*findings)[1], test::sample_findings()[1]);
    EXPECT_EQ((*store)->warnings(1)->at(0), Message("warn.time"));
    expect_same((*store)->gaps(1)->at(0), Gap{3.2, 65536, "overflow"});
}

TEST_F(StoreOfRuns, RoundTripsEveryMember)
{
    store_a_run();
    const auto read = (*Store::open(address))->emission(1, "e3");
    ASSERT_TRUE(read && *read);
    const Emission& e = **read;
    const Emission want = test::licensed_emission();
    EXPECT_EQ(e.reasons.at(0).message, want.reasons.at(0).message);
    EXPECT_EQ(e.reasons.at(0).reference, want.reasons.at(0).reference);
    EXPECT_EQ(e.quality_reasons, want.quality_reasons);
    EXPECT_EQ(e.system.identity, want.system.identity);
    EXPECT_EQ(e.burst_list.size(), 2U);
    EXPECT_EQ(e.burst_list.at(1).end_s, 0.4995);
    EXPECT_EQ(e.start, want.start);
    ASSERT_TRUE(e.licence);
    EXPECT_EQ(e.licence->holder, "Công ty A");
    EXPECT_EQ(e.verdict, Verdict::licensed);
    const auto other = (*Store::open(address))->emission(1, "e2");
    EXPECT_FALSE((*other)->licence);
    EXPECT_FALSE((*other)->low_hz);
    EXPECT_TRUE((*other)->bandwidth_estimate);
    EXPECT_FALSE(*(*Store::open(address))->emission(1, "e99"));
}

TEST_F(StoreOfRuns, NumbersRunsAndFindsTheLast)
{
    store_a_run();
    store_a_run(1);
    const auto store = Store::open(address);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->run())->number, 2);
    EXPECT_EQ((*(*store)->run(1))->number, 1);
    EXPECT_FALSE(*(*store)->run(3));
    EXPECT_EQ((*store)->emissions(2)->size(), 3U);
}

TEST_F(StoreOfRuns, KeepsNothingOfAKilledRun)
{
    store_a_run();
    const int status = in_child([&] {
        StoreSink sink(address, 1);
        if (!sink.begin(test::sample_run()) || !sink.emission(test::licensed_emission()))
            std::_Exit(9);
        raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(count("run"), 1);
    EXPECT_EQ(count("emission"), 3);
    store_a_run(); // and the store is as good as before
    EXPECT_EQ(count("run"), 2);
}

TEST_F(StoreOfRuns, KeepsARunThatGoesOnInParts)
{
    double clock_s = 100.0;
    auto live = test::sample_run();
    live.stream.length.reset();
    StoreSink sink(address, 100, [&] { return clock_s; });
    ASSERT_TRUE(sink.begin(live));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    sink.progress({1.0, {}, 1});
    EXPECT_EQ(count("run"), 0) << "not every record is a transaction";
    clock_s += 6.0;
    sink.progress({7.0, {}, 1});
    EXPECT_EQ(count("emission"), 1);
    const auto other = Store::open(address);
    ASSERT_TRUE(other);
    const auto open = (*other)->run();
    ASSERT_TRUE(open && *open);
    EXPECT_FALSE((*open)->end.complete);
    EXPECT_EQ((*open)->end.emissions, 1U);
    EXPECT_EQ((*open)->end.why->key, "end.broken");
    EXPECT_TRUE(examine_audit((*other)->connection())->problems.empty()) << "an open run is not logged yet";
    store_a_run(); // another program may write meanwhile
    ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
    ASSERT_TRUE(sink.end(test::sample_end()));
    EXPECT_EQ(sink.stored_run(), 1);
    EXPECT_EQ((*other)->emissions(1)->size(), 2U);
    EXPECT_TRUE((*(*other)->run(1))->end.complete);
    EXPECT_TRUE(examine_audit((*other)->connection())->problems.empty());
}

TEST_F(StoreOfRuns, ClosesALiveRunThatWasKilled)
{
    const int status = in_child([&] {
        auto live = test::sample_run();
        live.stream.length.reset();
        double clock_s = 0.0;
        StoreSink sink(address, 100, [&] { return clock_s += 6.0; });
        if (!sink.begin(live) || !sink.emission(test::licensed_emission()))
            std::_Exit(9);
        sink.progress({7.0, {}, 1});
        static_cast<void>(sink.emission(test::unlicensed_emission()));
        raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(count("emission"), 1) << "what was kept before the kill";
    store_a_run(); // and closes it
    const auto store = Store::open(address);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->run(1))->end.why->key, "end.broken");
    const auto report = examine_audit((*store)->connection());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->problems.empty());
    EXPECT_EQ(report->runs, 2U);
}

TEST_F(StoreOfRuns, HoldsACellWhileItIsReceived)
{
    double clock_s = 100.0;
    auto live = test::sample_run();
    live.stream.length.reset();
    StoreSink sink(address, 100, [&] { return clock_s; });
    ASSERT_TRUE(sink.begin(live));
    Cell cell;
    cell.id = "c1";
    cell.technology = "gsm";
    cell.verdict = "unknown";
    ASSERT_TRUE(sink.heard(cell, {}));
    clock_s += 6.0;
    sink.progress({6.0, {}, 0});
    EXPECT_EQ(count("cell"), 1);
    EXPECT_EQ(count("finding"), 0);
    cell.verdict = "fake";
    Finding finding;
    finding.subject = "c1";
    finding.rule = "fake-base-station";
    const std::vector<Finding> findings{finding};
    for (int i = 0; i < 2; ++i) { // told again
        ASSERT_TRUE(sink.heard(cell, findings));
        clock_s += 6.0;
        sink.progress({12.0, {}, 0});
        EXPECT_EQ(count("cell"), 1);
        EXPECT_EQ(count("finding"), 1);
    }
    const auto other = Store::open(address);
    ASSERT_TRUE(other);
    EXPECT_EQ((*(*other)->run())->end.cells, 1U);
    EXPECT_EQ((*(*other)->run())->end.findings, 1U);
    cell.last_s = 20.0;
    ASSERT_TRUE(sink.cell(cell));
    finding.id = "f1";
    ASSERT_TRUE(sink.finding(finding));
    ASSERT_TRUE(sink.end(test::sample_end()));
    EXPECT_EQ(count("cell"), 1);
    EXPECT_EQ(count("finding"), 1);
    const auto cells = (*other)->cells(1);
    ASSERT_TRUE(cells && cells->size() == 1);
    EXPECT_EQ(cells->front().last_s, 20.0);
    EXPECT_TRUE(examine_audit((*other)->connection())->problems.empty());
}

TEST_F(StoreOfRuns, ForgetsARunThatNeverEnded)
{
    {
        StoreSink sink(address, 1);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.emission(test::licensed_emission()));
    }
    EXPECT_EQ(count("run"), 0);
}

TEST_F(StoreOfRuns, RefusesANewerVersion)
{
    store_a_run();
    const auto say = [&](int version) {
        const auto connection = Connection::open(address, false);
        EXPECT_TRUE((*connection)->exec(QString::fromLatin1(test::set_version()).arg(version)));
    };
    say(99);
    const auto store = Store::open(address);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().message.key, "store.newer");
    say(store_version());
    EXPECT_EQ(count("emission"), 3);
}

TEST_F(StoreOfRuns, IsThereOnlyOnceItWasMade)
{
    const auto absent = Store::open(address, false);
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().message.key, "store.open");
    EXPECT_EQ(absent.error().fault, Fault::output);
    ASSERT_TRUE(Store::open(address));
    EXPECT_TRUE(Store::open(address, false));
}

TEST_F(StoreOfRuns, KeepsTextWithAZero)
{
    StoreSink sink(address);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    Emission emission = test::licensed_emission();
    emission.designator = std::string("a\0b", 3);
    ASSERT_TRUE(sink.emission(emission));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const std::string read = (*(*Store::open(address))->emission(1, "e3"))->designator;
    EXPECT_TRUE(read.starts_with('a') && read.ends_with('b')) << read;
}

TEST_F(StoreOfRuns, GrowsColumnsOfNewFields)
{
    store_a_run();
    {
        const auto connection = Connection::open(address, false);
        ASSERT_TRUE((*connection)->exec(QStringLiteral("ALTER TABLE emission DROP COLUMN designator")));
    }
    const auto store = Store::open(address);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->emission(1, "e3"))->designator, "");
    store_a_run();
    EXPECT_EQ((*(*store)->emission(2, "e3"))->designator, "7K60FXW");
}

TEST_F(StoreOfRuns, QuotesHostileText)
{
    StoreSink sink(address);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    Emission emission = test::licensed_emission();
    emission.designator = "'); DROP TABLE run; --";
    emission.system.identity["rds_ps"] = "\xff\"\n";
    ASSERT_TRUE(sink.emission(emission));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const auto read = (*Store::open(address))->emission(1, "e3");
    EXPECT_EQ((*read)->designator, emission.designator);
    EXPECT_EQ((*read)->system.identity.at("rds_ps"), "\uFFFD\"\n");
}

TEST(StoreTables, NameEachFieldOnce)
{
    for (const SqlTable& table : store_tables()) {
        std::set<std::string> names;
        for (const SqlColumn& column : table.columns)
            EXPECT_TRUE(names.insert(column.name).second) << table.name << '.' << column.name;
    }
    EXPECT_EQ(store_table("emission").columns.size(), 30U + 2 + 4 + 2 + 1);
}

} // namespace gacsong
