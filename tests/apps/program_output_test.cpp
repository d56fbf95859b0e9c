// SPDX-License-Identifier: GPL-3.0-or-later
// What the program writes: JSON, table, annotations, explanations.
#include "report/text/utf8.hpp"
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::Ended;
using test::Start;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string captures = GACSONG_SOURCE_DIR "/captures";
const std::string fm = captures + "/fm_band/fm_98M_2M048.sigmf-meta";
const std::string licences = captures + "/fm_band/licences.csv";

class ProgramOutput : public ::testing::Test {
protected:
    Ended run(std::vector<std::string> arguments, Start start = {}) const
    {
        start.arguments = std::move(arguments);
        return test::run_program(start, home.path().string());
    }

    /// The recording in a folder where it may be annotated.
    std::string copy(const std::string& name) const
    {
        for (const char* part : {".sigmf-meta", ".sigmf-data"})
            fs::copy_file(captures + "/fm_band/" + name + part, home.path() / (name + part));
        return (home.path() / name).string();
    }

    const test::TemporaryFolder home;
};

std::vector<std::string> lines_of(const std::string& text)
{
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::vector<json> records(const std::string& out)
{
    std::vector<json> all;
    for (const std::string& line : lines_of(out))
        all.push_back(json::parse(line));
    return all;
}

} // namespace

TEST_F(ProgramOutput, IsJsonLineByLineForEachInput)
{
    const Ended ended = run({"scan", fm, captures + "/uhf_mix/uhf_442M_192k.sigmf-meta", "--json", "-q", "--no-store"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    const std::set<std::string> types{"run", "emission", "finding", "gap", "warning", "end"};
    int runs = 0;
    bool inside = false;
    std::uint64_t emissions = 0;
    for (const json& record : records(ended.out)) {
        const std::string type = record.at("type");
        EXPECT_TRUE(types.contains(type)) << type;
        EXPECT_EQ(inside, type != "run");
        inside = type != "end";
        runs += type == "run" ? 1 : 0;
        emissions = type == "run" ? 0 : emissions + (type == "emission" ? 1 : 0);
        if (type == "end") {
            EXPECT_EQ(record.at("emissions"), emissions);
        }
        if (type == "emission") {
            for (const char* key : {"id", "center_hz", "offset_hz", "bandwidth_hz", "power_dbfs", "snr_db", "start_s",
                                    "end_s", "start", "quality", "verdict", "modulation", "system", "reasons"})
                EXPECT_TRUE(record.contains(key)) << key;
        }
    }
    EXPECT_EQ(runs, 2);
    EXPECT_FALSE(inside);
    EXPECT_THAT(ended.out, Not(HasSubstr("[verdict.")));
}

TEST_F(ProgramOutput, HasNoSentenceWithoutWords)
{
    const std::regex missing("\\[[a-z_0-9-]+\\.[a-z_0-9.-]+\\]"); // an unknown key stands in brackets
    for (const char* language : {"vi", "en"}) {
        const Ended ended =
            run({"scan", fm, captures + "/uhf_mix/uhf_442M_192k.sigmf-meta",
                 captures + "/dect6/dect6_1925M_2M304.sigmf-meta", "--lang", language, "-v", "--register", licences});
        ASSERT_EQ(ended.status, 0) << ended.err;
        for (const std::string& line : lines_of(ended.out + ended.err))
            EXPECT_FALSE(std::regex_search(line, missing)) << line;
    }
}

TEST_F(ProgramOutput, FitsTheTerminalAndColoursIt)
{
    for (const unsigned columns : {60U, 80U, 132U}) {
        const Start start{.arguments = {"scan", fm, "--register", licences, "--lang", "vi"}};
        const Ended ended = test::run_on_terminal(start, home.path().string(), columns);
        ASSERT_EQ(ended.status, 0) << ended.out;
        EXPECT_THAT(ended.out, HasSubstr("\033["));
        std::string bare = ended.out;
        for (std::size_t at = bare.find('\033'); at != std::string::npos; at = bare.find('\033'))
            bare.erase(at, bare.find_first_of("mK", at) - at + 1);
        for (const std::string& line : lines_of(bare)) {
            if (!line.starts_with("cảnh báo: ")) {
                EXPECT_LE(display_width(line), columns) << line;
            }
        }
    }
    const Start no_colour{.arguments = {"scan", fm, "-q"}, .environment = {{"NO_COLOR", "1"}}};
    EXPECT_THAT(test::run_on_terminal(no_colour, home.path().string(), 80).out, Not(HasSubstr("\033")));
    EXPECT_THAT(run({"scan", fm}).out, Not(HasSubstr("\033")));
}

TEST_F(ProgramOutput, AnnotatesBesideTheSamplesAndKeepsWhatOthersWrote)
{
    const std::string base = copy("fm_98M_2M048");
    json meta = json::parse(test::read_file(base + ".sigmf-meta"));
    meta["global"]["other:field"] = 5;
    meta["annotations"] = {{{"core:sample_start", 300}, {"core:comment", "mine"}},
                           {{"core:sample_start", 0}, {"core:generator", "gacsong 0.0.1"}}};
    std::ofstream(base + ".sigmf-meta") << meta.dump();
    const std::string samples = test::read_file(base + ".sigmf-data");
    ASSERT_EQ(run({"scan", base + ".sigmf-meta", "--annotate", "-q"}).status, 0);
    const std::string first = test::read_file(base + ".sigmf-meta");
    ASSERT_EQ(run({"scan", base + ".sigmf-data", "--annotate", "-q"}).status, 0);
    EXPECT_EQ(test::read_file(base + ".sigmf-meta"), first) << "a second scan changes nothing";
    EXPECT_EQ(test::read_file(base + ".sigmf-data"), samples);
    meta = json::parse(first);
    EXPECT_EQ(meta["global"]["other:field"], 5);
    EXPECT_EQ(meta["global"]["core:extensions"].size(), 1U);
    int mine = 0;
    int ours = 0;
    std::uint64_t last = 0;
    for (const json& annotation : meta["annotations"]) {
        const std::uint64_t start = annotation["core:sample_start"];
        EXPECT_GE(start, last);
        last = start;
        mine += annotation.value("core:comment", "") == "mine" ? 1 : 0;
        if (annotation.value("core:generator", "") != "gacsong " GACSONG_VERSION)
            continue;
        ++ours;
        EXPECT_GE(annotation["core:sample_count"], 1);
        EXPECT_LE(start + annotation["core:sample_count"].get<std::uint64_t>(), 440'320U);
        EXPECT_LT(annotation["core:freq_lower_edge"], annotation["core:freq_upper_edge"]);
        EXPECT_GT(annotation["core:freq_lower_edge"], 96.9e6);
        EXPECT_LE(annotation["core:label"].get<std::string>().size(), 20U);
        EXPECT_TRUE(annotation.contains("gacsong:verdict"));
    }
    EXPECT_EQ(mine, 1);
    EXPECT_GE(ours, 2);
    EXPECT_EQ(meta["annotations"].size(), static_cast<std::size_t>(mine + ours));
}

TEST_F(ProgramOutput, DescribesARecordingOfAnotherForm)
{
    const std::string raw = (home.path() / "fm.cs8").string();
    fs::copy_file(captures + "/fm_band/fm_98M_2M048.sigmf-data", raw);
    ASSERT_EQ(run({"scan", raw, "-s", "2.048M", "-f", "98.05M", "-t", "cs8", "--annotate", "-q"}).status, 0);
    const json meta = json::parse(test::read_file(home.path() / "fm.sigmf-meta"));
    EXPECT_EQ(meta["global"]["core:datatype"], "ci8");
    EXPECT_EQ(meta["global"]["core:dataset"], "fm.cs8");
    EXPECT_EQ(meta["global"]["core:sample_rate"], 2'048'000);
    EXPECT_EQ(meta["captures"][0]["core:header_bytes"], 0);
    EXPECT_EQ(meta["captures"][0]["core:frequency"], 98.05e6);
    EXPECT_GE(meta["annotations"].size(), 2U);
    // A description of another recording is not ours to change.
    fs::copy_file(raw, home.path() / "fm.raw");
    const Ended taken =
        run({"scan", (home.path() / "fm.raw").string(), "-s", "2.048M", "-t", "cs8", "--annotate", "-q"});
    EXPECT_EQ(taken.status, 1);
    EXPECT_THAT(taken.err, HasSubstr("describes another recording"));
}

TEST_F(ProgramOutput, ExplainsFromTheStore)
{
    const Ended scan = run({"scan", fm, "--register", licences, "--json", "-q"});
    ASSERT_EQ(scan.status, 0);
    std::string subject;
    for (const json& record : records(scan.out))
        if (record.at("type") == "finding")
            subject = record.at("subject");
    ASSERT_FALSE(subject.empty());
    const Ended emission = run({"explain", subject, "--lang", "vi"});
    EXPECT_EQ(emission.status, 0) << emission.err;
    for (const char* part : {"Vì sao", "Phát hiện", "Giá trị đo được", "Điều cần thận trọng", "licences.csv"})
        EXPECT_THAT(emission.out, HasSubstr(part));
    EXPECT_EQ(run({"explain", "f1", "--run", "1", "--lang", "vi"}).status, 0);
    const Ended unknown = run({"explain", "e99"});
    EXPECT_EQ(unknown.status, 2);
    EXPECT_THAT(unknown.err, HasSubstr("Run 1 has no emission, base station or finding e99."));
    EXPECT_EQ(run({"explain", "e1", "--run", "5"}).status, 2);
    EXPECT_EQ(run({"explain", "e1", "--store", "sqlite:absent.sqlite"}).status, 1);
}

TEST_F(ProgramOutput, SaysWhatAFileSaysOfItself)
{
    const Ended text = run({"info", fm, "--lang", "vi"});
    EXPECT_EQ(text.status, 0);
    EXPECT_THAT(text.out, HasSubstr("Tần số trung tâm: 98,05\u00A0MHz (theo tệp mô tả đi kèm)."));
    const Ended lines = run({"info", fm, home.path().string() + "/absent.cu8", "--json"});
    EXPECT_EQ(lines.status, 1);
    EXPECT_EQ(json::parse(lines.out).at("center_hz"), 98.05e6);
    EXPECT_THAT(lines.err, HasSubstr("absent.cu8 was not found"));
}

TEST_F(ProgramOutput, ListsItsCatalogues)
{
    EXPECT_THAT(run({"list", "rules"}).out, HasSubstr("unlicensed-emission"));
    EXPECT_THAT(run({"list", "plans"}).out, HasSubstr("vn"));
    EXPECT_THAT(run({"list", "formats"}).out, HasSubstr("SigMF"));
    EXPECT_EQ(run({"list", "stars"}).status, 2);
}

TEST_F(ProgramOutput, RendersAPictureAndReplacesNone)
{
    const std::string file = (home.path() / "picture.png").string();
    const std::vector<std::string> words{"render", fm, "--register", licences, "-o", file, "--size", "800x600"};
    const Ended made = run(words);
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(made.out.empty());
    EXPECT_TRUE(made.err.empty()) << made.err;
    std::ifstream in(file, std::ios::binary);
    std::string head(24, '\0');
    in.read(head.data(), 24);
    EXPECT_EQ(head.substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_EQ(head.substr(16), std::string("\0\0\x03\x20\0\0\x02\x58", 8)); // 800 and 600, big-endian
    EXPECT_EQ(run(words).status, 1);
    std::vector<std::string> forced = words;
    forced.emplace_back("--force");
    EXPECT_EQ(run(forced).status, 0);
    EXPECT_EQ(run({"render", fm}).status, 2);
    EXPECT_EQ(run({"render", fm, "-o", file, "--map", "rainbow"}).status, 2);
    EXPECT_EQ(run({"render", "-", "-o", file + "2"}).status, 2);
}

} // namespace gacsong
