// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped demo recordings give what stands beside them. GACSONG_UPDATE_EXPECTED=1 writes it anew: read the
// difference before it is committed.
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path captures = fs::path(GACSONG_SOURCE_DIR) / "captures";

struct Demo {
    std::string folder;
    std::string file;
    std::string licences; ///< empty: none
};

std::vector<Demo> demos()
{
    std::vector<Demo> all;
    for (const auto& entry : fs::directory_iterator(captures)) {
        std::ifstream truth(entry.path() / "truth.json");
        if (!truth)
            continue;
        const auto captures_of_folder = json::parse(truth).at("captures");
        for (const auto& capture : captures_of_folder)
            all.push_back({entry.path().filename(), capture.at("file"), capture.value("licences", "")});
    }
    std::sort(all.begin(), all.end(), [](const Demo& a, const Demo& b) { return a.file < b.file; });
    return all;
}

std::ostream& operator<<(std::ostream& out, const Demo& demo) { return out << demo.file; }

/// What differs between machines and versions without being a result.
bool incidental(const std::string& key) { return key == "seconds" || key == "program"; }

/// Sentences without their figures, which are compared as fields; the day of the licence list is that of its file.
std::string without_figures(const std::string& sentence)
{
    static const std::regex date("licences\\.csv \\([^)]*\\)");
    static const std::regex figure("[0-9][0-9.,:]*");
    return std::regex_replace(std::regex_replace(sentence, date, "licences.csv"), figure, "#");
}

/// The last digits depend on the processor: FFTW and the kernels sum in other orders, and a cell more or less at the
/// edge of a band moves it by a few hertz.
double tolerance(const std::string& where, double wanted)
{
    for (const char* place : {"center_hz", "offset_hz", "low_hz", "high_hz"}) {
        if (where.ends_with(place))
            return 50.0;
    }
    return 1e-3 + 2e-3 * std::abs(wanted);
}

void expect_alike(const json& now, const json& expected, const std::string& where)
{
    if (expected.is_number() && now.is_number()) {
        const double wanted = expected.get<double>();
        EXPECT_NEAR(now.get<double>(), wanted, tolerance(where, wanted)) << where;
    } else if (expected.is_object() && now.is_object()) {
        for (const auto& [key, value] : expected.items()) {
            ASSERT_TRUE(now.contains(key)) << where << '/' << key;
            if (!incidental(key))
                expect_alike(now.at(key), value, where + '/' + key);
        }
        EXPECT_EQ(now.size(), expected.size()) << where;
    } else if (expected.is_array() && now.is_array()) {
        ASSERT_EQ(now.size(), expected.size()) << where;
        for (std::size_t i = 0; i < expected.size(); ++i)
            expect_alike(now[i], expected[i], where + '/' + std::to_string(i));
    } else if (expected.is_string() && now.is_string()) {
        EXPECT_EQ(without_figures(now), without_figures(expected)) << where;
    } else {
        EXPECT_EQ(now, expected) << where;
    }
}

class DemoCapture : public ::testing::TestWithParam<Demo> {};

TEST_P(DemoCapture, GivesWhatStandsBesideIt)
{
    const Demo& demo = GetParam();
    const test::TemporaryFolder home;
    test::Start start;
    start.folder = captures / demo.folder;
    start.arguments = {"scan", demo.file, "--json", "--no-store", "--lang", "en"};
    if (!demo.licences.empty())
        start.arguments.insert(start.arguments.end(), {"--register", demo.licences});
    const auto ended = test::run_program(start, home.path().string());
    ASSERT_EQ(ended.status, 0) << ended.err;
    const fs::path beside = captures / demo.folder / (fs::path(demo.file).stem().string() + ".expected.jsonl");
    if (std::getenv("GACSONG_UPDATE_EXPECTED") != nullptr)
        std::ofstream(beside) << ended.out;
    std::ifstream expected(beside);
    ASSERT_TRUE(expected) << beside << " is missing";
    std::istringstream now(ended.out);
    std::string expected_line;
    std::string line;
    int number = 0;
    while (std::getline(expected, expected_line)) {
        ASSERT_TRUE(std::getline(now, line)) << "fewer lines than expected";
        expect_alike(json::parse(line), json::parse(expected_line), "line " + std::to_string(++number));
    }
    EXPECT_FALSE(std::getline(now, line)) << "more than expected: " << line;
}

INSTANTIATE_TEST_SUITE_P(All, DemoCapture, ::testing::ValuesIn(demos()));

} // namespace
} // namespace gacsong
