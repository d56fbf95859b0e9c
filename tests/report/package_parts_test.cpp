// SPDX-License-Identifier: GPL-3.0-or-later
// What a package holds of a recording that is still there, and of a base station.
#include "report/evidence/package.hpp"
#include "report/evidence/verify.hpp"
#include "report/gsmtap/cell_pcap.hpp"
#include "report/picture/sheet.hpp"
#include "report/records/compared_with.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/package_files.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <QImage>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double rate_hz = 240e3;
constexpr std::size_t samples = 120'000; // half a second
constexpr double tone_hz = 20e3;

/// A carrier between 0.1 and 0.4 s over a little noise, as cs8.
std::string recording()
{
    std::string bytes;
    std::uint32_t noise = 1;
    for (std::size_t i = 0; i < samples; ++i) {
        const double t = static_cast<double>(i) / rate_hz;
        const double level = t >= 0.1 && t < 0.4 ? 60.0 : 0.0;
        for (const double part :
             {std::cos(2.0 * std::numbers::pi * tone_hz * t), std::sin(2.0 * std::numbers::pi * tone_hz * t)}) {
            noise = noise * 1'664'525U + 1'013'904'223U;
            bytes += static_cast<char>(std::lround(level * part + static_cast<double>(noise >> 30U) - 1.5));
        }
    }
    return bytes;
}

Cell gsm_cell()
{
    Cell cell;
    cell.id = "c1";
    cell.technology = "gsm";
    cell.channel = 62;
    cell.plmn = "452-04";
    cell.area = 12001;
    cell.cell = 30121;
    cell.start = test::morning;
    cell.snr_db = 17.0;
    cell.level_dbfs = -41.0;
    // System Information 3 of CI 30121, 452-04, LAC 12001 (3GPP TS 44.018 §9.1.35).
    cell.messages.push_back({"SI3",
                             "BCCH",
                             "49061b75a954f2402ee1000000000000000000"
                             "2b2b2b2b",
                             4,
                             {}});
    cell.messages.push_back({"SI4", "BCCH", "not hex", 1, {}});
    return cell;
}

class PackageParts : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    Keys keys{folder.path() / "keys"};
    std::unique_ptr<Store> store;
    const std::filesystem::path file = folder.path() / "package.zip";

    void SetUp() override
    {
        picture::prepare_painting();
        ASSERT_TRUE(keys.make());
        store = std::move(*Store::open(folder.path() / "store.sqlite"));
    }

    void store_run(const std::vector<Cell>& cells)
    {
        auto run = test::sample_run();
        run.stream.input = folder.write("car_98M.cs8", recording());
        run.stream.sample_rate_hz = rate_hz;
        run.stream.length = samples;
        run.stream.format_origin = run.stream.rate_origin = run.stream.center_origin = Origin::flag;
        Emission emission = test::unlicensed_emission();
        emission.id = "e1";
        emission.center_hz = 98e6 + tone_hz;
        emission.offset_hz = tone_hz;
        emission.bandwidth_hz = 4e3;
        emission.start_s = 0.1;
        emission.end_s = 0.4;
        End end = test::sample_end();
        end.samples = samples;
        StoreSink sink(folder.path() / "store.sqlite", 100);
        sink.set_compared_with({setting_of({"plan", "bands.toml", "2026-11", std::string(128, 'a')}),
                                setting_of({"register", "a as_of= b.csv", "", std::string(128, 'b')})});
        ASSERT_TRUE(sink.begin(run));
        ASSERT_TRUE(sink.warning(Message("warn.level")));
        TrackPoint point;
        point.when = test::morning;
        point.latitude = 10.386;
        point.longitude = 105.435;
        ASSERT_TRUE(sink.position(point));
        ASSERT_TRUE(sink.emission(emission));
        for (const Cell& cell : cells)
            ASSERT_TRUE(sink.cell(cell));
        ASSERT_TRUE(sink.end(end));
        ASSERT_TRUE(add_to_case(*store, {"lan", test::morning}, {}, "Nhiễu", std::array{*parse_item_address("e1")}));
    }

    [[nodiscard]] std::vector<ZipEntry> packed(std::vector<Message>& left_out) const
    {
        const auto material = papers::gather_case(*store, "VV-2026-001");
        const Hand hand{"lan", test::morning};
        const auto package = write_package(
            {*store, *material, {}, keys, test::words(Language::vi), test::words(Language::en), "Gác Sóng 9.9.9", hand},
            file);
        EXPECT_TRUE(package);
        left_out = package->left_out;
        const auto whole = verify_package(file, keys.trusted());
        EXPECT_TRUE(whole && whole->good());
        return test::unpacked(file);
    }

    static std::string text_of(const std::vector<ZipEntry>& entries, const std::string& name)
    {
        const auto found = std::ranges::find(entries, name, &ZipEntry::name);
        return found == entries.end() ? std::string{} : found->text;
    }
};

TEST_F(PackageParts, ShowTheEmissionAndWhatTheRunSaidOfItself)
{
    store_run({});
    std::vector<Message> left_out;
    const auto entries = packed(left_out);
    EXPECT_THAT(left_out, IsEmpty());
    for (const char* kind : {"spectrum", "waterfall"}) {
        const std::string png = text_of(entries, std::string("pictures/run-1_e1_") + kind + ".png");
        const QImage image = QImage::fromData(QByteArray::fromStdString(png), "PNG");
        ASSERT_FALSE(image.isNull()) << kind;
        EXPECT_GT(image.width(), 1000);
        EXPECT_FALSE(image.text(QStringLiteral("Description")).isEmpty()) << "for who cannot see it";
    }
    EXPECT_FALSE(text_of(entries, "clips/run-1_e1.sigmf-data").empty());
    EXPECT_THAT(text_of(entries, "results/run-1.jsonl"), HasSubstr("\"type\":\"position\""));
    const auto manifest = nlohmann::json::parse(text_of(entries, "manifest.json"));
    const auto& run = manifest.at("runs").at(0);
    EXPECT_EQ(run.at("plan"), "vn 2026-11");
    EXPECT_EQ(run.at("register"), "licences.csv");
    EXPECT_EQ(run.at("positions"), 1);
    EXPECT_EQ(run.at("settings").size(), 2U) << "the files stand apart";
    const nlohmann::json files{
        {{"kind", "plan"}, {"file", "bands.toml"}, {"as_of", "2026-11"}, {"sha512", std::string(128, 'a')}},
        {{"kind", "register"}, {"file", "a as_of= b.csv"}, {"as_of", nullptr}, {"sha512", std::string(128, 'b')}}};
    EXPECT_EQ(run.at("compared_with"), files);
    EXPECT_EQ(run.at("levels").at("en"), test::words(Language::en).text("warn.level"));
    EXPECT_EQ(manifest.at("program"), "Gác Sóng 9.9.9");
    EXPECT_TRUE(manifest.at("clock").contains("vi"));
}

TEST_F(PackageParts, HoldWhatABaseStationBroadcastsButNoSamplesOfIt)
{
    store_run({gsm_cell()});
    std::vector<Message> left_out;
    const auto entries = packed(left_out);
    ASSERT_EQ(left_out.size(), 1U) << "the clip";
    EXPECT_EQ(left_out.front().key, "package.no_clip");
    EXPECT_TRUE(text_of(entries, "clips/run-1_e1.sigmf-data").empty());
    EXPECT_EQ(text_of(entries, "cells/run-1.pcap"), cell_pcap(std::array{gsm_cell()}));
}

TEST(CellPcap, HasAPacketForEachMessageThatIsWhole)
{
    const std::string pcap = cell_pcap(std::array{gsm_cell()});
    constexpr std::size_t file_header = 24;
    constexpr std::size_t headers = 16 + 20 + 8 + 16; // record, IP, UDP, GSMTAP
    ASSERT_EQ(pcap.size(), file_header + headers + 23U);
    EXPECT_EQ(pcap.substr(file_header + headers, 3), "\x49\x06\x1b");
    Cell other = gsm_cell();
    other.technology = "umts";
    EXPECT_EQ(cell_pcap(std::array{other}), "");
    EXPECT_EQ(cell_pcap({}), "");
}

TEST_F(PackageParts, ReadsInTshark)
{
    if (std::system("command -v tshark > /dev/null 2>&1") != 0) // NOLINT(cert-env33-c): the independent reader
        GTEST_SKIP() << "tshark is not installed";
    const std::string path = folder.write("cells.pcap", cell_pcap(std::array{gsm_cell()}));
    const std::string command = "tshark -r '" + path +
                                "' -T fields -e gsmtap.arfcn -e gsm_a.bssmap.cell_ci -e "
                                "gsm_a.lac > '" +
                                folder.path("told") + "' 2> /dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0); // NOLINT(cert-env33-c)
    EXPECT_THAT(test::read_file(folder.path("told")), HasSubstr("62\t0x75a9\t0x2ee1"));
}

} // namespace
} // namespace gacsong::evidence
