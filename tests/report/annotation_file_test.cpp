// SPDX-License-Identifier: GPL-3.0-or-later
// Annotations of others: read, changed and written back with everything that nobody here knows.
#include "report/annotate/annotation_file.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

/// 10 000 samples at 1000 a second, counted from 500, a gap of two seconds after the first three.
class SomebodysRecording : public ::testing::Test {
protected:
    SomebodysRecording()
    {
        std::ofstream(data(), std::ios::binary) << std::string(20'000, 'x');
        write(R"({"global":{"core:datatype":"ci8","core:sample_rate":1000,"core:version":"1.0.0","core:offset":500,
                            "lab:shelf":[1,{"a":null}]},
                  "captures":[{"core:sample_start":500,"core:frequency":100000000},
                              {"core:sample_start":3500,"core:frequency":100000000,"lab:note":"second"}],
                  "annotations":[
                    {"core:sample_start":4500,"core:sample_count":1000,"core:label":"late","lab:colour":"#abc",
                     "core:freq_lower_edge":99999900,"core:freq_upper_edge":100000200,"core:generator":"lab tool"},
                    {"core:sample_start":1500,"core:comment":"to the end of its capture"},
                    "no object",
                    {"core:label":"nowhere"},
                    {"core:sample_start":600,"core:sample_count":10,"core:label":"FM !","core:generator":"gacsong 0.1.0",
                     "gacsong:verdict":"unlicensed"}]})");
        stream.input = meta().string();
        stream.sample_rate_hz = 1000.0;
        stream.length = 10'000;
        stream.center_hz = 100e6;
        std::vector<Segment> segments(2);
        segments[1].first_sample = 3000;
        segments[1].lost_before = 2000;
        timeline = Timeline(segments, 10'000, 1000.0);
    }
    void write(const std::string& text) const { std::ofstream(meta(), std::ios::binary) << text; }
    [[nodiscard]] std::filesystem::path meta() const { return folder.path() / "a.sigmf-meta"; }
    [[nodiscard]] std::filesystem::path data() const { return folder.path() / "a.sigmf-data"; }
    [[nodiscard]] ordered_json written(const std::filesystem::path& file) const
    {
        return ordered_json::parse(test::read_file(file));
    }
    [[nodiscard]] Result<AnnotationFile> open(const std::string& instead = {}) const
    {
        return AnnotationFile::open(stream, timeline, "gacsong test", instead);
    }

    const test::TemporaryFolder folder;
    StreamInfo stream;
    Timeline timeline;
};

} // namespace

TEST_F(SomebodysRecording, IsReadInSecondsAndHertzFromTheCentre)
{
    const auto file = open();
    ASSERT_TRUE(file);
    const auto notes = file->notes();
    ASSERT_EQ(notes.size(), 3U);
    EXPECT_EQ(notes[0].label, "late");
    EXPECT_DOUBLE_EQ(notes[0].from_s, 6.0) << "stored sample 4000 lies behind the gap";
    EXPECT_DOUBLE_EQ(notes[0].to_s, 7.0);
    EXPECT_EQ(notes[0].edges_hz, (std::pair{-100.0, 200.0}));
    EXPECT_FALSE(notes[0].ours);
    EXPECT_DOUBLE_EQ(notes[1].from_s, 1.0);
    EXPECT_DOUBLE_EQ(notes[1].to_s, 5.0) << "without a count it lasts to the end of its capture";
    EXPECT_FALSE(notes[1].edges_hz);
    EXPECT_TRUE(notes[2].ours);
}

TEST_F(SomebodysRecording, KeepsWhatNobodyHereKnows)
{
    auto file = open();
    ASSERT_TRUE(file);
    Note late = file->notes()[0];
    late.comment = "seen from the roof, ngữ cảnh";
    file->put(late);
    ASSERT_TRUE(file->save());
    const ordered_json after = written(meta());
    EXPECT_EQ(after.at("global").at("lab:shelf").dump(), R"([1,{"a":null}])");
    EXPECT_EQ(after.at("captures").at(1).at("lab:note"), "second");
    const ordered_json& all = after.at("annotations");
    ASSERT_EQ(all.size(), 5U);
    const auto changed = std::find_if(all.begin(), all.end(), [](const auto& one) {
        return one.is_object() && one.value("core:label", "") == "late";
    });
    ASSERT_NE(changed, all.end());
    EXPECT_EQ(changed->at("lab:colour"), "#abc");
    EXPECT_EQ(changed->at("core:comment"), "seen from the roof, ngữ cảnh");
    EXPECT_EQ(changed->at("core:sample_start"), 4500) << "its box was not touched";
    EXPECT_EQ(changed->at("core:generator"), "lab tool");
    EXPECT_EQ(std::count(all.begin(), all.end(), ordered_json("no object")), 1);
    EXPECT_EQ(test::read_file(data()), std::string(20'000, 'x'));
}

TEST_F(SomebodysRecording, WritesABoxAtWholeStoredSamples)
{
    auto file = open();
    ASSERT_TRUE(file);
    Note note;
    note.from_s = 2.5;
    note.to_s = 6.0; // over the gap: 500 samples before it and 1000 behind
    note.edges_hz = std::pair{-50.0, 150.0};
    note.label = "over";
    note.generator = "person: an";
    const Note put = file->put(note);
    EXPECT_NE(put.id, 0U);
    ASSERT_TRUE(file->save());
    const auto again = open();
    ASSERT_TRUE(again);
    const ordered_json after = written(meta());
    for (const ordered_json& one : after.at("annotations")) {
        if (!one.is_object() || one.value("core:label", "") != "over")
            continue;
        EXPECT_EQ(one.at("core:sample_start"), 3000);
        EXPECT_EQ(one.at("core:sample_count"), 1500);
        EXPECT_EQ(one.at("core:freq_lower_edge"), 99'999'950.0);
        EXPECT_EQ(one.at("core:freq_upper_edge"), 100'000'150.0);
    }
    const auto notes = again->notes();
    const auto found = std::ranges::find(notes, "over", &Note::label);
    ASSERT_NE(found, notes.end());
    EXPECT_DOUBLE_EQ(found->from_s, 2.5);
    EXPECT_DOUBLE_EQ(found->to_s, 6.0);
    // In the order of samples, as readers want them.
    std::uint64_t last = 0;
    const ordered_json whole = written(meta());
    for (const ordered_json& one : whole.at("annotations")) {
        const std::uint64_t start = one.is_object() ? one.value("core:sample_start", std::uint64_t{0}) : 0;
        EXPECT_GE(start, last);
        last = start;
    }
}

TEST_F(SomebodysRecording, BringsBackWholeWhatWasTakenAway)
{
    auto file = open();
    ASSERT_TRUE(file);
    const Note late = file->notes()[0];
    file->remove(late.id);
    EXPECT_EQ(file->notes().size(), 2U);
    ASSERT_TRUE(file->save());
    EXPECT_EQ(test::read_file(meta()).find("lab:colour"), std::string::npos);
    file->put(late);
    ASSERT_TRUE(file->save());
    EXPECT_NE(test::read_file(meta()).find("lab:colour"), std::string::npos);
}

TEST_F(SomebodysRecording, GoesElsewhereWhereItsFolderCannotBeWritten)
{
    auto file = open();
    ASSERT_TRUE(file);
    const std::string before = test::read_file(meta());
    Note note = file->notes()[1];
    note.label = "kept elsewhere";
    file->put(note);
    file->set_path((folder.path() / "no such folder" / "a.sigmf-meta").string());
    const Status refused = file->save();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.key, "output.write");
    const auto other = folder.path() / "other.sigmf-meta";
    file->set_path(other.string());
    ASSERT_TRUE(file->save());
    EXPECT_EQ(test::read_file(meta()), before);
    const auto again = open(other.string());
    ASSERT_TRUE(again);
    const auto notes = again->notes();
    EXPECT_EQ(std::ranges::count(notes, "kept elsewhere", &Note::label), 1);
    EXPECT_EQ(again->path(), other.string());
}

TEST_F(SomebodysRecording, TakesOddNumbersForWhatTheyAre)
{
    write(
        R"({"global":{"core:datatype":"ci8","core:version":"1.0.0"},"captures":[{"core:sample_start":0}],"annotations":[
              {"core:sample_start":18446744073709551615,"core:sample_count":18446744073709551615},
              {"core:sample_start":-4},{"core:sample_start":1.5},{"core:sample_start":"7"},
              {"core:sample_start":5000,"core:sample_count":0,"core:freq_lower_edge":30,"core:freq_upper_edge":-20},
              {"core:sample_start":1,"core:sample_count":2,"core:freq_lower_edge":1e999,"core:label":7}]})");
    const auto file = open();
    // A number beyond all doubles is no JSON to some readers; where it is read, its edge counts as not stated.
    if (!file) {
        EXPECT_EQ(file.error().message.key, "file.bad_header");
        return;
    }
    const auto notes = file->notes();
    ASSERT_EQ(notes.size(), 3U);
    EXPECT_LE(notes[0].from_s, timeline.duration_s());
    EXPECT_EQ(notes[1].edges_hz, (std::pair{-20.0, 30.0}));
    EXPECT_TRUE(notes[2].label.empty());
}

} // namespace gacsong
