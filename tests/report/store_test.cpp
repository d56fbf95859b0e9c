// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/audit.hpp"
#include "report/store/connection.hpp"
#include "report/store/rows.hpp"
#include "report/store/schema.hpp"
#include "report/store/store.hpp"
#include "report/store/store_sink.hpp"
#include "report/store/store_url.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class StoreFile : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const fs::path file = folder.path() / "new" / "store.sqlite";

    /// Stores a run with three emissions, two findings, a gap and a warning.
    void store_a_run(std::size_t batch = 10'000) const
    {
        StoreSink sink(file, batch);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.warning(Message("warn.time")));
        ASSERT_TRUE(sink.gap({3.2, 65536, "overflow"}));
        for (const Emission& e : {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
            ASSERT_TRUE(sink.emission(e));
        for (const Finding& f : test::sample_findings())
            ASSERT_TRUE(sink.finding(f));
        ASSERT_TRUE(sink.end(test::sample_end()));
        ASSERT_TRUE(sink.stored_run());
    }

    [[nodiscard]] int count(const char* table) const
    {
        const auto connection = Connection::open(file, false);
        EXPECT_TRUE(connection);
        const auto value = (*connection)->value(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)));
        EXPECT_TRUE(value);
        return value->toInt();
    }
};

/// Rows compare what the field lists name, so a field that is added is compared too.
template <class Record> void expect_same(const Record& a, const Record& b)
{
    const SqlRow left = row_of(a);
    const SqlRow right = row_of(b);
    for (std::size_t i = 0; i < left.size(); ++i)
        EXPECT_EQ(left[i].second, right[i].second) << left[i].first;
}

/// Runs `child` in a process of its own and gives the status of wait().
int in_child(const std::function<void()>& child)
{
    const pid_t pid = fork();
    if (pid == 0) {
        child();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
}

} // namespace

TEST_F(StoreFile, GivesBackWhatWasStored)
{
    store_a_run();
    const auto store = Store::open(file, false);
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

TEST_F(StoreFile, RoundTripsEveryMember)
{
    store_a_run();
    const auto read = (*Store::open(file))->emission(1, "e3");
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
    const auto other = (*Store::open(file))->emission(1, "e2");
    EXPECT_FALSE((*other)->licence);
    EXPECT_FALSE((*other)->low_hz);
    EXPECT_TRUE((*other)->bandwidth_estimate);
    EXPECT_FALSE(*(*Store::open(file))->emission(1, "e99"));
}

TEST_F(StoreFile, NumbersRunsAndFindsTheLast)
{
    store_a_run();
    store_a_run(1);
    const auto store = Store::open(file);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->run())->number, 2);
    EXPECT_EQ((*(*store)->run(1))->number, 1);
    EXPECT_FALSE(*(*store)->run(3));
    EXPECT_EQ((*store)->emissions(2)->size(), 3U);
}

TEST_F(StoreFile, KeepsNothingOfAKilledRun)
{
    store_a_run();
    const int status = in_child([&] {
        StoreSink sink(file, 1);
        if (!sink.begin(test::sample_run()) || !sink.emission(test::licensed_emission()))
            std::_Exit(9);
        raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(count("run"), 1);
    EXPECT_EQ(count("emission"), 3);
    store_a_run(); // and the file is as good as before
    EXPECT_EQ(count("run"), 2);
}

TEST_F(StoreFile, KeepsARunThatGoesOnInParts)
{
    double clock_s = 100.0;
    auto live = test::sample_run();
    live.stream.length.reset();
    StoreSink sink(file, 100, [&] { return clock_s; });
    ASSERT_TRUE(sink.begin(live));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    sink.progress({1.0, {}, 1});
    EXPECT_EQ(count("run"), 0) << "not every record is a transaction";
    clock_s += 6.0;
    sink.progress({7.0, {}, 1});
    EXPECT_EQ(count("emission"), 1);
    const auto other = Store::open(file);
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

TEST_F(StoreFile, ClosesALiveRunThatWasKilled)
{
    const int status = in_child([&] {
        auto live = test::sample_run();
        live.stream.length.reset();
        double clock_s = 0.0;
        StoreSink sink(file, 100, [&] { return clock_s += 6.0; });
        if (!sink.begin(live) || !sink.emission(test::licensed_emission()))
            std::_Exit(9);
        sink.progress({7.0, {}, 1});
        static_cast<void>(sink.emission(test::unlicensed_emission()));
        raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(count("emission"), 1) << "what was kept before the kill";
    store_a_run(); // and closes it
    const auto store = Store::open(file);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->run(1))->end.why->key, "end.broken");
    const auto report = examine_audit((*store)->connection());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->problems.empty());
    EXPECT_EQ(report->runs, 2U);
}

TEST_F(StoreFile, HoldsACellWhileItIsReceived)
{
    double clock_s = 100.0;
    auto live = test::sample_run();
    live.stream.length.reset();
    StoreSink sink(file, 100, [&] { return clock_s; });
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
    const auto other = Store::open(file);
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

TEST_F(StoreFile, ForgetsARunThatNeverEnded)
{
    {
        StoreSink sink(file, 1);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.emission(test::licensed_emission()));
    }
    EXPECT_EQ(count("run"), 0);
}

TEST_F(StoreFile, SaysThatTheDiskIsFullAndKeepsTheOldRuns)
{
    store_a_run();
    const int status = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{200'000, 200'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        StoreSink sink(file, 100);
        if (!sink.begin(test::sample_run()))
            std::_Exit(2);
        Emission emission = test::licensed_emission();
        emission.designator = std::string(2000, 'x');
        for (int i = 0; i < 2000; ++i) {
            emission.id = "e" + std::to_string(i);
            const Status written = sink.emission(emission);
            if (!written)
                std::_Exit(written.error().message.key.starts_with("store.") ? 3 : 4);
        }
        std::_Exit(sink.end(test::sample_end()) ? 5 : 3);
    });
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 3);
    EXPECT_EQ(count("run"), 1);
    EXPECT_EQ(count("emission"), 3);
}

TEST_F(StoreFile, IsMarkedAsOurs)
{
    store_a_run();
    const std::string head = test::read_file(file).substr(0, 100);
    EXPECT_EQ(head.substr(68, 4), "GSSV");
    EXPECT_EQ(head[63], static_cast<char>(store_version()));
}

TEST_F(StoreFile, LeavesOtherFilesAlone)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "this is no database, whatever its name says";
    const auto text = Store::open(file);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().message.key, "store.open");
    fs::remove(file);
    {
        const auto other = Connection::open(file, true);
        ASSERT_TRUE((*other)->exec(QStringLiteral("CREATE TABLE run (x)")));
    }
    const auto foreign = Store::open(file);
    ASSERT_FALSE(foreign);
    EXPECT_THAT(test::words(Language::en).text(foreign.error().message),
                HasSubstr("the database of another program. Scanning still works with --no-store."));
}

TEST_F(StoreFile, RefusesANewerVersion)
{
    store_a_run();
    {
        const auto connection = Connection::open(file, false);
        ASSERT_TRUE((*connection)->exec(QStringLiteral("PRAGMA user_version=99")));
    }
    const std::string before = test::read_file(file);
    const auto store = Store::open(file);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().message.key, "store.newer");
    EXPECT_EQ(test::read_file(file), before);
}

TEST_F(StoreFile, GrowsColumnsOfNewFields)
{
    store_a_run();
    {
        const auto connection = Connection::open(file, false);
        ASSERT_TRUE((*connection)->exec(QStringLiteral("ALTER TABLE emission DROP COLUMN designator")));
    }
    const auto store = Store::open(file);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->emission(1, "e3"))->designator, "");
    store_a_run();
    EXPECT_EQ((*(*store)->emission(2, "e3"))->designator, "7K60FXW");
}

TEST_F(StoreFile, SaysThatAFolderCannotBeMade)
{
    const auto store = Store::open("/proc/no/store.sqlite");
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().message.key, "store.open");
    EXPECT_EQ(store.error().fault, Fault::output);
    EXPECT_FALSE(Store::open(folder.path() / "absent.sqlite", false));
}

TEST_F(StoreFile, QuotesHostileText)
{
    StoreSink sink(file);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    Emission emission = test::licensed_emission();
    emission.designator = "'); DROP TABLE run; --";
    emission.system.identity["rds_ps"] = "\xff\"\n";
    ASSERT_TRUE(sink.emission(emission));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const auto read = (*Store::open(file))->emission(1, "e3");
    EXPECT_EQ((*read)->designator, emission.designator);
    EXPECT_EQ((*read)->system.identity.at("rds_ps"), "\uFFFD\"\n");
}

TEST(StoreUrl, NamesAFile)
{
    EXPECT_EQ(store_file("sqlite:/tmp/a.db"), fs::path("/tmp/a.db"));
    EXPECT_EQ(store_file("runs.db"), fs::path("runs.db"));
    ASSERT_EQ(setenv("XDG_DATA_HOME", "/data", 1), 0);
    EXPECT_EQ(store_file(""), fs::path("/data/gacsong/store.sqlite"));
    EXPECT_EQ(store_file("sqlite:"), fs::path("/data/gacsong/store.sqlite"));
    unsetenv("XDG_DATA_HOME");
    EXPECT_EQ(store_file("postgresql://host/db").error().message.key, "store.postgresql");
    EXPECT_EQ(store_file("mysql://host/db").error().fault, Fault::usage);
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
