// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/cases.hpp"
#include "report/store/connection.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gacsong {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<ItemAddress> items(std::initializer_list<const char*> texts)
{
    std::vector<ItemAddress> all;
    for (const char* text : texts)
        all.push_back(*parse_item_address(text));
    return all;
}

class CaseDesk : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const StoreAddress address = test::new_store(folder);
    std::unique_ptr<Store> store;

    void SetUp() override
    {
        for (int i = 0; i < 2; ++i)
            store_a_run();
        store = std::move(*Store::open(address));
    }

    void store_a_run() const
    {
        StoreSink sink(address, 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        for (const Emission& e : {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
            ASSERT_TRUE(sink.emission(e));
        for (const Finding& f : test::sample_findings())
            ASSERT_TRUE(sink.finding(f));
        ASSERT_TRUE(sink.end(test::sample_end()));
    }

    [[nodiscard]] Cases cases(Instant at = test::morning) const { return {*store, {"lan", at}}; }

    [[nodiscard]] std::string made(const char* title) const
    {
        CaseFile draft;
        draft.title = title;
        return cases().create(draft)->case_id;
    }

    /// Changes the store behind the program's back and gives the keys of what an examination then finds.
    [[nodiscard]] std::vector<std::string> problems_after(const std::string& statement) const
    {
        if (!statement.empty()) {
            EXPECT_TRUE(store->connection().exec(QString::fromStdString(statement))) << statement;
        }
        const auto report = examine_audit(store->connection());
        EXPECT_TRUE(report);
        std::vector<std::string> keys;
        for (const Message& problem : report->problems)
            keys.push_back(problem.key + " " + std::get<std::string>(problem.arguments.front().value));
        return keys;
    }
};

TEST(ItemAddresses, AreReadStrictly)
{
    EXPECT_EQ(parse_item_address("f2"), (ItemAddress{std::nullopt, "f2"}));
    EXPECT_EQ(parse_item_address("12/e30"), (ItemAddress{12, "e30"}));
    EXPECT_EQ(parse_item_address("12/all"), (ItemAddress{12, "all"}));
    for (const char* wrong : {"", "f", "f0", "f01", "x1", "0/f1", "-1/f1", "1/", "/f1", "1/2/f1", "f1 ", "f1/2",
                              "f12345678901234567890", "99999999999/f1", "f-1", "ALL"})
        EXPECT_FALSE(parse_item_address(wrong)) << wrong;
}

TEST_F(CaseDesk, AreNumberedWithinTheYearOfVietNam)
{
    EXPECT_EQ(made("a"), "VV-2026-001");
    EXPECT_EQ(made("b"), "VV-2026-002");
    CaseFile named;
    named.case_id = "VV-2026-041";
    named.title = "c";
    ASSERT_TRUE(cases().create(named));
    EXPECT_EQ(made("d"), "VV-2026-042");
    CaseFile later;
    later.title = "e";
    const Instant new_year{1'798'736'400'000'000'000}; // 2026-12-31T17:00:00Z is midnight in Viet Nam
    EXPECT_EQ(cases(new_year).create(later)->case_id, "VV-2027-001");
    EXPECT_EQ(cases().create(named).error().message.key, "case.exists");
    named.case_id = "../x";
    EXPECT_EQ(cases().create(named).error().message.key, "case.bad_id");
    EXPECT_EQ(cases().create({}).error().message.key, "case.title");
}

TEST_F(CaseDesk, GatherFindingsOfSeveralRuns)
{
    const std::string id = made("a");
    EXPECT_EQ(*cases().add(id, items({"1/f1", "f2", "2/e1"})), 3U);
    EXPECT_EQ(*cases().add(id, items({"1/all"})), 1U) << "f1 is there already";
    const auto contents = cases().contents(id);
    std::vector<std::string> all;
    for (const CaseItem& item : contents->items)
        all.push_back(std::to_string(item.run) + "/" + item.item);
    EXPECT_THAT(all, ElementsAre("1/f1", "1/f2", "2/e1", "2/f2"));
}

TEST_F(CaseDesk, TakeAllOrNothing)
{
    const std::string id = made("a");
    EXPECT_EQ(cases().add(id, items({"f1", "f9"})).error().message.key, "case.item");
    EXPECT_EQ(cases().add(id, items({"f1", "7/f1"})).error().message.key, "case.no_run");
    EXPECT_EQ(cases().add("nobody", items({"f1"})).error().message.key, "case.unknown");
    EXPECT_THAT(cases().contents(id)->items, IsEmpty());
    EXPECT_THAT(problems_after(""), IsEmpty());
}

TEST_F(CaseDesk, KeepWhatWasTyped)
{
    const std::string id = made("a");
    ASSERT_TRUE(cases().note(id, "proposal", "Đo lại tại nơi đặt máy"));
    ASSERT_TRUE(cases().describe(id, "people", "Lan; Bình"));
    ASSERT_TRUE(cases().describe(id, "people", "Lan"));
    EXPECT_EQ(cases().note(id, "verdict", "x").error().message.key, "case.kind");
    ASSERT_TRUE(cases().set_state(id, "closed"));
    EXPECT_EQ(cases().note(id, "note", "x").error().message.key, "case.closed");
    EXPECT_EQ(cases().add(id, items({"f1"})).error().message.key, "case.closed");
    ASSERT_TRUE(cases().note(id, "outcome", "Đã khắc phục"));
    const auto contents = cases().contents(id);
    EXPECT_EQ(contents->file.people, "Lan");
    EXPECT_EQ(contents->file.closed_at, test::morning);
    ASSERT_EQ(contents->notes.size(), 2U);
    EXPECT_EQ(contents->notes[1].text, "Đã khắc phục");
    const auto log = audit_entries(store->connection());
    EXPECT_THAT(log->at(log->size() - 3).details, ::testing::HasSubstr("\"before\":\"Lan; Bình\""));
}

TEST_F(CaseDesk, AreMadeByTheWindowInOneCall)
{
    const auto id = add_to_case(*store, {"lan", test::morning}, {}, "Nhiễu", items({"f1"}));
    ASSERT_TRUE(id);
    EXPECT_EQ(add_to_case(*store, {"lan", test::morning}, *id, {}, items({"f2"})), *id);
    EXPECT_EQ(cases().contents(*id)->items.size(), 2U);
}

TEST_F(CaseDesk, LogNamesEveryChange)
{
    const std::string id = made("a");
    ASSERT_TRUE(cases().add(id, items({"f1"})));
    ASSERT_TRUE(cases().note(id, "note", "x"));
    ASSERT_EQ(audit_entries(store->connection())->size(), 5U); // two runs, case.new, case.add, case.note
    EXPECT_THAT(problems_after(""), IsEmpty());
    const std::pair<std::string, std::vector<std::string>> attacks[] = {
        {"UPDATE audit SET who = 'minh' WHERE entry = 3", {"audit.changed 3"}},
        {"UPDATE audit SET at = '2026-11-03T00:00:00Z' WHERE entry = 4", {"audit.changed 4"}},
        {"UPDATE audit SET details = NULL WHERE entry = 3", {"audit.changed 3"}},
        {"UPDATE audit SET previous = hash WHERE entry = 2", {"audit.chain 2", "audit.changed 2"}},
        {"UPDATE audit SET hash = replace(hash, 'a', 'b') WHERE entry = 3", {"audit.changed 3", "audit.chain 4"}},
        {"DELETE FROM audit WHERE entry = 3", {"audit.missing 3"}},
        {"DELETE FROM audit WHERE entry = 5", {"audit.end 5", "audit.case_changed " + id}},
        {"INSERT INTO audit (entry, at) VALUES (6, 'x')", {"audit.chain 6", "audit.changed 6", "audit.end 7"}},
        {"UPDATE emission SET snr_db = snr_db + 0.001 WHERE run = 2 AND id = 'e3'", {"audit.run_changed 2"}},
        {"UPDATE run SET start = '2026-11-02T03:16:00.000000000Z' WHERE run = 1", {"audit.run_changed 1"}},
        {"DELETE FROM finding WHERE run = 1 AND id = 'f2'", {"audit.run_changed 1"}},
        {"INSERT INTO gap (run, at_s) VALUES (1, 0.5)", {"audit.run_changed 1"}},
        {"DELETE FROM run WHERE run = 1", {"audit.run_missing 1"}},
        {"INSERT INTO run (program) VALUES ('x')", {"audit.run_added 3"}},
        {"UPDATE case_file SET people = 'Minh'", {"audit.case_changed " + id}},
        {"UPDATE case_file SET state = 'closed'", {"audit.case_changed " + id}},
        {"DELETE FROM case_item", {"audit.case_changed " + id}},
        {"UPDATE case_note SET text = 'y'", {"audit.case_changed " + id}},
        {"INSERT INTO case_note (case_id, text) VALUES ('" + id + "', 'y')", {"audit.case_changed " + id}},
        {"INSERT INTO case_file (case_id, title) VALUES ('B', 'b')", {"audit.case_added B"}},
        {"INSERT INTO inspected_device (case_id, premises) VALUES ('" + id + "', 'b')", {"audit.case_changed " + id}},
        {"UPDATE run_total SET emissions = emissions + 1 WHERE run = 2", {"audit.totals 2"}},
        {"DELETE FROM run_total WHERE run = 1", {"audit.totals 1"}},
    };
    for (const auto& [statement, want] : attacks) {
        ASSERT_TRUE(store->connection().exec(QStringLiteral("BEGIN")));
        EXPECT_EQ(problems_after(statement), want) << statement;
        ASSERT_TRUE(store->connection().exec(QStringLiteral("ROLLBACK")));
    }
    EXPECT_THAT(problems_after(""), IsEmpty());
}

TEST_F(CaseDesk, LogSurvivesAFieldThatALaterVersionAdds)
{
    ASSERT_TRUE(store->connection().exec(QStringLiteral("ALTER TABLE emission ADD COLUMN polarisation TEXT")));
    EXPECT_THAT(problems_after(""), IsEmpty());
}

} // namespace
} // namespace gacsong
