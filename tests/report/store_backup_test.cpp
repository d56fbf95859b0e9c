// SPDX-License-Identifier: GPL-3.0-or-later
// A store of an older version is changed only once a copy of it lies beside it.
#include "report/store/backup.hpp"
#include "report/store/schema.hpp"
#include "report/store/store.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;

class StoreBackup : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    const fs::path file = folder.path() / "store.sqlite";

    void store_a_run() const
    {
        StoreSink sink(file);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.emission(test::licensed_emission()));
        ASSERT_TRUE(sink.end(test::sample_end()));
        ASSERT_TRUE(sink.stored_run());
    }
};

TEST_F(StoreBackup, OfAnOlderVersionIsCopiedBeforeItIsChanged)
{
    store_a_run();
    const int older = store_version() - 1;
    {
        const auto connection = Connection::open(file, false);
        ASSERT_TRUE((*connection)->exec(QStringLiteral("DROP INDEX cell_heard")));
        ASSERT_TRUE((*connection)->exec(QStringLiteral("PRAGMA user_version=%1").arg(older)));
    }
    const fs::path copy = backup_path(file, older);
    std::ofstream(copy) << "what an attempt that failed left behind";
    {
        const auto store = Store::open(file);
        ASSERT_TRUE(store);
        EXPECT_TRUE(*(*store)->emission(1, "e3"));
    }
    const auto now = Connection::open(file, false);
    EXPECT_EQ((*now)->value(QStringLiteral("PRAGMA user_version"))->toInt(), store_version());
    const auto kept = Connection::open(copy, false);
    ASSERT_TRUE(kept);
    EXPECT_EQ((*kept)->value(QStringLiteral("PRAGMA user_version"))->toInt(), older);
    EXPECT_EQ((*kept)->value(QStringLiteral("SELECT count(*) FROM emission WHERE id='e3'"))->toInt(), 1);
    EXPECT_EQ((*kept)->value(QStringLiteral("PRAGMA application_id"))->toInt(), 0x47535356);
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
        EXPECT_EQ(entry.path().string().find(".part-"), std::string::npos) << entry.path();
}

TEST_F(StoreBackup, ThatCannotBeCopiedStaysAsItIs)
{
    store_a_run();
    const int older = store_version() - 1;
    {
        const auto connection = Connection::open(file, false);
        ASSERT_TRUE((*connection)->exec(QStringLiteral("PRAGMA user_version=%1").arg(older)));
    }
    fs::create_directories(backup_path(file, older) / "in the way");
    const auto store = Store::open(file);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().message.key, "store.write");
    const auto connection = Connection::open(file, false);
    EXPECT_EQ((*connection)->value(QStringLiteral("PRAGMA user_version"))->toInt(), older);
}

TEST_F(StoreBackup, OfThisVersionIsNotCopied)
{
    store_a_run();
    ASSERT_TRUE(Store::open(file));
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
        EXPECT_EQ(entry.path().string().find(".version-"), std::string::npos) << entry.path();
}

} // namespace
} // namespace gacsong
