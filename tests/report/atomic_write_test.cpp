// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/atomic_write.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace gacsong {

namespace fs = std::filesystem;

TEST(AtomicWrite, ReplacesAFileAndKeepsItsPermissions)
{
    const test::TemporaryFolder folder;
    const fs::path file = folder.path() / "a.sigmf-meta";
    std::ofstream(file) << "old";
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    ASSERT_TRUE(write_atomically(file, "new"));
    EXPECT_EQ(test::read_file(file), "new");
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "nothing temporary stays";
}

TEST(AtomicWrite, SaysWhyItCannotWrite)
{
    const Status written = write_atomically("/proc/none/file", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message.key, "output.write");
    EXPECT_EQ(written.error().fault, Fault::output);
}

} // namespace gacsong
