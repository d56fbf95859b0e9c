// SPDX-License-Identifier: GPL-3.0-or-later
// What only a store on a server can show: several writers, a server that goes away, rights, merging with a file.
#include "report/cases/audit.hpp"
#include "report/cases/cases.hpp"
#include "report/cases/merge_store.hpp"
#include "report/store/backup.hpp"
#include "report/store/schema.hpp"
#include "tests/report/postgresql_place.hpp"
#include "tests/report/store_of_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <array>
#include <csignal>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace gacsong {
namespace {

using test::in_child;
using test::postgresql_server;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string database_of(const StoreAddress& address) { return address.server()->database; }

class StoreOnAServer : public test::StoreOfRuns {
protected:
    [[nodiscard]] std::string ask(const std::string& statement) const
    {
        return postgresql_server().ask(database_of(address), statement);
    }

    /// What is in the store is whole: the log, and each run with all its rows.
    void expect_whole(std::size_t runs) const
    {
        const auto store = Store::open(address, false);
        ASSERT_TRUE(store);
        const auto report = examine_audit((*store)->connection());
        ASSERT_TRUE(report);
        EXPECT_THAT(report->problems, IsEmpty());
        EXPECT_EQ(report->runs, runs);
        EXPECT_EQ(ask("SELECT COUNT(*) FROM run"), std::to_string(runs));
        EXPECT_EQ(ask("SELECT COUNT(*) FROM emission"), std::to_string(3 * runs));
        EXPECT_EQ(ask("SELECT COUNT(*) FROM finding"), std::to_string(2 * runs));
    }
};

/// A run that a thread of its own stores, all but its end.
class RunBeforeItsEnd {
public:
    explicit RunBeforeItsEnd(const StoreAddress& address)
        : writer_([this, address] {
              StoreSink sink(address, 100, {}, {.attempts = 500, .pause_s = 0.05});
              EXPECT_TRUE(sink.begin(test::sample_run()));
              for (const Emission& e :
                   {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
                  EXPECT_TRUE(sink.emission(e));
              for (const Finding& f : test::sample_findings())
                  EXPECT_TRUE(sink.finding(f));
              begun_.set_value();
              on_.get_future().wait();
              ended_ = sink.end(test::sample_end());
          })
    {
        begun_.get_future().wait();
    }
    void go_on() { on_.set_value(); }
    /// Waits for the end.
    [[nodiscard]] Status ended()
    {
        writer_.join();
        return ended_;
    }

private:
    std::promise<void> begun_;
    std::promise<void> on_;
    Status ended_;
    std::thread writer_; // the last, so that it finds the others
};

Run live_run()
{
    auto live = test::sample_run();
    live.stream.length.reset();
    return live;
}

TEST_F(StoreOnAServer, TakesSeveralWritersAtOnce)
{
    constexpr int writers = 4;
    constexpr int runs = 5;
    std::vector<pid_t> children;
    for (int i = 0; i < writers; ++i) { // all of them find no store and want to make it
        const pid_t child = fork();
        if (child == 0) {
            for (int run = 0; run < runs; ++run)
                store_a_run(run % 2 == 0 ? 1 : 100);
            std::_Exit(HasFailure() ? 1 : 0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    expect_whole(writers * runs);
    const auto store = Store::open(address);
    const auto all = (*store)->runs();
    for (const StoredRun& run : *all)
        EXPECT_EQ((*store)->emissions(run.number)->size(), 3U) << run.number;
}

constexpr StoreSink::Patience none{.attempts = 0};

TEST_F(StoreOnAServer, ThatGoesAwayInARunKeepsNothingOfIt)
{
    store_a_run();
    StoreSink sink(address, 1, {}, none);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    postgresql_server().kill();
    const Status lost = sink.emission(test::unlicensed_emission());
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().message.key, "store.gone");
    EXPECT_EQ(lost.error().fault, Fault::output);
    EXPECT_THAT(test::words(Language::en).text(lost.error().message),
                HasSubstr("The connection to the store " + address.name() + " was lost: "));
    EXPECT_TRUE(sink.end(test::sample_end())) << "it was told once";
    EXPECT_FALSE(sink.stored_run());
    const auto away = Store::open(address);
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().message.key, "store.open");
    postgresql_server().start();
    expect_whole(1);
    store_a_run();
    expect_whole(2);
}

TEST_F(StoreOnAServer, ThatGoesAwayKeepsWhatWasReportedStored)
{
    // A writer that stores one run after the other and says so; the server ends at some moment, three times.
    for (const int after_ms : {60, 170, 330}) {
        std::array<int, 2> told{};
        ASSERT_EQ(pipe(told.data()), 0);
        const pid_t writer = fork();
        if (writer == 0) {
            close(told[0]);
            for (;;) {
                StoreSink sink(address, 1, {}, none);
                bool whole = sink.begin(test::sample_run()).has_value();
                for (const Emission& e :
                     {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
                    whole = whole && sink.emission(e);
                for (const Finding& f : test::sample_findings())
                    whole = whole && sink.finding(f);
                whole = whole && sink.end(test::sample_end()) && sink.stored_run();
                if (!whole || write(told[1], "r", 1) != 1)
                    std::_Exit(0);
            }
        }
        close(told[1]);
        poll(nullptr, 0, after_ms);
        postgresql_server().kill();
        std::size_t reported = 0;
        for (char byte = 0; read(told[0], &byte, 1) == 1;)
            ++reported;
        close(told[0]);
        waitpid(writer, nullptr, 0);
        postgresql_server().start();
        if (ask("SELECT COUNT(*) FROM pg_tables WHERE tablename = 'run'") == "0") {
            EXPECT_EQ(reported, 0U);
            continue;
        }
        const auto runs = static_cast<std::size_t>(std::stoul(ask("SELECT COUNT(*) FROM run")));
        // The last one may be stored though nobody could be told any more.
        EXPECT_GE(runs, reported);
        expect_whole(runs);
        postgresql_server().ask(database_of(address), "DELETE FROM run; DELETE FROM audit; DELETE FROM store_state");
    }
}

/// Begins a live run whose first emission is stored before it ends.
void store_first_part(StoreSink& sink, double& clock_s)
{
    ASSERT_TRUE(sink.begin(live_run()));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    clock_s += 6.0;
    sink.progress({6.0, {}, 1});
}

TEST_F(StoreOnAServer, ThatGoesAwayKeepsThePartsOfALiveRun)
{
    double clock_s = 100.0;
    StoreSink sink(
        address, 100, [&] { return clock_s; }, none);
    store_first_part(sink, clock_s);
    ASSERT_TRUE(sink.stored_run());
    ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
    postgresql_server().kill();
    clock_s += 6.0;
    sink.progress({12.0, {}, 2});
    const Status lost = sink.emission(test::protected_emission());
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().message.key, "store.gone");
    postgresql_server().start();
    EXPECT_EQ(count("emission"), 1);
    store_a_run(); // and closes the other
    const auto store = Store::open(address);
    EXPECT_EQ((*(*store)->run(1))->end.why->key, "end.broken");
    EXPECT_EQ(ask("SELECT COUNT(*) FROM run WHERE writer IS NOT NULL"), "0");
    EXPECT_THAT(examine_audit((*store)->connection())->problems, IsEmpty());
}

TEST_F(StoreOnAServer, ThatComesBackInARunHasAllOfIt)
{
    store_a_run();
    double clock_s = 100.0;
    StoreSink sink(address, 1, [&] { return clock_s; }, {.pause_s = 0.05});
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.warning(Message("warn.time")));
    ASSERT_TRUE(sink.gap({3.2, 65536, "overflow"}));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    postgresql_server().kill();
    ASSERT_TRUE(sink.emission(test::unlicensed_emission())) << "it may come back";
    ASSERT_TRUE(sink.emission(test::protected_emission()));
    postgresql_server().start();
    for (const Finding& f : test::sample_findings())
        ASSERT_TRUE(sink.finding(f));
    ASSERT_TRUE(sink.end(test::sample_end()));
    EXPECT_TRUE(sink.stored_run());
    expect_whole(2);
    EXPECT_EQ(ask("SELECT COUNT(*) FROM gap"), "2") << "once a run";
}

TEST_F(StoreOnAServer, ThatComesBackWhileARunEndsHasAllOfIt)
{
    // The server must be started from here: it ends with the thread that started it.
    RunBeforeItsEnd run(address);
    postgresql_server().kill();
    run.go_on();
    poll(nullptr, 0, 300);
    postgresql_server().start();
    const Status ended = run.ended();
    ASSERT_TRUE(ended) << test::words(Language::en).text(ended.error().message);
    expect_whole(1);
}

TEST_F(StoreOnAServer, ThatCannotSayThatARunIsStoredHasItOnce)
{
    // With a stand-by that does not exist a COMMIT is done but never answered; then its connection is closed.
    const auto set = [&](const std::string& statement) {
        static_cast<void>(ask(statement));
        static_cast<void>(ask("SELECT pg_reload_conf()"));
    };
    RunBeforeItsEnd run(address);
    set("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    while (ask("SHOW synchronous_standby_names") != "nobody")
        poll(nullptr, 0, 20);
    run.go_on();
    std::string closed;
    for (int i = 0; i < 500 && closed != "1"; ++i) {
        poll(nullptr, 0, 20);
        closed = ask("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    }
    set("ALTER SYSTEM RESET synchronous_standby_names");
    const Status ended = run.ended();
    EXPECT_EQ(closed, "1") << "the COMMIT waited";
    ASSERT_TRUE(ended) << test::words(Language::en).text(ended.error().message);
    expect_whole(1);
}

TEST_F(StoreOnAServer, ThatStaysAwayIsGivenUpAndTold)
{
    static_cast<void>(Store::open(address));
    StoreSink sink(address, 1, {}, {.attempts = 2, .pause_s = 0.01, .most_kept = 2});
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    postgresql_server().kill();
    ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
    const Status lost = sink.emission(test::protected_emission());
    ASSERT_FALSE(lost) << "no more are kept than that";
    EXPECT_EQ(lost.error().message.key, "store.gone");
    EXPECT_TRUE(sink.end(test::sample_end())) << "it was told once";
    EXPECT_FALSE(sink.stored_run());
    StoreSink other(address, 100, {}, {.attempts = 2, .pause_s = 0.01});
    postgresql_server().start();
    ASSERT_TRUE(other.begin(test::sample_run()));
    ASSERT_TRUE(other.emission(test::licensed_emission()));
    postgresql_server().kill();
    EXPECT_EQ(other.end(test::sample_end()).error().message.key, "store.gone");
    postgresql_server().start();
    EXPECT_EQ(ask("SELECT COUNT(*) FROM run"), "0");
}

TEST_F(StoreOnAServer, ThatComesBackHasTheRestOfALiveRunInARunOfItsOwn)
{
    double clock_s = 100.0;
    StoreSink sink(address, 100, [&] { return clock_s; }, {.pause_s = 0.05});
    store_first_part(sink, clock_s);
    ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
    postgresql_server().kill();
    clock_s += 6.0;
    sink.progress({12.0, {}, 2}); // finds nobody
    ASSERT_TRUE(sink.emission(test::protected_emission()));
    clock_s += 6.0;
    sink.progress({18.0, {}, 3});
    postgresql_server().start();
    clock_s += 6.0;
    sink.progress({24.0, {}, 3});
    EXPECT_EQ(count("emission"), 3) << "each once, before the run ends";
    End end = test::sample_end();
    end.emissions = 3;
    ASSERT_TRUE(sink.end(end));
    const auto store = Store::open(address);
    const auto runs = (*store)->runs();
    ASSERT_EQ(runs->size(), 2U);
    EXPECT_EQ(runs->front().end.why->key, "end.broken");
    EXPECT_EQ(runs->front().end.emissions, 1U);
    EXPECT_TRUE(runs->back().end.complete);
    EXPECT_EQ(runs->back().end.emissions, 2U);
    EXPECT_EQ((*store)->emissions(runs->back().number)->size(), 2U);
    EXPECT_THAT(examine_audit((*store)->connection())->problems, IsEmpty());
}

TEST_F(StoreOnAServer, TakesARunForBrokenOffOnlyWhenItsWriterIsGone)
{
    double clock_s = 100.0;
    StoreSink sink(
        address, 100, [&] { return clock_s; }, none);
    store_first_part(sink, clock_s);
    // As if written on another computer: no process here has that name.
    static_cast<void>(ask("UPDATE run SET writer = 'elsewhere 1 1'"));
    store_a_run();
    EXPECT_EQ(ask("SELECT COUNT(*) FROM run WHERE writer IS NOT NULL"), "1");
    static_cast<void>(ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                          "datname = current_database()"));
    store_a_run();
    EXPECT_EQ(ask("SELECT COUNT(*) FROM run WHERE writer IS NOT NULL"), "0");
    clock_s += 6.0;
    ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
    EXPECT_EQ(sink.end(test::sample_end()).error().message.key, "store.gone");
    EXPECT_EQ(count("emission"), 1 + 2 * 3);
}

TEST_F(StoreOnAServer, LeavesOtherTablesAlone)
{
    static_cast<void>(ask("CREATE TABLE run (x INTEGER)"));
    const auto store = Store::open(address);
    ASSERT_FALSE(store);
    EXPECT_THAT(test::words(Language::en).text(store.error().message), HasSubstr("the database of another program"));
    EXPECT_EQ(ask("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"), "1");
}

TEST_F(StoreOnAServer, SaysWhatStandsInTheWay)
{
    const auto why = [](const std::string& url) {
        const auto store = Store::open(*store_address(url));
        EXPECT_FALSE(store);
        EXPECT_EQ(store.error().message.key, "store.open");
        return store ? std::string{} : test::words(Language::en).text(store.error().message);
    };
    const std::string url = postgresql_server().url("nowhere");
    EXPECT_THAT(why(url), HasSubstr("database \"nowhere\" does not exist. Scanning still works with --no-store."));
    EXPECT_THAT(why("postgresql:///x?host=/nonexistent"), HasSubstr("No such file or directory. Scanning still works"));
    // Somebody who may read but not make tables.
    static_cast<void>(ask("CREATE ROLE reader LOGIN"));
    auto reader = *address.server();
    reader.user = "reader";
    const auto store = Store::open(StoreAddress(reader));
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().message.key, "store.write");
    EXPECT_THAT(test::words(Language::en).text(store.error().message),
                HasSubstr("permission denied for schema public"));
    static_cast<void>(ask("DROP ROLE reader"));
}

TEST_F(StoreOnAServer, IsCopiedBeforeItsTablesChange)
{
    store_a_run();
    const int older = store_version() - 1;
    static_cast<void>(ask("DROP INDEX cell_heard; UPDATE gacsong_store SET version = " + std::to_string(older)));
    ASSERT_TRUE(Store::open(address));
    EXPECT_EQ(ask("SELECT version FROM gacsong_store"), std::to_string(store_version()));
    const std::string copy = backup_schema(older);
    EXPECT_EQ(ask("SELECT version FROM " + copy + ".gacsong_store"), std::to_string(older));
    EXPECT_EQ(ask("SELECT COUNT(*) FROM " + copy + ".emission"), "3");
    expect_whole(1);
}

TEST_F(StoreOnAServer, OrdersTextByItsBytes)
{
    ASSERT_TRUE(Store::open(address));
    EXPECT_EQ(ask("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = "
                  "'text' AND collation_name IS DISTINCT FROM 'C'"),
              "0");
}

TEST_F(StoreOnAServer, TakesInAFileAndGivesItBack)
{
    const StoreAddress car(folder.path() / "car.sqlite");
    {
        StoreSink sink(car, 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.emission(test::licensed_emission()));
        ASSERT_TRUE(sink.gap({3.2, 65536, "overflow"}));
        ASSERT_TRUE(sink.end(test::sample_end()));
    }
    const Hand hand{"lan", test::morning};
    const auto car_store = std::move(*Store::open(car));
    ASSERT_TRUE(add_to_case(*car_store, hand, {}, "Nhiễu", std::array{*parse_item_address("e1")}).has_value() ||
                add_to_case(*car_store, hand, {}, "Nhiễu", std::array{*parse_item_address("e3")}).has_value());
    store_a_run();
    const auto office = std::move(*Store::open(address));
    const auto taken = merge_store(*office, car, hand);
    ASSERT_TRUE(taken) << test::words(Language::en).text(taken.error().message);
    EXPECT_EQ(taken->runs, 1U);
    EXPECT_EQ(ask("SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = 'emission' AND relnamespace = "
                  "'public'::regnamespace"),
              "4")
        << "counted by the server";
    const auto again = merge_store(*office, car, hand);
    EXPECT_EQ(again->runs + again->cases, 0U);
    EXPECT_EQ(again->there, 1U);
    // The rows are the same in both databases, bit by bit: so are their hashes, but for the run's number.
    EXPECT_EQ((*(*office).emission(2, "e3"))->center_hz, test::licensed_emission().center_hz);
    const auto back = merge_store(*car_store, address, hand);
    ASSERT_TRUE(back) << test::words(Language::en).text(back.error().message);
    EXPECT_EQ(back->runs, 1U);
    EXPECT_EQ(back->there, 1U);
    EXPECT_THAT(examine_audit(car_store->connection())->problems, IsEmpty());
    EXPECT_THAT(examine_audit(office->connection())->problems, IsEmpty());
}

} // namespace
} // namespace gacsong
