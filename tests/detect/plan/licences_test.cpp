// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/blocks.hpp"
#include "detect/plan/tables/ignore_list.hpp"
#include "detect/plan/tables/licences.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

namespace gacsong {

namespace {

struct Read {
    std::vector<Message> problems; // before what fills them
    Result<LicenceRegister> licences;

    explicit Read(std::string_view text) : licences(parse_register(text, "licences.csv", problems)) {}
};

std::string why(const Message& problem)
{
    for (const auto& argument : problem.arguments) {
        if (argument.name == "why") {
            return std::get<std::vector<Message>>(argument.value).at(0).key;
        }
    }
    return {};
}

std::int64_t row_of(const Message& problem) { return std::get<std::int64_t>(problem.arguments.at(0).value); }

} // namespace

TEST(Register, ReadsAnyOrderAndKeepsExtraColumns)
{
    const Read read("note,Center_Hz,district,ID,holder,bandwidth_hz,lat,lon,radius_km,valid_from,valid_to,power_w\n"
                    "abc,98.7M,Châu Đốc,AG-0012,Đài A,200k,10.7,105.1,40,2024-01-01,31/12/2028,1k\n");
    ASSERT_TRUE(read.licences);
    EXPECT_TRUE(read.problems.empty());
    ASSERT_EQ(read.licences->licences().size(), 1U);
    const auto& licence = read.licences->licences()[0];
    EXPECT_EQ(licence.id, "AG-0012");
    EXPECT_EQ(licence.holder, "Đài A");
    EXPECT_DOUBLE_EQ(licence.center_hz, 98.7e6);
    EXPECT_DOUBLE_EQ(*licence.bandwidth_hz, 200e3);
    EXPECT_DOUBLE_EQ(*licence.power_w, 1000.0);
    EXPECT_EQ(licence.place, (Place{10.7, 105.1}));
    EXPECT_EQ(licence.validity.from, parse_day("2024-01-01"));
    EXPECT_EQ(licence.validity.until, parse_day("2029-01-01"));
    EXPECT_EQ(licence.row, 2U);
    ASSERT_EQ(read.licences->extra_columns(), std::vector<std::string>{"district"});
    EXPECT_EQ(licence.extra, std::vector<std::string>{"Châu Đốc"});
    EXPECT_EQ(read.licences->name(), "licences.csv");
}

TEST(Register, TakesTheBandwidthFromTheDesignator)
{
    const Read read("id,center_hz,designator,bandwidth_hz\nA,155.5M,16K0F3E,\nB,155.6M,16K0F3E,12.5k\n");
    ASSERT_TRUE(read.licences);
    EXPECT_DOUBLE_EQ(*read.licences->licences()[0].bandwidth_hz, 16e3);
    EXPECT_DOUBLE_EQ(*read.licences->licences()[1].bandwidth_hz, 12.5e3);
}

TEST(Register, ReadsSemicolonsWithDecimalCommas)
{
    const Read read("\xEF\xBB\xBFid;center_hz;bandwidth_hz;lat;lon\r\nA;98,7M;200k;10,5;105,25\r\n");
    ASSERT_TRUE(read.licences);
    ASSERT_TRUE(read.problems.empty());
    EXPECT_DOUBLE_EQ(read.licences->licences()[0].center_hz, 98.7e6);
    EXPECT_DOUBLE_EQ(read.licences->licences()[0].place->longitude, 105.25);
}

TEST(Register, TellsEachBadRowAndUsesTheRest)
{
    const Read read("id,center_hz,bandwidth_hz,designator,lat,lon,valid_from,valid_to\n"
                    "A,98.7M,,,,,,\n"                     // 2 good
                    ",98.8M,,,,,,\n"                      // 3 no id
                    "C,,,,,,,\n"                          // 4 no centre
                    "D,ninety,,,,,,\n"                    // 5 no number
                    "E,98.7,,,,,,\n"                      // 6 given in MHz
                    "F,98.7M,-5,,,,,\n"                   // 7 negative width
                    "G,98.7M,,16K0Z3E,,,,\n"              // 8 no designator
                    "H,98.7M,,,10.5,,,\n"                 // 9 half a place
                    "I,98.7M,,,95,105,,\n"                // 10 beyond the pole
                    "J,98.7M,,,,,2026-02-30,\n"           // 11 no such day
                    "K,98.7M,,,,,2026-05-01,2026-04-01\n" // 12 ends before it begins
                    "L,98.7M,,,,,,,,extra\n"              // 13 more fields than headings
                    "\"M,98.7M\n"                         // 14 open quote
                    "N,99.9M\n"                           // 15 short but whole
                    "O,99.1M,,,,,,9999-12-31\n");         // 16 without end
    ASSERT_TRUE(read.licences);
    const std::vector<std::pair<std::int64_t, std::string>> expected{
        {3, "why.missing"},    {4, "why.missing"},
        {5, "why.number"},     {6, "why.range"},
        {7, "why.range"},      {8, "why.designator"},
        {9, "why.half_place"}, {10, "why.range"},
        {11, "why.date"},      {12, "why.ends_before_start"},
        {13, "why.fields"},    {14, "why.quote"},
    };
    std::vector<std::pair<std::int64_t, std::string>> told;
    for (const auto& problem : read.problems) {
        EXPECT_EQ(problem.key, "register.row");
        told.emplace_back(row_of(problem), why(problem));
    }
    EXPECT_EQ(told, expected);
    ASSERT_EQ(read.licences->licences().size(), 3U);
    EXPECT_FALSE(read.licences->licences()[1].validity.until);
}

TEST(Register, NeedsItsColumns)
{
    EXPECT_EQ(Read("holder,service\nx,y\n").licences.error().message,
              Message("register.columns",
                      {{"register", std::string("licences.csv")}, {"columns", std::string("id, center_hz")}}));
    EXPECT_EQ(Read("id\nx\n").licences.error().message.key, "register.columns");
    EXPECT_EQ(Read("").licences.error().message.key, "table.empty");
    EXPECT_EQ(Read("id,center_hz\n").licences->licences().size(), 0U);
}

TEST(Register, FindsWhatMeetsARange)
{
    const Read read("id,center_hz,bandwidth_hz\nwide,763M,10M\nA,758.1M,200k\nB,767.95M,200k\nbare,765M,\n");
    ASSERT_TRUE(read.licences);
    const auto ids = [&](double low, double high) {
        std::string list;
        for (const auto* licence : read.licences->meeting(low, high)) {
            list += licence->id + " ";
        }
        return list;
    };
    EXPECT_EQ(ids(760e6, 760.1e6), "wide ");
    EXPECT_EQ(ids(758e6, 758.05e6), "A wide ");
    EXPECT_EQ(ids(765e6, 765e6), "wide bare ");
    EXPECT_EQ(ids(768.04e6, 769e6), "B ");
    EXPECT_EQ(ids(770e6, 780e6), "");
    EXPECT_EQ(read.licences->nearest(700e6)->id, "A");
    EXPECT_EQ(read.licences->nearest(766.9e6)->id, "B");
    EXPECT_EQ(LicenceRegister().nearest(1e6), nullptr);
}

TEST(Register, FindsTheSameAsAWalkThroughAllRows)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> centre(80e6, 90e6);
    std::uniform_real_distribution<double> width(0.0, 3e6);
    std::vector<Licence> licences(500);
    for (auto& licence : licences) {
        licence.center_hz = centre(random);
        licence.bandwidth_hz = random() % 3 == 0 ? std::optional(width(random)) : std::optional(12.5e3);
    }
    const LicenceRegister list("x", {}, licences);
    for (int i = 0; i < 200; ++i) {
        const double low = centre(random);
        const double high = low + width(random);
        std::vector<const Licence*> expected;
        for (const auto& licence : list.licences()) {
            if (licence.low_hz() <= high && licence.high_hz() >= low) {
                expected.push_back(&licence);
            }
        }
        EXPECT_EQ(list.meeting(low, high), expected);
    }
}

TEST(Register, LoadsAFileOrSaysWhyNot)
{
    std::vector<Message> problems;
    EXPECT_EQ(load_register("/nowhere/licences.csv", problems).error().message.key, "file.not_found");
    const test::TemporaryFolder folder;
    EXPECT_EQ(load_register(folder.path(), problems).error().message.key, "file.denied");
    const auto path = folder.path() / "register.csv";
    std::ofstream(path) << "id,center_hz\nA,98.7M\n";
    const auto licences = load_register(path, problems);
    ASSERT_TRUE(licences);
    EXPECT_EQ(licences->name(), "register.csv");
    EXPECT_TRUE(licences->as_of);
}

TEST(IgnoreList, CoversItsBandUntilItsDay)
{
    std::vector<Message> problems;
    const auto list = parse_ignore_list("reason,until,center_hz,bandwidth_hz\nthử nghiệm,2026-11-02,433.92M,100k\n"
                                        "own beacon,,434.5M,\nbad,yesterday,434M,\n",
                                        "ignore.csv", problems);
    ASSERT_TRUE(list);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].key, "ignore.row");
    EXPECT_EQ(why(problems[0]), "why.date");
    const Instant on_the_day{parse_day("2026-11-03")->unix_ns - 1};
    const Instant after = *parse_day("2026-11-03");
    EXPECT_NE(list->find(433.95e6, 40e3, 100, on_the_day), nullptr);
    EXPECT_EQ(list->find(433.95e6, 40e3, 100, after), nullptr);
    EXPECT_EQ(list->find(433.98e6, 40e3, 100, on_the_day), nullptr) << "outside its band";
    EXPECT_NE(list->find(433.98e6, 40e3, 20e3, on_the_day), nullptr) << "outside, but not by more than U";
    EXPECT_EQ(list->find(433.92e6, 1e6, 100, on_the_day), nullptr) << "a broad signal does not hide behind it";
    EXPECT_NE(list->find(434.502e6, 30e3, 100, after), nullptr) << "without an end";
    EXPECT_EQ(list->find(434.51e6, 30e3, 100, after), nullptr);
}

TEST(Blocks, StandBeforeThePlan)
{
    std::vector<Message> problems;
    auto blocks = parse_blocks("plmn,technology,low_hz,high_hz,valid_from,valid_to,reference,verified\n"
                               "452-04,lte,935M,945M,2026-09-16,,Giấy phép 12/GP,yes\n"
                               "452-01,wimax,945M,955M,,,,\n"
                               "452-02,gsm,955M,950M,,,,\n",
                               "blocks.csv", problems);
    ASSERT_TRUE(blocks);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(why(problems[0]), "why.word");
    EXPECT_EQ(why(problems[1]), "why.ends_before_start");
    ASSERT_EQ(blocks->size(), 1U);
    EXPECT_EQ(blocks->front().row.verified, Verified::yes);
    EXPECT_EQ(blocks->front().technologies, std::vector<std::string>{"lte"});
    Plan plan;
    plan.blocks.resize(1);
    add_blocks(plan, *std::move(blocks));
    ASSERT_EQ(plan.blocks.size(), 2U);
    EXPECT_EQ(plan.blocks[0].plmn, std::vector<std::string>{"452-04"});
}

} // namespace gacsong
