// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sdr/support.hpp"

#include <cstdio>
#include <cstdlib>

namespace gacsong::sdr {
namespace {

using namespace testing;

/// A ustar header block (POSIX.1-1988 §10.1.1).
std::string tar_header(const std::string& name, std::uint64_t size, char kind = '0', const std::string& link = "")
{
    std::string block(512, '\0');
    const auto put = [&](std::size_t at, const std::string& text) { block.replace(at, text.size(), text); };
    const auto octal = [](std::uint64_t value, int digits) {
        std::string text(static_cast<std::size_t>(digits), '0');
        for (std::size_t i = text.size(); i > 0; --i, value /= 8)
            text[i - 1] = static_cast<char>('0' + value % 8);
        return text;
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    if (size < std::uint64_t{1} << 33U) {
        put(124, octal(size, 11));
    } else { // GNU: base 256
        block[124] = static_cast<char>(0x80);
        for (std::size_t i = 0; i < 8; ++i)
            block[135 - i] = static_cast<char>(size >> (8 * i) & 0xFFU);
    }
    put(136, "00000000000");
    put(148, "        ");
    block[156] = kind;
    put(157, link);
    put(257, std::string("ustar\0", 6) + "00");
    unsigned sum = 0;
    for (const char c : block)
        sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + '\0');
    return block;
}

std::string padded(std::string text)
{
    text.resize((text.size() + 511) / 512 * 512, '\0');
    return text;
}

std::string tar_file(const std::string& name, const std::string& content)
{
    return tar_header(name, content.size()) + padded(content);
}

const std::string tar_end(1024, '\0');

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
