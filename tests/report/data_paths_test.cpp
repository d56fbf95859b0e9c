// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/data_paths.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace gacsong {
namespace {

namespace fs = std::filesystem;

class DataPaths : public ::testing::Test {
protected:
    fs::path made(const char* folder) const
    {
        fs::create_directories(root_ / folder);
        return root_ / folder;
    }

    test::TemporaryFolder folder_;
    fs::path root_ = folder_.path();
};

TEST_F(DataPaths, AreBesideTheInstalledPrograms)
{
    made("opt/share/gacsong/plans");
    EXPECT_EQ(installed_data_folder(made("opt/bin")), root_ / "opt/share/gacsong");
}

TEST_F(DataPaths, OfAnInstalledProgramAreNotSoughtAboveItsPrefix)
{
    made("share/gacsong/plans");
    EXPECT_EQ(installed_data_folder(made("opt/bin")), fs::path{});
}

TEST_F(DataPaths, OfABuildAreFoundFromEveryFolderOfPrograms)
{
    made("build/share/gacsong/plans");
    for (const char* programs : {"build/apps", "build/tests/apps", "build/tests/sdr/receivers"})
        EXPECT_EQ(installed_data_folder(made(programs)), root_ / "build/share/gacsong") << programs;
    EXPECT_EQ(installed_data_folder(made("build/a/b/c/d")), fs::path{});
}

TEST_F(DataPaths, EndAtTheRoot)
{
    EXPECT_EQ(installed_data_folder({}), fs::path{});
    EXPECT_EQ(installed_data_folder("/bin-of-nobody"), fs::path{});
}

TEST(PlanFolders, OfThisTestAreThoseOfItsBuild) { EXPECT_FALSE(plan_folders().empty()); }

} // namespace
} // namespace gacsong
