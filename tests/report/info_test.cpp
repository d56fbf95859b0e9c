// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/info/info.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gacsong {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

sdr::Inspection complete()
{
    sdr::Inspection i;
    i.input = "fm.sigmf-meta";
    i.container = "sigmf";
    i.format = "SigMF";
    i.size_bytes = 60'000'000;
    i.facts.type.offer(SampleFormat::of(Component::s8), Origin::sidecar);
    i.facts.rate_hz.offer(2.4e6, Origin::flag);
    i.facts.center_hz.offer(98e6, Origin::file_name);
    i.facts.start.offer(test::morning, Origin::header);
    i.samples = 30'000'000;
    i.duration_s = 12.5;
    i.channels = 2;
    i.segments = {{0, 98e6, test::morning, 0, ""}, {4800, 99e6, std::nullopt, 65'536, "overflow"}};
    i.sha512 = std::string(64, 'a') + std::string(64, 'b');
    i.receiver = "RTL-SDR\x1b[2J";
    i.latitude = 10.3864;
    i.longitude = 105.4352;
    i.annotations = 3;
    i.warnings = {Message("warn.time")};
    return i;
}

std::string told(const sdr::Inspection& inspection, Language language)
{
    std::string text;
    for (const Section& section : info_sections(inspection, test::words(language))) {
        text += section.title + "\n";
        for (const std::string& sentence : section.sentences)
            text += "  " + sentence + "\n";
    }
    return text;
}

} // namespace

TEST(Info, SaysWhereEachFactComesFrom)
{
    test::expect_golden(told(complete(), Language::en), "info_en_complete.txt");
    test::expect_golden(told(complete(), Language::vi), "info_vi_complete.txt");
    EXPECT_THAT(told(complete(), Language::en), Not(HasSubstr("\x1b")));
}

TEST(Info, ListsWhatIsMissingAndCallsAGuessAGuess)
{
    sdr::Inspection bare;
    bare.input = "x.bin";
    bare.container = "raw";
    bare.missing = {"format", "sample_rate_hz", "center_hz", "start"};
    bare.type_hint = "cs16";
    test::expect_golden(told(bare, Language::en), "info_en_bare.txt");
}

TEST(Info, CountsSegmentsBeyondTheTwentieth)
{
    sdr::Inspection many = complete();
    many.segments.assign(50, Segment{});
    EXPECT_THAT(told(many, Language::en), HasSubstr("30 more segments."));
}

TEST(InfoJson, UsesTheNamesOfTheContract)
{
    const Wordings both{test::words(Language::en), test::words(Language::vi)};
    const auto json = nlohmann::json::parse(info_json(complete(), both));
    EXPECT_EQ(json.at("type"), "info");
    EXPECT_EQ(json.at("format"), "cs8");
    EXPECT_EQ(json.at("inferred").at("center_hz"), "file name");
    EXPECT_EQ(json.at("segments").at(1).at("lost_why"), "overflow");
    EXPECT_EQ(json.at("warnings").at(0).at("code"), "warn.time");
    sdr::Inspection bare;
    bare.missing = {"format"};
    const auto unknown = nlohmann::json::parse(info_json(bare, both));
    for (const char* key : {"format", "sample_rate_hz", "center_hz", "start", "duration_s"})
        EXPECT_TRUE(unknown.at(key).is_null()) << key;
    EXPECT_EQ(unknown.at("missing").dump(), "[\"format\"]");
    EXPECT_FALSE(unknown.contains("samples"));
}

} // namespace gacsong
