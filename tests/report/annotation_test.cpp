// SPDX-License-Identifier: GPL-3.0-or-later
// SigMF annotations (formats-and-radios.md §3.1).
#include "report/annotate/annotation.hpp"
#include "report/annotate/annotations_sink.hpp"
#include "sdr/recording.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/support/tar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <set>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

ordered_json made(const Emission& emission, const AnnotationPlace& place, const std::vector<std::string>& rules = {})
{
    return annotation(emission, place, rules, "gacsong 0.1.0", test::words(Language::en));
}

/// A recording of 1000 samples a second in a folder of its own.
class AnnotatedRecording : public ::testing::Test {
protected:
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(folder.path() / name, std::ios::binary) << text;
    }

    gacsong::Run run(const std::string& name) const
    {
        gacsong::Run one = test::sample_run();
        one.stream.input = (folder.path() / name).string();
        one.stream.sample_rate_hz = 1000;
        one.stream.length = 10'000;
        return one;
    }

    const test::TemporaryFolder folder;
};

TEST(Annotation, HasBothEdgesACountAndALabel)
{
    const ordered_json a = made(test::unlicensed_emission(), {100, 2000, 98e6}, {"unlicensed-emission"});
    EXPECT_EQ(a.at("core:sample_start"), 100);
    EXPECT_EQ(a.at("core:sample_count"), 2000);
    EXPECT_EQ(a.at("core:freq_lower_edge"), 98'609'112.0);
    EXPECT_EQ(a.at("core:freq_upper_edge"), 98'791'512.0);
    EXPECT_EQ(a.at("core:label"), "FM broadcast !");
    EXPECT_EQ(a.at("core:generator"), "gacsong 0.1.0");
    EXPECT_EQ(a.at("gacsong:verdict"), "unlicensed");
    EXPECT_EQ(a.at("gacsong:system"), "FM broadcast");
    EXPECT_EQ(a.at("gacsong:rules").dump(), "[\"unlicensed-emission\"]");
    EXPECT_THAT(a.at("core:comment").get<std::string>(), ::testing::StartsWith("No licence found. FM broadcast at"));
}

TEST(Annotation, GivesOffsetsWhereTheCaptureHasNoFrequency)
{
    const ordered_json a = made(test::offset_emission(), {0, 0, std::nullopt});
    EXPECT_EQ(a.at("core:freq_lower_edge"), -325'000.25);
    EXPECT_EQ(a.at("core:freq_upper_edge"), -300'000.25);
    EXPECT_EQ(a.at("core:sample_count"), 1) << "a box of no length is drawn wrongly";
    EXPECT_EQ(a.at("core:label"), "UNKNOWN");
    Emission carrier = test::offset_emission();
    carrier.bandwidth_hz = 0;
    carrier.uncertainty = {};
    const ordered_json thin = made(carrier, {0, 1, std::nullopt});
    EXPECT_LT(thin.at("core:freq_lower_edge"), thin.at("core:freq_upper_edge"));
}

TEST(Annotation, LiesWhereTheCaptureIsEvenIfTheUserKnowsBetter)
{
    // --center moved the recording by 1 MHz; a viewer draws against the frequency in the file.
    const ordered_json a = made(test::unlicensed_emission(), {0, 1, 97e6});
    EXPECT_EQ(a.at("core:freq_lower_edge"), 97'700'312.0 - 91'200.0);
}

TEST(Annotation, KeepsTheLabelShortAndAscii)
{
    Emission emission = test::unlicensed_emission();
    emission.system.name = "a very long name of a systém";
    EXPECT_EQ(annotation_label(emission, false), "a very long name of ");
    EXPECT_EQ(annotation_label(emission, true), "a very long name o !");
}

TEST(Annotation, NamesNoKeyThatSigmfForbids)
{
    const std::set<std::string> keywords{"class", "register", "import", "global", "int",
                                         "and",   "or",       "not",    "from",   "is"};
    const ordered_json names = made(test::licensed_emission(), {0, 1, 442.5e6}, {"x"});
    for (const auto& [key, value] : names.items())
        EXPECT_FALSE(keywords.contains(key.substr(key.find(':') + 1))) << key;
}

TEST_F(AnnotatedRecording, CountsStoredSamplesAndNotLostOnes)
{
    write("a.sigmf-data", std::string(20'000, 'x'));
    write("a.sigmf-meta", R"({"global":{"core:datatype":"ci8","core:version":"1.2.5","core:offset":500},
                              "captures":[{"core:sample_start":500}],"annotations":[]})");
    AnnotationsSink sink(test::words(Language::en));
    ASSERT_TRUE(sink.begin(run("a.sigmf-meta")));
    ASSERT_TRUE(sink.gap({2.0, 3000, "overflow"}));
    ASSERT_TRUE(sink.gap({2.5, 10, "not-finite"}));
    Emission emission = test::offset_emission();
    emission.start_s = 6;
    emission.end_s = 7;
    ASSERT_TRUE(sink.emission(emission));
    emission.start_s = 1;
    emission.end_s = 99;
    ASSERT_TRUE(sink.emission(emission));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const auto meta = nlohmann::json::parse(test::read_file(folder.path() / "a.sigmf-meta"));
    const auto& all = meta.at("annotations");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].at("core:sample_start"), 500 + 1000);
    EXPECT_EQ(all[0].at("core:sample_count"), 9000) << "not beyond the end of the file";
    EXPECT_EQ(all[1].at("core:sample_start"), 500 + 3000);
    EXPECT_EQ(all[1].at("core:sample_count"), 1000);
}

TEST_F(AnnotatedRecording, RefusesWhatCannotBeAnnotated)
{
    AnnotationsSink sink(test::words(Language::en));
    gacsong::Run stream = run("-");
    stream.stream.length.reset();
    EXPECT_EQ(sink.begin(stream).error().message.key, "annotate.stream");
    write("b.cs24", std::string(6000, 'x'));
    gacsong::Run odd = run("b.cs24");
    odd.stream.format = SampleFormat::of(Component::s24);
    EXPECT_EQ(sink.begin(odd).error().message.key, "annotate.datatype");
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "b.sigmf-meta"));
}

TEST_F(AnnotatedRecording, SaysWhereTheSamplesOfAWaveFileLie)
{
    std::string wav = "RIFF....WAVEfmt \x10";
    wav += std::string("\0\0\0\1\0\2\0\xE8\3\0\0\xD0\7\0\0\2\0\x8\0", 19); // 1000 S/s, two channels of 8 bits
    wav += std::string("data\xD0\7\0\0", 8) + std::string(2000, '\x80') + std::string("LIST\4\0\0\0INFO", 12);
    wav.replace(4, 4, std::string("\x18\x8\0\0", 4));
    write("c.wav", wav);
    AnnotationsSink sink(test::words(Language::en));
    gacsong::Run wave = run("c.wav");
    wave.stream.format = SampleFormat::of(Component::u8);
    const Status begun = sink.begin(wave);
    ASSERT_TRUE(begun) << test::words(Language::en).text(begun.error().message);
    ASSERT_TRUE(sink.end(test::sample_end()));
    const auto meta = nlohmann::json::parse(test::read_file(folder.path() / "c.sigmf-meta"));
    EXPECT_EQ(meta.at("global").at("core:dataset"), "c.wav");
    EXPECT_EQ(meta.at("global").at("core:trailing_bytes"), 12);
    EXPECT_EQ(meta.at("captures").at(0).at("core:header_bytes"), 44);
    EXPECT_EQ(test::read_file(folder.path() / "c.wav"), wav);
}

// The archive stays as it is; the description beside it is one of a file with other bytes around the samples.
TEST_F(AnnotatedRecording, DescribesWhatLiesInAnArchiveBesideIt)
{
    std::string samples;
    for (int i = 0; i < 20'000; ++i)
        samples += static_cast<char>(i * 7 % 251);
    const std::string meta_text =
        R"({"global":{"core:datatype":"ci8","core:sample_rate":1000,"core:version":"1.0.0","core:sha512":"00",)"
        R"("core:author":"An"},"captures":[{"core:sample_start":0,"core:frequency":433920000}],)"
        R"("annotations":[{"core:sample_start":10,"core:sample_count":20,"core:label":"old","x:y":1}]})";
    const std::string archive = test::tar_file("d.sigmf-meta", meta_text) + test::tar_file("d.sigmf-data", samples) +
                                test::tar_file("README", "hello") + test::tar_end;
    write("d.sigmf", archive);
    auto inside = sdr::open_recording((folder.path() / "d.sigmf").string(), {});
    ASSERT_TRUE(inside);
    gacsong::Run one = run("d.sigmf");
    one.stream = inside->source->info();
    AnnotationsSink sink(test::words(Language::en));
    ASSERT_TRUE(sink.begin(one));
    Emission emission = test::offset_emission();
    emission.start_s = 1;
    emission.end_s = 2;
    ASSERT_TRUE(sink.emission(emission));
    ASSERT_TRUE(sink.end(test::sample_end()));
    EXPECT_EQ(test::read_file(folder.path() / "d.sigmf"), archive);

    const auto meta = nlohmann::json::parse(test::read_file(folder.path() / "d.sigmf-meta"));
    EXPECT_EQ(meta.at("global").at("core:dataset"), "d.sigmf");
    EXPECT_EQ(meta.at("global").at("core:author"), "An");
    EXPECT_FALSE(meta.at("global").contains("core:sha512"));
    ASSERT_EQ(meta.at("annotations").size(), 2U);
    EXPECT_TRUE(std::ranges::any_of(meta.at("annotations"), [](const auto& it) { return it.contains("x:y"); }));
    // Read by way of the description, the same samples.
    auto beside = sdr::open_recording((folder.path() / "d.sigmf-meta").string(), {});
    ASSERT_TRUE(beside) << test::words(Language::en).text(beside.error().message);
    EXPECT_EQ(beside->source->info().length, 10'000U);
    const auto block = beside->source->next(20'000);
    ASSERT_TRUE(block && *block);
    ASSERT_EQ((*block)->bytes.size(), samples.size());
    EXPECT_EQ(std::memcmp((*block)->bytes.data(), samples.data(), samples.size()), 0);
}

} // namespace
} // namespace gacsong
