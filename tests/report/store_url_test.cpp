// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_url.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using Server = StoreAddress::Server;

TEST(StoreUrl, NamesAFile)
{
    EXPECT_EQ(store_address("sqlite:/tmp/a.db"), StoreAddress(fs::path("/tmp/a.db")));
    EXPECT_EQ(store_address("runs.db"), StoreAddress(fs::path("runs.db")));
    ASSERT_EQ(setenv("XDG_DATA_HOME", "/data", 1), 0);
    EXPECT_EQ(store_address("")->file(), fs::path("/data/gacsong/store.sqlite"));
    EXPECT_EQ(store_address("sqlite:")->name(), "/data/gacsong/store.sqlite");
    unsetenv("XDG_DATA_HOME");
    for (const char* other : {"mysql://host/db", "postgresql:host/db"}) {
        const auto wrong = store_address(other);
        ASSERT_FALSE(wrong) << other;
        EXPECT_EQ(wrong.error().message.key, "store.url");
        EXPECT_EQ(wrong.error().fault, Fault::usage);
    }
}

TEST(StoreUrl, NamesADatabaseOfAServer)
{
    struct Case {
        const char* url;
        Server server;
        const char* name;
    };
    const Case cases[] = {
        {"postgresql://host/db", {"host", 0, "", "", "db", {}}, "postgresql://host/db"},
        {"postgres://lan@10.0.0.7:5433/office",
         {"10.0.0.7", 5433, "lan", "", "office", {}},
         "postgresql://lan@10.0.0.7:5433/office"},
        {"postgresql://lan:p%40ss%2F@host/db", {"host", 0, "lan", "p@ss/", "db", {}}, "postgresql://lan@host/db"},
        {"postgresql:///db?host=/run/postgresql",
         {"/run/postgresql", 0, "", "", "db", {}},
         "postgresql:///db?host=/run/postgresql"},
        {"postgresql://lan@/db?host=/run/postgresql&port=5433",
         {"/run/postgresql", 5433, "lan", "", "db", {}},
         "postgresql://lan@:5433/db?host=/run/postgresql"},
        {"postgresql:///?host=h&dbname=db&user=lan&password=x",
         {"h", 0, "lan", "x", "db", {}},
         "postgresql://lan@h/db"},
        {"postgresql://host/db?sslmode=verify-full",
         {"host", 0, "", "", "db", {{"sslmode", "verify-full"}}},
         "postgresql://host/db"},
    };
    for (const Case& one : cases) {
        const auto address = store_address(one.url);
        ASSERT_TRUE(address) << one.url;
        EXPECT_EQ(*address->server(), one.server) << one.url;
        EXPECT_EQ(address->name(), one.name) << "no password for people";
    }
}

TEST(StoreUrl, SaysWhatIsNoDatabaseWithoutAPassword)
{
    for (const char* url :
         {"postgresql://", "postgresql:///", "postgresql://lan:secret@host", "postgresql://lan:secret@host/",
          "postgresql://lan:secret@host:port/db", "postgresql://lan:secret@host:99999/db",
          "postgresql://lan:secret@host/db?port=x", "postgresql://lan:secret@host/db?sslmod=require",
          "postgresql://lan:secret@host/db?options=-c%20a%3Db;c", "postgresql://lan:secret@ho st/db"}) {
        const auto wrong = store_address(url);
        ASSERT_FALSE(wrong) << url;
        EXPECT_EQ(wrong.error().message.key, "store.server_url") << url;
        EXPECT_EQ(wrong.error().fault, Fault::usage);
        const std::string said = test::words(Language::vi).text(wrong.error().message);
        EXPECT_THAT(said, HasSubstr("không phải là địa chỉ cơ sở dữ liệu PostgreSQL"));
        EXPECT_THAT(said, Not(HasSubstr("secret")));
    }
}

} // namespace
} // namespace gacsong
