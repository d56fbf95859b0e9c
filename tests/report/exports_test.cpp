// SPDX-License-Identifier: GPL-3.0-or-later
// Stores of two cars become one, lists of other programs, exports.
#include "detect/plan/tables/ignore_list.hpp"
#include "report/cases/cases.hpp"
#include "report/cases/merge_store.hpp"
#include "report/cases/retention.hpp"
#include "report/exports/exporter.hpp"
#include "report/inspections/inspections.hpp"
#include "report/lists/bookmarks.hpp"
#include "report/store/connection.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <QString>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <sstream>

namespace gacsong {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TwoStores : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;

    static Hand hand() { return {"lan", test::morning}; }
    const StoreAddress one = test::new_store(folder);
    const StoreAddress two = test::new_store(folder);

    std::unique_ptr<Store> fill(const StoreAddress& address, const std::string& title) const
    {
        StoreSink sink(address, 100);
        EXPECT_TRUE(sink.begin(test::sample_run()));
        EXPECT_TRUE(sink.emission(test::unlicensed_emission()));
        for (const Finding& f : test::sample_findings())
            EXPECT_TRUE(sink.finding(f));
        EXPECT_TRUE(sink.end(test::sample_end()));
        auto store = std::move(*Store::open(address));
        EXPECT_TRUE(add_to_case(*store, hand(), {}, title, std::array{*parse_item_address("e1")}));
        InspectedDevice device;
        device.date = "2026-11-05";
        device.premises = title;
        device.emission_id = "1/e1";
        EXPECT_TRUE(Inspections(*store, hand()).add("VV-2026-001", std::array{device}, Plan{}));
        return store;
    }
};

TEST_F(TwoStores, BecomeOneWithoutDoubles)
{
    const auto store = fill(one, "Xe 1");
    static_cast<void>(fill(two, "Xe 2"));
    const auto merged = merge_store(*store, two, hand());
    ASSERT_TRUE(merged) << merged.error().message.key;
    EXPECT_EQ(merged->runs, 1U);
    EXPECT_EQ(merged->cases, 1U);
    EXPECT_EQ(merged->devices, 1U);
    EXPECT_EQ(store->runs()->size(), 2U);
    EXPECT_EQ(store->emissions(2)->size(), 1U);
    // The other car's case had the same number: it is kept under another one, with its own run.
    const auto contents = Cases(*store, hand()).contents("VV-2026-001-2");
    ASSERT_TRUE(contents);
    EXPECT_EQ(contents->file.title, "Xe 2");
    EXPECT_EQ(contents->items.at(0).run, 2U);
    EXPECT_EQ(Inspections(*store, hand()).list("VV-2026-001-2")->at(0).emission_id, "2/e1");
    EXPECT_THAT(examine_audit(store->connection())->problems, IsEmpty());
    // Once more, and back the other way: nothing is new.
    for (int i = 0; i < 2; ++i) {
        const auto again = merge_store(*store, two, hand());
        ASSERT_TRUE(again);
        EXPECT_EQ(again->runs + again->cases + again->devices, 0U);
        EXPECT_EQ(again->there, 1U);
    }
    EXPECT_EQ(store->runs()->size(), 2U);
}

TEST_F(TwoStores, OfWhichOneWasChangedStayApart)
{
    const auto store = fill(one, "Xe 1");
    {
        const auto other = fill(two, "Xe 2");
        ASSERT_TRUE(other->connection().exec(QStringLiteral("UPDATE emission SET snr_db = 99")));
    }
    const auto merged = merge_store(*store, two, hand());
    ASSERT_FALSE(merged);
    EXPECT_EQ(merged.error().message.key, "verify.store");
    EXPECT_EQ(store->runs()->size(), 1U);
    EXPECT_FALSE(merge_store(*store, test::new_store(folder), hand()));
}

TEST_F(TwoStores, ForgetOldRunsAndKeepTheChain)
{
    const auto store = fill(one, "Xe 1"); // run 1 is in a case
    for (int i = 0; i < 3; ++i) {
        StoreSink sink(one, 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
        ASSERT_TRUE(sink.end(test::sample_end()));
    }
    const Instant late{present_hand().at.unix_ns + 3'600'000'000'000};
    EXPECT_EQ(forget_runs(*store, hand(), Instant{0}, false)->runs, 0U);
    const auto counted = forget_runs(*store, hand(), late, true);
    ASSERT_TRUE(counted);
    EXPECT_EQ(counted->runs, 3U);
    EXPECT_EQ(counted->kept, 1U);
    EXPECT_EQ(store->runs()->size(), 4U) << "it was only counted";
    EXPECT_EQ(forget_runs(*store, hand(), late, false)->runs, 3U);
    EXPECT_EQ(store->runs()->size(), 1U);
    EXPECT_THAT(*store->emissions(2), IsEmpty());
    EXPECT_THAT(examine_audit(store->connection())->problems, IsEmpty());
    EXPECT_EQ(audit_entries(store->connection())->back().action, "run-removed");
    // A run that goes without an entry is found.
    ASSERT_TRUE(store->connection().exec(QStringLiteral("DELETE FROM case_item")));
    ASSERT_TRUE(store->connection().exec(QStringLiteral("DELETE FROM run")));
    EXPECT_EQ(examine_audit(store->connection())->problems.at(0).key, "audit.run_missing");
}

TEST(Bookmarks, OfOtherProgramsAreReadByTheirShape)
{
    struct Case {
        const char* text;
        const char* program;
        std::size_t entries;
        std::size_t left_out;
    };
    const std::array cases{
        Case{
            R"({"selectedList":"General","lists":{"General":{"showOnWaterfall":true,"bookmarks":{"A, \"x\"":{"frequency":98700000.0,"bandwidth":150000.0,"mode":1}}}}})",
            "SDR++", 1, 0},
        Case{R"({"lists":{"Old":{"A":{"frequency":98700000.0,"bandwidth":150000.0},"B":{"frequency":-1}}}})", "SDR++",
             1, 1},
        Case{R"({"bookmarks":{"A":{"frequency":98700000.0,"bandwidth":150000.0,"mode":1}}})", "SDR++", 1, 0},
        Case{"# Tag name          ;  color\nUntagged            ; #c0c0c0\n\n# Frequency ; Name ; Modulation ; "
             "Bandwidth; "
             "Tags\n  98700000 ; Đài A ; WFM (stereo) ; 160000; Untagged\n 1 ; a;b ; AM ; 1; x\n",
             "gqrx", 1, 1},
        Case{
            R"([{"name":"160m","lower_bound":1810000,"upper_bound":2000000,"frequencies":{"ft8":1840000,"wspr":[1836600,1838600]}}])",
            "OpenWebRX", 4, 0},
        Case{R"([{"name":"A","frequency":98700000,"modulation":"wfm"}])", "OpenWebRX", 1, 0}};
    for (const Case& one : cases) {
        const auto read = parse_bookmarks(one.text);
        ASSERT_TRUE(read) << one.text;
        EXPECT_EQ(read->program, one.program);
        EXPECT_EQ(read->list.size(), one.entries) << one.text;
        EXPECT_EQ(read->left_out, one.left_out) << one.text;
        std::vector<Message> problems;
        const auto ignored = parse_ignore_list(bookmark_table(*read), "x", problems);
        ASSERT_TRUE(ignored);
        EXPECT_THAT(problems, IsEmpty());
        EXPECT_EQ(ignored->rows.size(), one.entries);
    }
    for (const char* other :
         {"", "[", "{}", "[]", "[1]", "{\"lists\":1}", "radio,mcc\nGSM,452\n", "[[[[[[[[[[[[[[[[[[[["})
        EXPECT_FALSE(parse_bookmarks(other)) << other;
}

class Exports : public ::testing::Test {
protected:
    static std::string exported(const char* name, bool mark = false)
    {
        papers::RunMaterial run;
        run.stored.number = 7;
        run.stored.run = test::sample_run();
        run.stored.run.stream.latitude = 10.3864;
        run.stored.run.stream.longitude = 105.4352;
        run.stored.end = test::sample_end();
        Emission named = test::unlicensed_emission();
        named.system.name = "<a&b>, \"x\"";
        run.emissions = {named, test::protected_emission()};
        ExportInput input{
            test::words(Language::vi), test::words(Language::vi), test::words(Language::en), mark, {}, {}};
        const auto exporter = make_exporter(name, input);
        EXPECT_NE(exporter, nullptr);
        exporter->add(run);
        return exporter->finish();
    }
};

TEST_F(Exports, AreWhatOthersRead)
{
    const auto json = nlohmann::json::parse(exported("x.geojson"));
    EXPECT_EQ(json.at("type"), "FeatureCollection");
    const auto& feature = json.at("features").at(0);
    EXPECT_EQ(feature.at("geometry").at("coordinates"), nlohmann::json::array({105.4352, 10.3864})); // lon, lat
    EXPECT_EQ(feature.at("id"), "7/e1");
    EXPECT_EQ(feature.at("properties").at("center_hz"), *test::unlicensed_emission().center_hz);
    EXPECT_EQ(feature.at("properties").at("verdict"), "unlicensed");
    const std::string kml = exported("x.kml");
    EXPECT_THAT(kml, HasSubstr("<coordinates>105.4352000,10.3864000</coordinates>"));
    EXPECT_THAT(kml, HasSubstr("&lt;a&amp;b&gt;"));
    const std::string csv = exported("x.csv", true);
    EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFrun,type,input,id,center_hz,"));
    EXPECT_THAT(csv, HasSubstr("\"<a&b>, \"\"x\"\"\""));
    EXPECT_EQ(std::ranges::count(csv, '\n'), 3);
    const std::string lines = exported("x.jsonl");
    EXPECT_TRUE(lines.starts_with("{\"type\":\"run\""));
    ExportInput input{test::words(Language::vi), test::words(Language::vi), test::words(Language::en), false, {}, {}};
    EXPECT_EQ(make_exporter("x.doc", input), nullptr);
}

/// Reads as heatmap.py of rtl-sdr does: commas, five numbers after date and time, then levels from `low` by `step`.
struct HeatmapLine {
    std::string date;
    std::string time;
    double low_hz = 0.0;
    double high_hz = 0.0;
    double step_hz = 0.0;
    std::vector<double> levels;
};
std::vector<HeatmapLine> as_heatmap_reads(const std::string& text)
{
    std::vector<HeatmapLine> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> columns;
        std::istringstream of_line(line);
        for (std::string column; std::getline(of_line, column, ',');)
            columns.push_back(column.substr(column.find_first_not_of(' ')));
        HeatmapLine read{columns.at(0),
                         columns.at(1),
                         std::stod(columns.at(2)),
                         std::stod(columns.at(3)),
                         std::stod(columns.at(4)),
                         {}};
        for (std::size_t i = 6; i < columns.size(); ++i)
            read.levels.push_back(std::stod(columns[i]));
        lines.push_back(read);
    }
    return lines;
}

TEST(PowerExport, IsMeasuredInTheRecording)
{
    // Two and a half seconds of a carrier 100 kHz above the centre, at −20 dBFS.
    const test::TemporaryFolder folder;
    constexpr double rate = 1e6;
    std::string samples;
    for (int i = 0; i < 2'500'000; ++i) {
        const double phase = 2.0 * std::numbers::pi * 0.1 * i;
        for (const double value : {std::cos(phase), std::sin(phase)}) {
            const auto sample = static_cast<std::int16_t>(std::lround(3276.7 * value));
            samples.append(reinterpret_cast<const char*>(&sample), sizeof sample);
        }
    }
    papers::RunMaterial run;
    run.stored.number = 3;
    run.stored.run = test::sample_run();
    StreamInfo& stream = run.stored.run.stream;
    stream.input = folder.write("tone.cs16", samples);
    stream.format_name = "cs16";
    stream.sample_rate_hz = rate;
    stream.center_hz = 433.5e6;
    stream.start = test::morning; // 03:15:00 UTC
    stream.format_origin = stream.rate_origin = stream.center_origin = stream.start_origin = Origin::flag;
    run.stored.end.samples = 2'500'000;
    ExportInput input{test::words(Language::vi), test::words(Language::vi), test::words(Language::en), false, {}, {}};
    const auto exporter = make_exporter("x.power.csv", input);
    ASSERT_NE(exporter, nullptr);
    exporter->add(run);
    const auto lines = as_heatmap_reads(exporter->finish());
    EXPECT_THAT(input.warnings, IsEmpty());
    ASSERT_EQ(lines.size(), 3U) << "a second each, and what is left";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_EQ(lines[i].date, "2026-11-02");
        EXPECT_EQ(lines[i].time, "03:15:0" + std::to_string(i));
        EXPECT_EQ(lines[i].low_hz, 433.0e6);
        EXPECT_EQ(lines[i].high_hz, 434.0e6);
        EXPECT_EQ(lines[i].step_hz, 500.0);
        ASSERT_EQ(lines[i].levels.size(), 2000U);
        const auto most = std::ranges::max_element(lines[i].levels);
        const double at_hz = lines[i].low_hz + 500.0 * static_cast<double>(most - lines[i].levels.begin());
        EXPECT_NEAR(at_hz, 433.6e6, 500.0);
        double sum = 0.0;
        for (const double level : lines[i].levels)
            sum += std::pow(10.0, 0.1 * level);
        EXPECT_NEAR(10.0 * std::log10(sum), -20.0, 0.3);
    }
    stream.input = folder.path("gone.cs16");
    const auto other = make_exporter("x.power.csv", input);
    other->add(run);
    EXPECT_EQ(other->finish(), "");
    ASSERT_EQ(input.warnings.size(), 1U);
    EXPECT_EQ(input.warnings.front().key, "export.no_power");
}

} // namespace
} // namespace gacsong
