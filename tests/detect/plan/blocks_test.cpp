// SPDX-License-Identifier: GPL-3.0-or-later
// The agency's table of operators' blocks: rows that cannot both be right.
#include "detect/plan/plan_reader.hpp"
#include "detect/plan/tables/blocks.hpp"

#include <gtest/gtest.h>

namespace gacsong {
namespace {

const std::string heading = "plmn,technology,low_hz,high_hz,valid_from,valid_to,reference,verified\n";

TEST(Blocks, TellsOverlapsAndEndsBeforeBeginnings)
{
    std::vector<Message> problems;
    const auto read = parse_blocks(heading + "452-01,lte,1805e6,1825e6,,,a,yes\n"                         // 2
                                             "452-02,lte,1825e6,1845e6,,,touches,yes\n"                   // 3
                                             "452-04,lte,1820e6,1830e6,,,overlaps,yes\n"                  // 4
                                             "452-05,gsm,1820e6,1830e6,,,other,yes\n"                     // 5
                                             "452-07,lte,1805e6,1825e6,,,shared,yes\n"                    // 6
                                             "452-01,lte,1815e6,1830e6,,2020-01-01,once,yes\n"            // 7
                                             "452-04,lte,1840e6,1830e6,,,backwards,yes\n"                 // 8
                                             "452-04,lte,1850e6,1860e6,2026-05-01,2026-04-01,ends,yes\n", // 9
                                   "blocks.csv", problems);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->size(), 4U);
    ASSERT_EQ(problems.size(), 4U);
    std::vector<std::int64_t> rows;
    for (const auto& problem : problems) {
        EXPECT_EQ(problem.key, "blocks.row");
        rows.push_back(std::get<std::int64_t>(problem.arguments.front().value));
    }
    EXPECT_EQ(rows, (std::vector<std::int64_t>{8, 9, 4, 7}));
}

TEST(Blocks, OfTheAgencyReplaceThoseOfThePlan)
{
    std::vector<Message> problems;
    Plan plan;
    plan.blocks = *parse_blocks(heading + "452-01,lte,758e6,768e6,,,plan,yes\n452-02,lte,768e6,778e6,,,plan,yes\n"
                                          "452-02,gsm,758e6,768e6,,,plan,yes\n",
                                "plan.csv", problems);
    add_blocks(plan, *parse_blocks(heading + "452-04,lte,758e6,768e6,,,ours,yes\n", "blocks.csv", problems));
    ASSERT_EQ(plan.blocks.size(), 3U);
    EXPECT_EQ(plan.blocks[0].plmn.front(), "452-04");
    EXPECT_EQ(plan.blocks[1].plmn.front(), "452-02");
    EXPECT_EQ(plan.blocks[2].technologies.front(), "gsm");
    EXPECT_TRUE(problems.empty());
}

TEST(Blocks, ThatOverlapInAPlanAreTold)
{
    const std::string block = "[[block]]\nname = \"b\"\nholder = \"h\"\nplmn = [\"452-0X\"]\ntechnologies = [\"lte\"]\n"
                              "low_hz = LOW\nhigh_hz = HIGH\nreference = \"r\"\nverified = \"yes\"\n";
    const auto made = [&](const char* plmn, const char* low, const char* high) {
        std::string out = block;
        out.replace(out.find("452-0X"), 6, plmn);
        out.replace(out.find("LOW"), 3, low);
        out.replace(out.find("HIGH"), 4, high);
        return out;
    };
    const PlanText text{"test.toml", "[plan]\nname = \"t\"\nedition = \"1\"\n" + made("452-01", "1805e6", "1825e6") +
                                         made("452-02", "1820e6", "1840e6")};
    const auto plan = parse_plan(std::span(&text, 1), "t");
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->blocks.size(), 1U);
    EXPECT_EQ(plan->problems.size(), 1U);
}

} // namespace
} // namespace gacsong
