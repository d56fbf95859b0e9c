// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/gsmtap/gsmtap_packet.hpp"
#include "report/gsmtap/gsmtap_sink.hpp"
#include "report/json/record_json.hpp"
#include "report/store/store_sink.hpp"
#include "report/table/cell_table.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gacsong {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Wordings both() { return {test::words(Language::en), test::words(Language::vi)}; }

/// The cell of contract.md §2.
Cell sample_cell()
{
    Cell cell;
    cell.id = "c1";
    cell.technology = "gsm";
    cell.band = "GSM900";
    cell.channel = 62;
    cell.carrier_hz = 947400000;
    cell.plmn = "452-04";
    cell.area = 12001;
    cell.cell = 30121;
    cell.bsic = 23;
    cell.level_dbfs = -41.0;
    cell.snr_db = 17.2;
    cell.offset_hz = -310;
    cell.baseband_hz = 199690;
    cell.ppm = -0.33;
    cell.first_s = 0.02;
    cell.last_s = 4.9;
    cell.frame_number = 1203959;
    cell.frame_start_s = 0.004;
    cell.cbch = false;
    cell.decoded = {"SI3"};
    cell.messages = {{"SI3",
                      "BCCH",
                      "49061b75a9",
                      4,
                      {{"lac", std::int64_t{12001}},
                       {"att", true},
                       {"mnc", std::string("04")},
                       {"arfcns", std::vector<std::int64_t>{44, 70}}}}};
    cell.neighbours = {{"gsm", 70, std::nullopt}, {"lte", 1650, 5}};
    Paging paging;
    paging.blocks = 300;
    paging.requests = 120;
    paging.identities = 200;
    paging.imsi_share = 0.02;
    paging.assignments = 14;
    cell.paging = paging;
    cell.start = Instant{1'778'000'000'000'000'000};
    cell.score = 60;
    cell.verdict = "fake";
    cell.reason = Message("verdict.fake.line", {{"cell", std::string("CI 30121")}});
    cell.indicators = {{"R02", 60.0, 1.0, "PLAN", 60.0, true, Message("indicator.R02.why", {{"plmn", "452-04"}})}};
    cell.groups = {{"PLAN", 60.0}};
    cell.left_out = {{"P03", Message("cell_needs.one_shot")}};
    return cell;
}

TEST(CellJson, LooksAsTheContractSays)
{
    const auto json = nlohmann::json::parse(cell_json(sample_cell(), both()));
    EXPECT_EQ(json.at("type"), "cell");
    EXPECT_EQ(json.at("technology"), "gsm");
    EXPECT_EQ(json.at("plmn"), "452-04");
    EXPECT_EQ(json.at("area"), 12001);
    EXPECT_EQ(json.at("cell"), 30121);
    EXPECT_EQ(json.at("bsic"), 23);
    EXPECT_EQ(json.at("baseband_hz"), 199690);
    EXPECT_EQ(json.at("cbch"), false);
    const auto& message = json.at("messages").at(0);
    EXPECT_EQ(message.at("hex"), "49061b75a9");
    EXPECT_EQ(message.at("fields").at("lac"), 12001);
    EXPECT_EQ(message.at("fields").at("att"), true);
    EXPECT_EQ(message.at("fields").at("mnc"), "04");
    EXPECT_EQ(message.at("fields").at("arfcns").size(), 2U);
    EXPECT_EQ(json.at("neighbours").at(1).at("priority"), 5);
    EXPECT_FALSE(json.at("neighbours").at(0).contains("priority"));
    EXPECT_EQ(json.at("paging").at("requests"), 120);
    EXPECT_EQ(json.at("paging").at("imsi_share"), 0.02);
    EXPECT_EQ(json.at("score"), 60);
    EXPECT_EQ(json.at("verdict"), "fake");
    EXPECT_EQ(json.at("indicators").at(0).at("code"), "R02");
    EXPECT_EQ(json.at("indicators").at(0).at("points"), 60);
    EXPECT_THAT(json.at("indicators").at(0).at("vi").get<std::string>(), HasSubstr("452-04"));
    EXPECT_EQ(json.at("left_out").at(0).at("code"), "P03");
}

TEST(CellJson, LeavesOutWhatIsUnknown)
{
    Cell cell;
    cell.technology = "gsm";
    cell.baseband_hz = 1000.0;
    const auto json = nlohmann::json::parse(cell_json(cell, both()));
    for (const char* name : {"band", "channel", "carrier_hz", "plmn", "area", "cell", "offset_hz", "ppm", "paging"})
        EXPECT_FALSE(json.contains(name)) << name;
    EXPECT_EQ(json.at("baseband_hz"), 1000.0);
}

TEST(CellStore, KeepsEveryField)
{
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "store.sqlite";
    StoreSink sink(file);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.cell(sample_cell()));
    Cell bare;
    bare.id = "c2";
    ASSERT_TRUE(sink.cell(bare));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const auto store = Store::open(file);
    ASSERT_TRUE(store);
    const auto cells = (*store)->cells(*sink.stored_run());
    ASSERT_TRUE(cells);
    ASSERT_EQ(cells->size(), 2U);
    EXPECT_EQ(cell_json(cells->at(0), both()), cell_json(sample_cell(), both()));
    EXPECT_EQ(cells->at(0).messages, sample_cell().messages);
    EXPECT_EQ(cells->at(0).indicators, sample_cell().indicators);
    EXPECT_EQ(cells->at(0).left_out, sample_cell().left_out);
    EXPECT_FALSE(cells->at(1).paging);
    EXPECT_FALSE(cells->at(1).channel);
}

TEST(CellTable, FitsTheTerminal)
{
    const Cell cells[] = {sample_cell()};
    const std::string wide = cell_table(cells, test::words(Language::en), {160, false});
    EXPECT_THAT(wide, HasSubstr("452-04"));
    EXPECT_THAT(wide, HasSubstr("30121"));
    EXPECT_THAT(wide, HasSubstr("947.4"));
    EXPECT_THAT(wide, HasSubstr("SI3"));
    const std::string narrow = cell_table(cells, test::words(Language::vi), {50, false});
    EXPECT_THAT(narrow, HasSubstr("947,4"));
    EXPECT_THAT(narrow, Not(HasSubstr("SI3")));
}

TEST(Gsmtap, WritesAWholeFileAndOnlyThen)
{
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "cells.pcap";
    BroadcastBlock block;
    block.technology = "gsm";
    block.arfcn = 62;
    block.frame_number = 1203959;
    block.level_dbfs = -41.0;
    block.snr_db = 17.0;
    block.at = test::morning;
    block.octets.assign(23, 0x2B);
    GsmtapSink sink(file.string(), false);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.broadcast(block));
    EXPECT_FALSE(std::filesystem::exists(file));
    ASSERT_TRUE(sink.end(test::sample_end()));
    const std::string data = test::read_file(file);
    ASSERT_EQ(data.size(), 24U + 16U + 20U + 8U + 16U + 23U);
    EXPECT_EQ(data.substr(0, 4), "\xD4\xC3\xB2\xA1");
    EXPECT_EQ(static_cast<unsigned char>(data[20]), 101U) << "LINKTYPE_RAW";
    EXPECT_EQ(static_cast<unsigned char>(data[24 + 16 + 20 + 2]), 4729U >> 8U);
    const std::string header = data.substr(24 + 16 + 28, 16);
    EXPECT_EQ(header.substr(0, 3), std::string("\x02\x04\x01", 3));
    EXPECT_EQ(static_cast<unsigned char>(header[5]), 62U);
    EXPECT_EQ(static_cast<signed char>(header[6]), -41);
    EXPECT_EQ(static_cast<unsigned char>(header[12]), 1U) << "BCCH";

    GsmtapSink again(file.string(), false);
    const Status refused = again.begin(test::sample_run());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.key, "output.exists");
    GsmtapSink forced(file.string(), true);
    EXPECT_TRUE(forced.begin(test::sample_run()));
}

TEST(Gsmtap, KnowsAddresses)
{
    EXPECT_TRUE(GsmtapSink::valid("cells.pcap"));
    EXPECT_TRUE(GsmtapSink::valid("udp://127.0.0.1:4729"));
    EXPECT_FALSE(GsmtapSink::valid("udp://127.0.0.1"));
    EXPECT_FALSE(GsmtapSink::valid("udp://somewhere:4729"));
    EXPECT_FALSE(GsmtapSink::valid("udp://127.0.0.1:70000"));
    EXPECT_FALSE(GsmtapSink::valid(""));
}

} // namespace
} // namespace gacsong
