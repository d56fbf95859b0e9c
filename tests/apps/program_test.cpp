// SPDX-License-Identifier: GPL-3.0-or-later
// Exit statuses, settings and errors, through the program itself.
#include "report/store/store.hpp"
#include "tests/apps/run_program.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using test::Ended;
using test::Start;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string captures = GACSONG_SOURCE_DIR "/captures";
const std::string fm = captures + "/fm_band/fm_98M_2M048.sigmf-meta";
const std::string licences = captures + "/fm_band/licences.csv";

class Program : public ::testing::Test {
protected:
    Ended run(std::vector<std::string> arguments, Start start = {}) const
    {
        start.arguments = std::move(arguments);
        return test::run_program(start, home.path().string());
    }

    [[nodiscard]] fs::path store_path() const { return home.path() / "data/gacsong/store.sqlite"; }

    std::string write(const std::string& name, const std::string& text) const
    {
        const fs::path path = home.path() / name;
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return path.string();
    }

    /// A recording that takes long to scan: 2 GiB of which almost all is a hole in the file.
    std::string long_recording() const
    {
        const std::string path = write("long.cu8", "");
        fs::resize_file(path, std::uintmax_t{1} << 31U);
        std::ofstream(path, std::ios::binary | std::ios::app) << std::string(1 << 16, 'x');
        return path;
    }

    const test::TemporaryFolder home;
};

} // namespace

TEST_F(Program, SaysItsVersionAndHelp)
{
    const Ended version = run({"--version"});
    EXPECT_EQ(version.status, 0);
    EXPECT_EQ(version.out, "gacsong " GACSONG_VERSION "\n");
    const Ended help = run({"scan", "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, HasSubstr("--fail-on-findings"));
    EXPECT_THAT(help.err, IsEmpty());
    EXPECT_THAT(run({"--help"}, {.environment = {{"LC_ALL", "vi_VN.UTF-8"}}}).out, HasSubstr("Tùy chọn"));
    EXPECT_EQ(run({}).status, 2);
}

TEST_F(Program, NamesTheNearestOfWhatItDoesNotKnow)
{
    const Ended option = run({"scan", fm, "--regster", "x"});
    EXPECT_EQ(option.status, 2);
    EXPECT_EQ(option.err, "error: There is no option --regster; the nearest is --register. See gacsong scan --help.\n");
    EXPECT_THAT(option.out, IsEmpty());
    const Ended vietnamese = run({"scna"}, {.environment = {{"GACSONG_LANG", "vi"}}});
    EXPECT_EQ(vietnamese.status, 2);
    EXPECT_EQ(vietnamese.err, "lỗi: Không có lệnh scna; gần nhất là scan. Xem gacsong --help.\n");
}

TEST_F(Program, EndsWithOneWhereAnInputIsBad)
{
    const std::string empty = write("empty.cu8", "");
    for (const std::string& input : {home.path().string() + "/absent.cu8", empty}) {
        const Ended ended = run({"scan", input, "--no-store"});
        EXPECT_EQ(ended.status, 1) << ended.err;
        EXPECT_THAT(ended.err, StartsWith("error: "));
        EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
        EXPECT_THAT(ended.out, IsEmpty());
    }
}

TEST_F(Program, TriesAllInputsAndKeepsTheWorstStatus)
{
    const std::string absent = home.path().string() + "/absent.cu8";
    const Ended ended = run({"scan", absent, fm, "--json", "--register", licences, "--fail-on-findings", "-q"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.out, HasSubstr("\"type\":\"end\""));
    const std::string headless = write("a.bin", std::string(4096, 'a'));
    EXPECT_EQ(run({"scan", headless, absent, "--no-store", "-t", "cu8"}).status, 2) << "the rate has to be stated";
}

TEST_F(Program, EndsWithThreeWhereFindingsAreToFail)
{
    const Ended loud = run({"scan", fm, "--register", licences, "--fail-on-findings", "-q"});
    EXPECT_EQ(loud.status, 3) << loud.out;
    EXPECT_EQ(run({"scan", fm, "--register", licences, "-q"}).status, 0);
    const std::string silent = captures + "/empty/noise_446M_240k_cu8.sigmf-meta";
    EXPECT_EQ(run({"scan", silent, "--fail-on-findings", "-q"}).status, 0);
}

TEST_F(Program, EndsQuietlyWhereNobodyReads)
{
    const Ended ended = run({"scan", fm, "--json", "-q"}, {.out = test::Where::closed});
    EXPECT_EQ(ended.status, 0);
    EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(Program, EndsWithOneWhereTheOutputIsFull)
{
    for (const char* form : {"--json", "-q"}) {
        const Ended ended = run({"scan", fm, form, "-q"}, {.out = test::Where::full});
        EXPECT_EQ(ended.status, 1);
        EXPECT_THAT(ended.err, HasSubstr("error: No room left where the standard output is written."));
    }
    EXPECT_EQ(run({"list", "rules"}, {.out = test::Where::full}).status, 1);
}

TEST_F(Program, ScansWithoutAStoreThatCannotBeOpened)
{
    const Ended ended = run({"scan", fm, "--json", "--store", "sqlite:/proc/none/store"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, HasSubstr("error: The store /proc/none/store cannot be opened"));
    EXPECT_THAT(ended.out, HasSubstr("\"type\":\"end\",\"complete\":true"));
    const Ended nobody = run({"scan", fm, "--json", "--store", "postgresql:///db?host=/nonexistent"});
    EXPECT_EQ(nobody.status, 1);
    EXPECT_THAT(nobody.err, HasSubstr("error: The store postgresql:///db?host=/nonexistent cannot be opened"));
    EXPECT_THAT(nobody.out, HasSubstr("\"type\":\"end\",\"complete\":true"));
    const Ended wrong = run({"scan", fm, "--store", "postgresql://lan:secret@host"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.err, HasSubstr("is no address of a PostgreSQL database"));
    EXPECT_THAT(wrong.err, ::testing::Not(HasSubstr("secret")));
    EXPECT_EQ(run({"scan", fm, "--no-store", "-q"}).status, 0);
    EXPECT_FALSE(fs::exists(store_path()));
}

TEST_F(Program, KeepsWhatWasFoundWhenInterrupted)
{
    const Ended ended =
        run({"scan", long_recording(), "-s", "2.4M", "--json"}, {.first_of = "\"type\":\"run\"", .signal = SIGINT});
    EXPECT_EQ(ended.status, 130);
    EXPECT_THAT(ended.out, HasSubstr("\"type\":\"end\",\"complete\":false,\"why\":\"end.interrupted\""));
    EXPECT_TRUE(ended.out.ends_with("}\n"));
    const auto store = Store::open(store_path(), false);
    ASSERT_TRUE(store);
    const auto stored = (*store)->run();
    ASSERT_TRUE(stored && *stored);
    EXPECT_TRUE((*stored)->end.interrupted);
    EXPECT_FALSE((*stored)->end.complete);
}

TEST_F(Program, StoresNothingOfAKilledRun)
{
    ASSERT_EQ(run({"scan", fm, "-q"}).status, 0);
    const Ended ended =
        run({"scan", long_recording(), "-s", "2.4M", "--json"}, {.first_of = "\"type\":\"run\"", .signal = SIGKILL});
    EXPECT_EQ(ended.status, 128 + SIGKILL);
    const auto store = Store::open(store_path(), false);
    ASSERT_TRUE(store);
    EXPECT_EQ((*(*store)->run())->number, 1);
    ASSERT_EQ(run({"scan", fm, "-q"}).status, 0);
    EXPECT_EQ((*(*store)->run())->number, 2);
}

TEST_F(Program, ReadsItsSettingsInTheOrderOfTheContract)
{
    write("config/gacsong/gacsong.toml",
          "lang = \"vi\"\nstore = \"sqlite:" + home.path().string() + "/mine.sqlite\"\n");
    EXPECT_THAT(run({"list", "formats"}).out, HasSubstr("Định dạng"));
    EXPECT_THAT(run({"list", "formats"}, {.environment = {{"GACSONG_LANG", "en"}}}).out, HasSubstr("Format"));
    EXPECT_THAT(run({"list", "formats", "--lang", "en"}).out, HasSubstr("Format"));
    const std::string more = write("more.toml", "lang = \"en\"\n");
    EXPECT_THAT(run({"list", "formats", "--config", more}).out, HasSubstr("Format"));
    EXPECT_EQ(run({"scan", fm, "-q"}).status, 0);
    EXPECT_TRUE(fs::exists(home.path() / "mine.sqlite"));
    const Ended wrong = run({"list", "formats", "--config", write("wrong.toml", "regster = 1\n")});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.err, HasSubstr("\"regster\""));
    EXPECT_THAT(wrong.err, HasSubstr("\"register\""));
    EXPECT_EQ(run({"list", "formats", "--config", "absent.toml"}).status, 2);
}

TEST_F(Program, TellsRowsOfTheRegisterThatItCannotRead)
{
    const std::string table = write("r.csv", "id,center_hz\nA,98000000\nB,many\n");
    const Ended ended = run({"scan", fm, "--json", "--register", table, "--no-store"});
    EXPECT_EQ(ended.status, 0);
    EXPECT_THAT(ended.out, HasSubstr("\"code\":\"register.row\""));
    EXPECT_THAT(ended.err, HasSubstr("warning: Row 3 of r.csv cannot be read"));
    const Ended absent = run({"scan", fm, "--register", "absent.csv", "--no-store"});
    EXPECT_EQ(absent.status, 2);
    EXPECT_EQ(run({"scan", fm, "--plan", "mars", "--no-store"}).status, 2);
}

TEST_F(Program, ReadsAStream)
{
    std::string samples(48'000, '\x80');
    for (std::size_t i = 0; i < samples.size(); i += 2)
        samples[i] = static_cast<char>(0x60 + (i / 2 * 7) % 64);
    const Ended ended = run({"scan", "-", "-s", "240k", "-t", "cu8", "--json", "--no-store"}, {.input = samples});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("\"duration_s\":null"));
    EXPECT_THAT(ended.out, HasSubstr("\"samples\":24000"));
    EXPECT_EQ(run({"scan", "-", "-t", "cu8", "--no-store"}, {.input = samples}).status, 2);
}

TEST_F(Program, TakesTheClockErrorFromGsmCells)
{
    const char* shared = std::getenv("SHARED");
    const fs::path set =
        fs::path(shared != nullptr ? shared : GACSONG_SOURCE_DIR "/../shared") / "captures/gsm-network";
    if (!fs::exists(set))
        GTEST_SKIP() << set << " is not there";
    // Three cells, of which one transmitter is 2.5 ppm off itself; the receiver is 0.4 ppm off.
    const Ended good = run({"calibrate", (set / "wideband_three_cells.sigmf-meta").string(), "--lang", "en"});
    EXPECT_EQ(good.status, 0);
    EXPECT_THAT(good.out, HasSubstr("--ppm 0.40"));
    EXPECT_THAT(good.out, HasSubstr("3 base stations"));
    const Ended none = run({"calibrate", (set / "traffic_carrier_no_fcch.sigmf-meta").string(), "--lang", "en"});
    EXPECT_EQ(none.status, 1);
    EXPECT_THAT(none.out, IsEmpty());
    EXPECT_THAT(none.err, HasSubstr("No base station (GSM, LTE)"));
}

} // namespace gacsong
