// SPDX-License-Identifier: GPL-3.0-or-later
// What a cell has to do: contacts, pagings, or none (P12, D02, and C09 of reserved cells).
#include "tests/detect/rules/cell_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gacsong::test {

namespace {

using ::testing::Contains;
using ::testing::Not;

World lte_network()
{
    World world;
    world.add_network("lte", "452-04", {6101}, -80.0).without_register();
    world.scan.push_back(lte_cell("452-04", 6101, 555'100, 1700, 211, -90.0));
    return world;
}

/// An LTE cell among the operator's others, all of them with pagings that could be counted.
World lte_with_contacts(double pagings_per_min, std::uint64_t responses, double responses_per_min)
{
    World world = lte_network();
    for (Cell& cell : world.scan) {
        cell.paging = Paging{};
        cell.paging->blocks = 6000;
        cell.paging->requests_per_min = 300.0;
        cell.paging->requests = 300;
    }
    Cell& cell = world.scan.back();
    cell.paging->requests_per_min = pagings_per_min;
    cell.paging->responses = responses;
    cell.paging->responses_per_min = responses_per_min;
    return world;
}

TEST(Contacts, AreJudgedAgainstTheOperatorsOtherCellsForAMinute)
{
    World world = gsm_network();
    Cell& cell = world.scan.back();
    cell.paging->assignments = 5;
    cell.paging->rejects = 15;
    EXPECT_THAT(fired(world.judge()), Contains("D02"));
    cell.last_s = 40.0;
    cell.paging->blocks = 1500;
    EXPECT_THAT(fired(world.judge()), Contains("D02 0.5"));
    cell.last_s = 25.0;
    EXPECT_TRUE(left_out(world.judge(), "D02", "one_shot"));
    World alone = one_gsm();
    alone.scan.back().paging->assignments = 5;
    alone.scan.back().paging->rejects = 15;
    EXPECT_TRUE(left_out(alone.judge(), "D02", "baseline"));
}

TEST(ContactsWithoutPaging, AreManyBesideAQuietPagingChannel)
{
    World world = gsm_network();
    Cell& cell = world.scan.back();
    cell.paging->rejects = 0;
    cell.paging->assignments_per_min = 25.0;
    cell.paging->requests_per_min = 15.0; // others: 400
    EXPECT_THAT(fired(world.judge()), Contains("D02"));
    cell.paging->requests_per_min = 25.0;
    EXPECT_THAT(fired(world.judge()), Not(Contains("D02")));
}

TEST(ContactsWithoutPaging, OfLteAreResponsesToRandomAccess)
{
    EXPECT_THAT(fired(lte_with_contacts(15.0, 25, 25.0).judge()), Contains("D02"));
    EXPECT_THAT(fired(lte_with_contacts(16.0, 25, 25.0).judge()), Not(Contains("D02"))) << "5 % of 300 are 15";
    EXPECT_THAT(fired(lte_with_contacts(0.0, 19, 19.0).judge()), Not(Contains("D02")));
    EXPECT_THAT(fired(lte_with_contacts(0.0, 4, 68.0).judge()), Not(Contains("D02")))
        << "4 heard in a 17th of the time";
    EXPECT_THAT(fired(lte_with_contacts(0.0, 5, 85.0).judge()), Contains("D02"));
    World unheard = lte_with_contacts(0.0, 25, 25.0);
    unheard.scan.back().paging->requests_per_min.reset(); // SIB2 was not read
    EXPECT_TRUE(left_out(unheard.judge(), "D02", "contacts"));
    World uncounted = lte_with_contacts(0.0, 25, 25.0);
    for (std::size_t i = 0; i + 1 < uncounted.scan.size(); ++i)
        uncounted.scan[i].paging.reset();
    EXPECT_TRUE(left_out(uncounted.judge(), "D02", "baseline"));
}

TEST(ReservedCells, ThatAnswerPhonesAreAbsurd)
{
    const auto judged = [](bool reserved, std::uint64_t responses, double per_min, double dwell_s) {
        World world = lte_with_contacts(300.0, responses, per_min);
        set_field(world.scan.back(), "SIB1", "reserved_for_operator", reserved);
        world.scan.back().last_s = world.scan.back().first_s + dwell_s;
        return fired(world.judge());
    };
    EXPECT_THAT(judged(true, 20, 20.0, 60.0), Contains("C09"));
    EXPECT_THAT(judged(true, 10, 20.0, 31.0), Contains("C09 0.5"));
    EXPECT_THAT(judged(true, 10, 600.0, 1.0), Not(Contains(testing::StartsWith("C09")))) << "a second is no minute";
    EXPECT_THAT(judged(true, 19, 19.0, 60.0), Not(Contains("C09")));
    EXPECT_THAT(judged(false, 60, 60.0, 60.0), Not(Contains("C09")));
}

TEST(NoTraffic, IsNotSaidOfACellThatAnswersPhones)
{
    World world = lte_with_contacts(0.0, 0, 0.0);
    Cell& cell = world.scan.back();
    cell.paging->requests = 0;
    without_traffic(cell);
    EXPECT_THAT(fired(world.judge()), Contains("P12"));
    cell.paging->responses = 1;
    EXPECT_THAT(fired(world.judge()), Not(Contains("P12")));
}

TEST(NoTraffic, CountsHalfAfterHalfAMinute)
{
    World world = one_gsm();
    Cell& cell = world.scan.back();
    without_traffic(cell);
    EXPECT_THAT(fired(world.judge()), Contains("P12"));
    cell.last_s = 35.0;
    EXPECT_THAT(fired(world.judge()), Contains("P12 0.5"));
}

} // namespace

} // namespace gacsong::test
