// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sdr/support.hpp"
#include "tests/support/tar.hpp"

#include <cstdio>
#include <cstdlib>

namespace gacsong::sdr {
namespace {

using namespace testing;
using test::padded;
using test::tar_end;
using test::tar_file;
using test::tar_header;

const std::string meta_text = R"({"global":{"core:datatype":"ci8","core:sample_rate":250000,"core:version":"1.0.0"},)"
                              R"("captures":[{"core:sample_start":0,"core:frequency":433920000}],"annotations":[]})";

std::string key_of(const Result<Opened>& opened) { return opened ? "opened" : opened.error().message.key; }

TEST(SigmfArchive, SamplesAreReadInPlace)
{
    const TempFolder folder;
    const std::string samples = pattern(5000);
    const std::string bytes = tar_header("x/", 0, '5') + tar_file("x/x.sigmf-meta", meta_text) +
                              tar_file("README", "hello") + tar_file("x/x.sigmf-data", samples) + tar_end;
    const auto opened = open_recording(folder.write("g001_433.92M_250k.sigmf", bytes), {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    EXPECT_EQ(opened->source->info().container, "sigmf archive");
    EXPECT_EQ(opened->source->info().center_hz, 433.92e6);
    EXPECT_EQ(opened->source->info().rate_origin, Origin::sidecar);
    std::vector<std::complex<float>> out(2500);
    EXPECT_TRUE(opened->history->read(0, out));
    EXPECT_FALSE(opened->source->shortfall());
}

TEST(SigmfArchive, OrderAndLeadingDotsDoNotMatter)
{
    const TempFolder folder;
    const std::string samples = pattern(1000);
    const std::string bytes = tar_file("./x.sigmf-data", samples) + tar_file("./x.sigmf-meta", meta_text) + tar_end;
    const auto opened = open_recording(folder.write("x.sigmf", bytes), {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
}

TEST(SigmfArchive, LongNamesAndPaxHeadersAreStepsOnTheWay)
{
    const TempFolder folder;
    const std::string samples = pattern(1000);
    const std::string stem(150, 'n');
    const auto pax = [&](const std::string& name) {
        // "NNN path=NAME\n" with its own length in front, POSIX.1-2001.
        const std::string record = std::to_string(name.size() + 10) + " path=" + name + "\n";
        return tar_header("PaxHeader", record.size(), 'x') + padded(record);
    };
    const std::string bytes = pax(stem + ".sigmf-meta") + tar_file("short", meta_text) + pax(stem + ".sigmf-data") +
                              tar_file("short", samples) + tar_end;
    const auto opened = open_recording(folder.write("x.sigmf", bytes), {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(drain(*opened->source).bytes, samples);
}

TEST(SigmfArchive, OverEightGibibytesOpensAtOnce)
{
    const TempFolder folder;
    constexpr std::uint64_t size = std::uint64_t{9} << 30U;
    const std::string head = tar_file("x.sigmf-meta", meta_text) + tar_header("x.sigmf-data", size);
    const std::string path = folder.write("x.sigmf", head + "ab");
    std::filesystem::resize_file(path, head.size() + size + 1024);
    const auto opened = open_recording(path, {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(opened->source->info().length, size / 2);
    EXPECT_FALSE(opened->source->shortfall());
    EXPECT_EQ(static_cast<char>((**opened->source->next(1)).bytes[0]), 'a');
}

TEST(SigmfArchive, CutShortIsReadToItsEnd)
{
    const TempFolder folder;
    const std::string samples = pattern(5000);
    const std::string bytes = tar_file("x.sigmf-meta", meta_text) + tar_header("x.sigmf-data", 8000) + samples;
    const auto opened = open_recording(folder.write("x.sigmf", bytes), {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    ASSERT_TRUE(opened->source->shortfall());
    EXPECT_EQ(opened->source->shortfall()->key, "file.truncated");
}

TEST(SigmfArchive, RefusesWhatIsNotOneWholeRecording)
{
    const TempFolder folder;
    const auto key = [&](const std::string& bytes) {
        return key_of(open_recording(folder.write("x.sigmf", bytes), {}));
    };
    const std::string meta = tar_file("x.sigmf-meta", meta_text);
    const std::string data = tar_file("x.sigmf-data", pattern(1000));
    EXPECT_EQ(key(""), "file.empty");
    EXPECT_EQ(key(pattern(2000)), "file.bad_header");
    EXPECT_EQ(key(meta + tar_end), "sigmf.pair");
    EXPECT_EQ(key(data + tar_end), "sigmf.archive_without");
    EXPECT_EQ(key(tar_end), "sigmf.archive_without");
    EXPECT_EQ(key(meta + tar_file("y.sigmf-meta", meta_text) + data + tar_end), "sigmf.archive_many");
    EXPECT_EQ(key(meta + data + data + tar_end), "sigmf.archive_member");
    EXPECT_EQ(key(meta + meta + data + tar_end), "sigmf.archive_member");
    EXPECT_EQ(key(meta + tar_header("x.sigmf-data", 0, '2', "/etc/passwd") + tar_end), "sigmf.archive_member");
    EXPECT_EQ(key(meta + tar_header("x.sigmf-data", 0, '1', "x.sigmf-meta") + tar_end), "sigmf.archive_member");
    EXPECT_EQ(key(tar_file("../x.sigmf-meta", meta_text) + tar_file("../x.sigmf-data", "ab") + tar_end),
              "sigmf.archive_member");
    EXPECT_EQ(key(tar_file("/x.sigmf-meta", meta_text) + tar_file("/x.sigmf-data", "ab") + tar_end),
              "sigmf.archive_member");
    EXPECT_EQ(key(tar_file("x.sigmf-meta", "{") + data + tar_end), "file.bad_header");
    EXPECT_EQ(key(tar_file("x.sigmf-meta", meta_text) + tar_file("x.sigmf-data", "") + tar_end), "file.empty");
}

} // namespace
} // namespace gacsong::sdr
