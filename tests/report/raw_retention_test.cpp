// SPDX-License-Identifier: GPL-3.0-or-later
// Old recordings and clips are deleted, but not what cases need, and the log tells of each.
#include "report/cases/cases.hpp"
#include "report/cases/retention.hpp"
#include "report/store/store_sink.hpp"
#include "report/text/time_text.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t hour_ns = 3'600'000'000'000;

class RawRetention : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const StoreAddress address = test::new_store(folder);
    const fs::path raw = folder.path() / "raw";
    std::unique_ptr<Store> store;

    void SetUp() override
    {
        fs::create_directories(raw / "clips");
        store = std::move(*Store::open(address));
    }

    static Hand hand() { return {"lan", test::morning}; }
    /// Two days after the morning on which everything is received.
    static Instant later() { return {test::morning.unix_ns + 48 * hour_ns}; }

    /// A recording of 64 samples; changed last an hour after its first sample.
    void record(const std::string& name, Instant start, const std::string& recorder = "gacsong 0.1.0") const
    {
        const nlohmann::json meta{
            {"global", {{"core:datatype", "ci8"}, {"core:sample_rate", 64.0}, {"core:recorder", recorder}}},
            {"captures", {{{"core:sample_start", 0}, {"core:datetime", rfc3339(start)}}}},
            {"annotations", nlohmann::json::array()}};
        for (const auto& [suffix, bytes] :
             {std::pair{".sigmf-meta", meta.dump()}, std::pair{".sigmf-data", std::string(128, 'x')}}) {
            const fs::path file = raw / (name + suffix);
            std::ofstream(file, std::ios::binary) << bytes;
            const std::chrono::sys_time<std::chrono::nanoseconds> at{std::chrono::nanoseconds(start.unix_ns + hour_ns)};
            fs::last_write_time(file, std::chrono::file_clock::from_sys(at));
        }
    }

    [[nodiscard]] std::vector<std::string> present() const
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::recursive_directory_iterator(raw)) {
            if (entry.path().extension() == ".sigmf-data")
                names.push_back(entry.path().stem());
        }
        std::ranges::sort(names);
        return names;
    }

    [[nodiscard]] std::vector<AuditEntry> removals() const
    {
        auto log = *audit_entries(store->connection());
        std::erase_if(log, [](const AuditEntry& entry) { return entry.action != "raw-removed"; });
        return log;
    }
};

TEST_F(RawRetention, DeletesWhatIsOldAndTellsItInTheLog)
{
    record("old", test::morning);
    record("clips/old_clip", test::morning);
    record("young", later());
    record("of_others", test::morning, "GNU Radio 3.10");
    const auto counted = forget_files(*store, hand(), raw, later(), true);
    ASSERT_TRUE(counted);
    EXPECT_EQ(counted->files, 2U);
    EXPECT_EQ(counted->bytes, 256U);
    EXPECT_EQ(counted->not_ours, 1U);
    EXPECT_THAT(present(), ElementsAre("of_others", "old", "old_clip", "young")) << "it was only counted";
    EXPECT_THAT(removals(), IsEmpty());

    EXPECT_EQ(forget_files(*store, hand(), raw, later(), false)->files, 2U);
    EXPECT_THAT(present(), ElementsAre("of_others", "young"));
    EXPECT_FALSE(fs::exists(raw / "old.sigmf-meta"));
    const auto told = removals();
    ASSERT_EQ(told.size(), 2U);
    const auto details = nlohmann::json::parse(told.back().details);
    EXPECT_EQ(told.back().subject, "old.sigmf-data");
    EXPECT_EQ(details.at("file"), (raw / "old.sigmf-data").string());
    EXPECT_EQ(details.at("bytes"), 128);
    // python3 -c "import hashlib; print(hashlib.sha512(b'x' * 128).hexdigest())"
    EXPECT_EQ(details.at("sha512"), "e2e22f8422b54b06e35c3ea30a383d1de7a8fbc27992923074103117020d8dd7"
                                    "024c3ecf7d6d1a15a6de5a75ff32fb486b9e8ced4c02ffe05822bf2cb734d0e0");
    EXPECT_THAT(examine_audit(store->connection())->problems, IsEmpty());
    EXPECT_EQ(forget_files(*store, hand(), raw, later(), false)->files, 0U);
}

TEST_F(RawRetention, KeepsWhatOverlapsTheTimeOfARunInACase)
{
    StoreSink sink(address, 100); // 12.5 s from the morning on
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
    ASSERT_TRUE(sink.end(test::sample_end()));
    record("within", {test::morning.unix_ns + 5'000'000'000});
    record("before", {test::morning.unix_ns - 1'500'000'000});
    record("long_before", {test::morning.unix_ns - hour_ns});
    record("after", {test::morning.unix_ns + 60'000'000'000});
    EXPECT_EQ(forget_files(*store, hand(), raw, later(), true)->kept, 0U) << "no case needs the run yet";
    ASSERT_TRUE(add_to_case(*store, hand(), {}, "Nhiễu", std::array{*parse_item_address("e1")}));
    const auto gone = forget_files(*store, hand(), raw, later(), false);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->kept, 2U);
    EXPECT_EQ(gone->files, 2U);
    EXPECT_THAT(present(), ElementsAre("before", "within"));
}

TEST_F(RawRetention, FollowsNoLinksAndSurvivesWhatIsNoDescription)
{
    record("old", test::morning);
    fs::create_directories(folder.path() / "elsewhere");
    fs::rename(raw / "old.sigmf-meta", folder.path() / "elsewhere" / "old.sigmf-meta");
    fs::rename(raw / "old.sigmf-data", folder.path() / "elsewhere" / "old.sigmf-data");
    fs::create_directory_symlink(folder.path() / "elsewhere", raw / "link");
    fs::create_symlink(folder.path() / "elsewhere" / "old.sigmf-meta", raw / "old.sigmf-meta");
    for (const char* broken : {"", "[]", "{}", "{\"global\":3}", "{\"global\":{\"core:recorder\":7}}", "\xff"})
        std::ofstream(raw / ("x" + std::to_string(std::strlen(broken)) + ".sigmf-meta")) << broken;
    const auto gone = forget_files(*store, hand(), raw, later(), false);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->files, 0U);
    EXPECT_TRUE(fs::exists(folder.path() / "elsewhere" / "old.sigmf-data"));
    EXPECT_FALSE(forget_files(*store, hand(), raw / "nowhere", later(), false));
}

} // namespace
} // namespace gacsong
