// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/plan_reader.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace gacsong {

namespace {

constexpr std::string_view head = "[plan]\nname = \"x\"\nedition = \"1\"\n";

Result<Plan> parse(const std::string& rows)
{
    const std::vector<PlanText> files{PlanText{.file = "x.toml", .text = std::string(head) + rows}};
    return parse_plan(files, "x");
}

/// One band row from 100 to 200 MHz with other lines in it.
std::string band(const std::string& more, const std::string& edges = "low_hz = 100_000_000\nhigh_hz = 200_000_000\n")
{
    return "[[band]]\n" + edges + "service = \"land mobile\"\nreference = \"A\"\n" + more + "\n";
}

std::string why(const Plan& plan)
{
    if (plan.problems.size() != 1) {
        return std::to_string(plan.problems.size()) + " problems";
    }
    return std::get<std::vector<Message>>(plan.problems[0].arguments.at(2).value).at(0).key;
}

std::int64_t line(const Message& problem) { return std::get<std::int64_t>(problem.arguments.at(0).value); }

} // namespace

TEST(PlanReader, ReadsABand)
{
    const auto plan = parse(band("licensing = \"station\"\nverified = \"partly\"\nvalid_from = 2026-01-01\n"
                                 "valid_to = \"31/12/2026\"\ntolerance = { hz = 100, ppm = 5, verified = \"yes\" }\n"
                                 "raster = { first_hz = 100_000_000, step_hz = 12_500 }\nbandwidth_margin = 0.1"));
    ASSERT_TRUE(plan);
    ASSERT_TRUE(plan->problems.empty());
    ASSERT_EQ(plan->bands.size(), 1U);
    const Band& row = plan->bands[0];
    EXPECT_EQ(row.licensing, Licensing::station);
    EXPECT_EQ(row.row.verified, Verified::partly);
    EXPECT_EQ(row.row.line, 4);
    EXPECT_EQ(row.row.file, "x.toml");
    EXPECT_EQ(row.row.validity.until, parse_day("2027-01-01"));
    EXPECT_DOUBLE_EQ(row.tolerance.at(150e6), 750.0);
    EXPECT_DOUBLE_EQ(row.tolerance.at(10e6), 100.0);
    EXPECT_EQ(plan->full_name(), "x 1");
    const Instant now = *parse_day("2026-11-02");
    EXPECT_EQ(plan->band_at(100e6, now), &plan->bands[0]);
    EXPECT_EQ(plan->band_at(200e6, now), nullptr) << "the upper edge belongs to the next band";
    EXPECT_EQ(plan->band_at(150e6, *parse_day("2027-01-01")), nullptr);
}

TEST(PlanReader, RefusesWrongToml)
{
    const auto plan = parse("[[band]\nlow_hz = 1\n");
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().message.key, "plan.file");
    EXPECT_EQ(plan.error().fault, Fault::usage);
    EXPECT_EQ(std::get<std::int64_t>(plan.error().message.arguments.at(1).value), 4);
}

TEST(PlanReader, RefusesAPlanWithoutNameOrEdition)
{
    const std::vector<PlanText> files{PlanText{.file = "y.toml", .text = "[plan]\nname = \"y\"\n"}};
    EXPECT_EQ(parse_plan(files, "y").error().message.key, "plan.no_edition");
    EXPECT_EQ(parse_plan({}, "y").error().message.key, "plan.no_edition");
}

TEST(PlanReader, RefusesTooManyRows)
{
    std::string rows = "network = [";
    for (std::size_t i = 0; i <= plan_row_limit; ++i) {
        rows += "{},";
    }
    const std::vector<PlanText> files{PlanText{.file = "z.toml", .text = rows + "]"}};
    EXPECT_EQ(parse_plan(files, "z").error().message.key, "plan.file");
}

TEST(PlanReader, TellsARowThatCannotBeUsed)
{
    struct Case {
        std::string rows;
        std::string why;
    };
    const std::string edges = "low_hz = 1_000_000\n";
    for (const auto& c : {
             Case{band("", edges), "why.no_key"},
             Case{band("", "low_hz = 200\nhigh_hz = 100\n"), "why.ends_before_start"},
             Case{band("", "low_hz = -5\nhigh_hz = 100\n"), "why.range"},
             Case{band("", "low_hz = \"1M\"\nhigh_hz = 100\n"), "why.type"},
             Case{band("licensing = \"nobody\""), "why.word"},
             Case{band("verified = true"), "why.type"},
             Case{band("valid_from = 2026-05-01\nvalid_to = 2026-04-01"), "why.ends_before_start"},
             Case{band("valid_from = \"soon\""), "why.date"},
             Case{band("max_bandwith_hz = 5"), "why.unknown_key"},
             Case{band("tolerance = 5"), "why.type"},
             Case{band("tolerance = { herz = 5 }"), "why.unknown_key"},
             Case{band("raster = { first_hz = 1, step_hz = 0 }"), "why.range"},
             Case{band("raster = { first_hz = 1, step_hz = nan }"), "why.range"},
             Case{"[[band]]\nlow_hz = 1\nhigh_hz = 2\nservice = \"x\"\n", "why.no_key"},
             Case{"[[bands]]\nlow_hz = 1\n", "why.unknown_key"},
             Case{"[other]\nlow_hz = 1\n", "why.unknown_key"},
             Case{"band = [1]\n", "why.type"},
             Case{"[[switched_off]]\ntechnology = \"gsm\"\nreference = \"A\"\n", "why.no_key"},
             Case{"[[network]]\nplmn = \"1\"\nname = \"n\"\ncountry = \"VN\"\nrole = \"x\"\nreference = \"A\"\n",
                  "why.word"},
             Case{"[[protected]]\nlow_hz = 1\nhigh_hz = 2\nservice = \"x\"\nreference = \"A\"\nexpected = [1]\n",
                  "why.type"},
             Case{"[[protected]]\nlow_hz = 1\nhigh_hz = 2\nservice = \"x\"\nreference = \"A\"\n"
                  "expected = [{ max_width = 1 }]\n",
                  "why.unknown_key"},
         }) {
        // An array outside a table must stand before the first heading.
        const bool bare = c.rows.starts_with("band =");
        const std::vector<PlanText> files{
            PlanText{.file = "x.toml", .text = bare ? c.rows + std::string(head) : std::string(head) + c.rows}};
        const auto plan = parse_plan(files, "x");
        ASSERT_TRUE(plan) << c.rows;
        EXPECT_EQ(why(*plan), c.why) << c.rows;
        EXPECT_EQ(plan->problems[0].key, "warn.plan_row");
        EXPECT_TRUE(plan->bands.empty()) << c.rows;
    }
}

TEST(PlanReader, LeavesOutTheLaterOfTwoBandsThatOverlap)
{
    const auto plan = parse(band("") + band("", "low_hz = 150_000_000\nhigh_hz = 250_000_000\n") +
                            band("", "low_hz = 200_000_000\nhigh_hz = 250_000_000\n"));
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->bands.size(), 2U);
    EXPECT_EQ(why(*plan), "why.overlaps");
    EXPECT_EQ(line(plan->problems[0]), 10);
}

TEST(PlanReader, LetsBandsFollowEachOtherInTime)
{
    const auto plan = parse(band("valid_to = 2026-09-15") + band("valid_from = 2026-09-16\nlicensing = \"network\""));
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->problems.empty());
    EXPECT_EQ(plan->band_at(150e6, *parse_day("2026-09-15"))->licensing, Licensing::closed);
    EXPECT_EQ(plan->band_at(150e6, *parse_day("2026-09-16"))->licensing, Licensing::network);
}

TEST(PlanReader, FindsPlansByNameAndPath)
{
    const test::TemporaryFolder own;
    const auto& folder = own.path();
    const auto second = folder / "second";
    std::filesystem::create_directories(folder / "first" / "many");
    std::filesystem::create_directories(second / "wording");
    std::ofstream(folder / "first" / "many" / "a.toml") << head;
    std::ofstream(folder / "first" / "many" / "b.toml") << band("");
    std::ofstream(second / "single.toml") << head << band("");
    std::ofstream(second / "wording" / "vi.toml") << "x = 1\n";
    const std::vector<std::filesystem::path> paths{folder / "first", folder / "nowhere", second};
    EXPECT_EQ(load_plan("many", paths)->bands.size(), 1U);
    EXPECT_EQ(load_plan("single", paths)->bands.size(), 1U);
    EXPECT_EQ(load_plan((second / "single.toml").string(), {})->bands.size(), 1U);
    EXPECT_EQ(load_plan((folder / "first" / "many").string(), {})->bands.size(), 1U);
    EXPECT_EQ(load_plan("wording", paths).error().message.key, "plan.not_found");
    EXPECT_EQ(load_plan("none", paths).error().message.key, "plan.not_found");
    EXPECT_EQ(load_plan("", paths).error().message.key, "plan.not_found");
    EXPECT_EQ(load_plan("/nowhere/x.toml", paths).error().message.key, "file.not_found");
    const auto listed = list_plans(paths);
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].name, "many");
    EXPECT_EQ(listed[1].name, "single");
}

} // namespace gacsong
