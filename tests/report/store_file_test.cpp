// SPDX-License-Identifier: GPL-3.0-or-later
// What only a store in a file can show.
#include "report/store/schema.hpp"
#include "report/store/store.hpp"
#include "tests/report/store_of_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using test::in_child;
using ::testing::HasSubstr;

class StoreFile : public test::StoreOfRuns {
protected:
    const fs::path& file = address.file();
};

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

TEST_F(StoreFile, SaysThatAFolderCannotBeMade)
{
    const auto store = Store::open(fs::path("/proc/no/store.sqlite"));
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().message.key, "store.open");
    EXPECT_EQ(store.error().fault, Fault::output);
}

} // namespace
} // namespace gacsong
