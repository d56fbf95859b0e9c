// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of fake-base-stations.md §2.7: its worked examples and the test cells of §6.
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/score.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gacsong {
namespace {

/// An indicator as the tables write it: `S03 q 0.5` is {"S03", 0.5}, `S08 w 26` is {"S08", 1, 26}.
struct Shown {
    std::string_view code;
    double q = 1.0;
    double weight = 0.0;
};

std::vector<CellIndicator> fired(const std::vector<Shown>& shown, std::string_view without = {})
{
    std::vector<CellIndicator> out;
    for (const auto& one : shown) {
        const auto all = all_indicators();
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& i) { return i.code == one.code; });
        if (found == all.end() || one.code == without)
            continue;
        const double weight = one.weight > 0.0 ? one.weight : found->weight;
        const bool core = found->core && !(one.code == "R01" && weight < 10.0);
        out.push_back({std::string(one.code), weight, one.q, std::string(found->group), one.q * weight, core, {}});
    }
    return out;
}

/// Without a register R03 … R06 cannot fire, and nothing is trusted.
std::vector<Shown> without_register(std::vector<Shown> shown)
{
    std::erase_if(shown, [](const Shown& one) {
        return one.code == "R03" || one.code == "R04" || one.code == "R05" || one.code == "R06";
    });
    return shown;
}

constexpr RegisterMatch registered{true, true};
constexpr RegisterMatch not_registered{};
constexpr int none = -1;

struct TestCell {
    const char* name;
    std::vector<Shown> shown;
    bool registered;
    int with;    ///< score with the register; −1: not stated
    int without; ///< score without
    int without_p05;
};

const std::vector<TestCell>& cells()
{
    static const std::vector<TestCell> all{
        {"T01", {{"P01"}}, true, 2, 8, none},
        {"T02", {}, true, 0, 0, none},
        {"T03", {{"S03", 0.5}, {"P01"}}, false, none, 16, none},
        {"T04", {{"R03"}, {"P02"}, {"N04"}}, false, 40, 24, none},
        {"T05", {{"R03"}, {"N01"}, {"C08"}, {"P01"}}, false, 40, 34, none},
        {"T06", {{"R01", 1.0, 5.0}}, false, 5, 5, none},
        {"T07", {{"R01"}, {"N01"}, {"P02"}, {"P05"}}, false, 75, 75, none},
        {"T08", {{"C05"}, {"P12"}}, true, 4, 16, none},
        {"T09", {{"R04"}, {"N06"}}, false, 34, 10, none},
        {"T10", {{"P01"}}, true, 2, 8, none},
        {"T11", {{"R06"}, {"P01"}, {"P02"}, {"N04"}}, false, 40, 26, none},
        {"T11 event", {{"N04"}}, true, 3, none, none},
        {"T12",
         {{"R09"}, {"S05"}, {"S03"}, {"N01"}, {"C02"}, {"C05"}, {"P02"}, {"P05"}, {"P12"}},
         false,
         none,
         100,
         92},
        {"T13", {{"R07"}, {"R03"}, {"R05"}, {"S01"}, {"N02"}, {"P02"}, {"P05"}, {"P12"}}, false, 100, 100, 100},
        {"T14",
         {{"R03"},
          {"R05"},
          {"S06"},
          {"S07"},
          {"S08", 1.0, 26.0},
          {"S03"},
          {"N05"},
          {"C08"},
          {"P01"},
          {"P02"},
          {"P05"},
          {"P09"},
          {"P12"}},
         false,
         100,
         100,
         100},
        {"T14 in 25 s",
         {{"R03"}, {"R05"}, {"S06"}, {"S07"}, {"S08", 1.0, 26.0}, {"S03"}, {"N05"}, {"C08"}, {"P05"}},
         false,
         100,
         85,
         none},
        {"T15", {{"P08"}, {"S03"}, {"P02"}, {"P04"}, {"S06"}, {"C08"}, {"N03"}, {"P05"}}, false, none, 96, 82},
        {"T16", {{"P07"}, {"P05"}, {"P11"}, {"P01"}}, true, 42, 48, none},
        {"T17", {{"R04"}, {"R05"}, {"R06"}, {"S01"}, {"S03"}, {"N04"}, {"P02"}, {"P05"}}, false, 100, 72, none},
        {"T18", {{"R02"}, {"R03"}, {"P02"}}, false, 60, 60, none},
        {"T19", {{"R08"}, {"R09"}, {"N01"}, {"P12"}}, false, 54, 54, none},
        {"W2", {{"S08"}, {"P01"}}, false, none, 22, none},
        {"W4", {{"S01"}, {"S03"}, {"N01"}, {"P02"}, {"P12"}}, false, none, 59, none},
        {"W5", {{"S01"}, {"S03"}, {"N01"}, {"P02"}, {"P12"}, {"P09"}}, false, none, 94, none},
        {"W6", {{"R02"}}, false, none, 60, none},
        {"T06 at 45 km", {{"R01"}}, false, none, 35, none},
        {"a full GSM blaster",
         {{"S01"}, {"S02"}, {"S03"}, {"S05"}, {"N01"}, {"P01"}, {"P02"}, {"P05"}, {"P12"}},
         false,
         none,
         91,
         none},
        {"a full LTE half",
         {{"S06"}, {"S08"}, {"C08"}, {"S03"}, {"N05"}, {"P01"}, {"P02"}, {"P05"}, {"P12"}},
         false,
         none,
         94,
         none},
    };
    return all;
}

TEST(CellScore, OfTheTestCells)
{
    for (const auto& cell : cells()) {
        if (cell.with != none) {
            EXPECT_EQ(score_cell(fired(cell.shown), cell.registered ? registered : not_registered).score,
                      static_cast<unsigned>(cell.with))
                << cell.name << " with the register";
        }
        const auto alone = without_register(cell.shown);
        if (cell.without != none) {
            EXPECT_EQ(score_cell(fired(alone), not_registered).score, static_cast<unsigned>(cell.without))
                << cell.name << " without a register";
        }
        if (cell.without_p05 != none) {
            const auto& of = cell.with == none ? alone : cell.shown;
            EXPECT_EQ(score_cell(fired(of, "P05"), not_registered).score, static_cast<unsigned>(cell.without_p05))
                << cell.name << " without P05";
        }
    }
}

TEST(CellScore, LosesItsSecondKindWithoutP05)
{
    const std::vector<Shown> clone{{"R04"}, {"R05"}, {"R06"}, {"S01"}, {"S03"}, {"N04"}, {"P02"}};
    EXPECT_EQ(score_cell(fired(clone), not_registered).score, 59U) << "T17";
    EXPECT_EQ(score_cell(fired({{"P07"}, {"P11"}, {"P01"}}), registered).score, 38U) << "T16";
}

TEST(Indicators, AreOrderedAndGrouped)
{
    std::set<std::string_view> groups;
    for (const auto& group : all_indicator_groups())
        groups.insert(group.name);
    std::set<std::string_view> codes;
    for (const auto& one : all_indicators()) {
        EXPECT_TRUE(codes.insert(one.code).second) << one.code << " twice";
        EXPECT_TRUE(groups.contains(one.group)) << one.code;
        EXPECT_NE(one.evaluate, nullptr) << one.code;
    }
    EXPECT_EQ(codes.size(), 50U);
}

} // namespace
} // namespace gacsong
