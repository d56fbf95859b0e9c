// SPDX-License-Identifier: GPL-3.0-or-later
// Cases and papers, through the program itself.
#include "tests/apps/cell_recording.hpp"
#include "tests/apps/run_program.hpp"
#include "tests/report/package_files.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gacsong {
namespace {

using test::Ended;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Office : public ::testing::Test {
protected:
    [[nodiscard]] Ended run(std::vector<std::string> arguments) const
    {
        test::Start start;
        start.arguments = std::move(arguments);
        return test::run_program(start, home.path().string());
    }

    /// Scans the demonstration and gives the id of a case with all its findings.
    [[nodiscard]] std::string case_of_demo() const
    {
        const std::string captures = GACSONG_SOURCE_DIR "/captures/fm_band/";
        EXPECT_EQ(run({"scan", captures + "fm_98M_2M048.sigmf-meta", "--register", captures + "licences.csv"}).status,
                  0);
        std::string id = run({"case", "new", "Nhiễu kênh 98 MHz", "--id", "MH-1"}).out;
        EXPECT_EQ(id, "MH-1\n");
        EXPECT_EQ(run({"case", "add", "MH-1", "all"}).status, 0);
        return "MH-1";
    }

    const test::TemporaryFolder home;
};

} // namespace

TEST_F(Office, CaseIsGatheredFromAScan)
{
    const std::string id = case_of_demo();
    ASSERT_EQ(run({"case", "note", id, "Đo lại", "--kind", "proposal", "--people", "Lan"}).status, 0);
    const Ended shown = run({"case", "show", id, "--lang", "en"});
    EXPECT_EQ(shown.status, 0);
    EXPECT_THAT(shown.err, IsEmpty());
    EXPECT_THAT(shown.out, AllOf(HasSubstr("Nhiễu kênh 98 MHz"), HasSubstr("1/f1: "), HasSubstr("proposal: Đo lại"),
                                 HasSubstr("Participants: Lan")));
    const Ended json = run({"case", "show", id, "--json"});
    EXPECT_THAT(json.out, AllOf(HasSubstr(R"({"type":"case","case_id":"MH-1")"),
                                HasSubstr(R"({"type":"case_item","case_id":"MH-1","run":1,"item":"f1")")));
    EXPECT_EQ(run({"case", "close", id, "--state", "handed-over"}).status, 0);
    EXPECT_THAT(run({"case", "list", "--lang", "en"}).out, HasSubstr("handed over"));
}

TEST_F(Office, CaseSaysWhatIsWrong)
{
    EXPECT_EQ(run({"case", "new", "x", "--id", "MH-1"}).status, 0);
    const std::pair<std::vector<std::string>, const char*> wrong[] = {
        {{"case"}, "gacsong case"},
        {{"case", "open"}, "open"},
        {{"case", "new"}, "title"},
        {{"case", "new", "y", "--id", "MH-1"}, "MH-1"},
        {{"case", "add", "MH-1"}, "at least one"},
        {{"case", "add", "MH-1", "f1"}, "no such run"},
        {{"case", "add", "MH-1", "x1"}, "x1"},
        {{"case", "show", "nobody"}, "nobody"},
        {{"case", "note", "MH-1", "x", "--kind", "verdict"}, "verdict"},
        {{"case", "close", "MH-1", "--state", "lost"}, "--state"},
    };
    for (auto [arguments, word] : wrong) {
        arguments.insert(arguments.end(), {"--lang", "en"});
        const Ended ended = run(arguments);
        EXPECT_EQ(ended.status, 2) << word;
        EXPECT_THAT(ended.err, HasSubstr(word));
        EXPECT_THAT(ended.out, IsEmpty());
    }
}

TEST_F(Office, ReportIsWrittenInBothLanguages)
{
    const std::string id = case_of_demo();
    for (const std::string language : {"vi", "en"}) {
        for (const std::string ending : {".pdf", ".html"}) {
            const std::string file = (home.path() / (language + ending)).string();
            const Ended ended = run({"report", id, "-o", file, "--lang", language});
            EXPECT_EQ(ended.status, 0) << ended.err;
            EXPECT_THAT(ended.out, IsEmpty());
            EXPECT_THAT(ended.err, IsEmpty());
        }
    }
    const std::string html = test::read_file(home.path() / "vi.html");
    EXPECT_THAT(html, AllOf(HasSubstr("Kết quả đo kiểm"), HasSubstr("data:image/png;base64,"), HasSubstr("Hình 2.")));
    EXPECT_THAT(test::read_file(home.path() / "vi.pdf"), ::testing::StartsWith("%PDF-"));
}

TEST_F(Office, ReportSaysWhatIsWrong)
{
    EXPECT_EQ(run({"case", "new", "x", "--id", "MH-1"}).status, 0);
    const std::string file = (home.path() / "x.pdf").string();
    const std::pair<std::vector<std::string>, const char*> wrong[] = {
        {{"report", "MH-1"}, "report.pdf"},
        {{"report", "MH-1", "-o", "x.doc"}, "x.doc"},
        {{"report", "MH-2", "-o", file}, "MH-2"},
        {{"report", "MH-1", "-o", file}, "no findings"},
    };
    for (auto [arguments, word] : wrong) {
        arguments.insert(arguments.end(), {"--lang", "en"});
        const Ended ended = run(arguments);
        EXPECT_EQ(ended.status, 2) << word;
        EXPECT_THAT(ended.err, HasSubstr(word));
    }
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(Office, PeriodIsSummedUp)
{
    static_cast<void>(case_of_demo());
    const std::string file = (home.path() / "period.html").string();
    ASSERT_EQ(run({"report", "--summary", "2000..2199", "-o", file, "--lang", "en"}).status, 0);
    EXPECT_THAT(test::read_file(file),
                AllOf(HasSubstr("PERIOD SUMMARY"), HasSubstr("Measurements in the period: 1; emissions: "),
                      HasSubstr("FM broadcasting"), HasSubstr("data:image/png")));
    EXPECT_EQ(run({"report", "--summary", "2026", "-o", file}).status, 1) << "it is there";
    for (const auto& wrong : {std::vector<std::string>{"report", "-o", file},
                              {"report", "--summary", "then", "-o", file},
                              {"report", "MH-1", "--summary", "2026", "-o", file},
                              {"report", "--summary", "2026", "--paper", "annex", "-o", file},
                              {"report", "--summary", "2026"}})
        EXPECT_EQ(run(wrong).status, 2);
}

TEST_F(Office, WhoeverOnlyReadsIsToldWhichStore)
{
    const std::string store = "sqlite:" + (home.path() / "none.sqlite").string();
    const std::pair<std::vector<std::string>, const char*> all[] = {
        {{"export", "-o", "x.csv"}, "What was stored is exported"},
        {{"forget", "--older", "1d"}, "nothing to forget"},
        {{"report", "MH-1", "-o", "x.pdf"}, "name the store that has the case"},
        {{"report", "--summary", "2026", "-o", "x.pdf"}, "name the store that has the case"},
        {{"evidence", "MH-1", "-o", "x.zip"}, "A package is made"},
        {{"sites"}, "scan a recording first"},
        {{"occupancy", "-f", "430M:440M:12.5k"}, "scan first"},
    };
    for (auto [arguments, words] : all) {
        arguments.insert(arguments.end(), {"--store", store, "--lang", "en"});
        const Ended ended = run(arguments);
        EXPECT_EQ(ended.status, 1) << words;
        EXPECT_THAT(ended.err, AllOf(HasSubstr(words), HasSubstr("none.sqlite")));
        EXPECT_THAT(ended.err, Not(HasSubstr("--no-store")));
    }
}

TEST_F(Office, PackageProvesItself)
{
    const std::string id = case_of_demo();
    const std::string file = (home.path() / "x.zip").string();
    EXPECT_EQ(run({"evidence", id, "-o", file, "--lang", "en"}).status, 2) << "there is no key yet";
    ASSERT_EQ(run({"key", "new"}).status, 0);
    EXPECT_THAT(run({"key", "show"}).out, HasSubstr("BEGIN PUBLIC KEY"));
    const Ended made = run({"evidence", id, "-o", file, "--lang", "en"});
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(made.err, IsEmpty()) << "both clips are in it";
    const Ended good = run({"verify", file, "--lang", "en"});
    EXPECT_EQ(good.status, 0) << good.err;
    EXPECT_THAT(good.out, AllOf(HasSubstr("is intact"), HasSubstr("trusted here as office")));
    EXPECT_THAT(run({"verify", "sqlite:" + (home.path() / "data/gacsong/store.sqlite").string(), "--lang", "en"}).out,
                HasSubstr("is whole"));
    EXPECT_EQ(run({"verify", (home.path() / "none.zip").string()}).status, 2);
    EXPECT_EQ(run({"key", "trust", "x", file}).status, 2);
    EXPECT_EQ(run({"key", "lose"}).status, 2);
}

TEST_F(Office, PackageOfABaseStationShowsItAndHoldsWhatItBroadcasts)
{
    const std::string recording = test::cell_recording(home.path()).string();
    ASSERT_EQ(run({"scan", recording, "--rate", "541666.667", "--center", "947.4M"}).status, 0);
    ASSERT_EQ(run({"case", "new", "Trạm lạ", "--id", "MH-2"}).status, 0);
    ASSERT_EQ(run({"case", "add", "MH-2", "c1"}).status, 0);
    ASSERT_EQ(run({"key", "new"}).status, 0);
    const std::string file = (home.path() / "y.zip").string();
    const Ended made = run({"evidence", "MH-2", "-o", file, "--lang", "en"});
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_THAT(made.err, IsEmpty()) << "nothing was left out";

    const auto entries = test::unpacked(file);
    const auto text_of = [&](const std::string& name) {
        const auto found = std::ranges::find(entries, name, &evidence::ZipEntry::name);
        return found == entries.end() ? std::string{} : found->text;
    };
    EXPECT_THAT(text_of("pictures/run-1_c1_spectrum.png"), HasSubstr("PNG"));
    EXPECT_THAT(text_of("pictures/run-1_c1_waterfall.png"), HasSubstr("PNG"));
    const auto clip = home.path() / "clip.sigmf-meta";
    for (const char* suffix : {".sigmf-meta", ".sigmf-data"})
        std::ofstream(home.path() / (std::string("clip") + suffix), std::ios::binary)
            << text_of(std::string("clips/run-1_c1") + suffix);
    const Ended again = run({"scan", clip.string(), "--no-store", "--json"});
    EXPECT_THAT(again.out, AllOf(HasSubstr(R"("plmn":"452-04","area":12001,"cell":30121)"), HasSubstr("SI3")))
        << "the clip says it again";

    const auto sheet = home.path() / "sheet.html";
    ASSERT_EQ(run({"report", "MH-2", "--paper", "annex", "-o", sheet.string(), "--lang", "en"}).status, 0);
    std::ifstream in(sheet);
    const std::string html{std::istreambuf_iterator<char>(in), {}};
    EXPECT_THAT(html, AllOf(HasSubstr("Spectrum of the carrier of cell 30121"), HasSubstr("clips/run-1_c1.sigmf-data"),
                            Not(HasSubstr("Annex unknown"))));
}

} // namespace gacsong
