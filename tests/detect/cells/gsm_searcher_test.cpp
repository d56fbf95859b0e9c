// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/reading.hpp"
#include "detect/cells/gsm/raster.hpp"
#include "detect/cells/gsm/receiver.hpp"
#include "report/gsmtap/gsmtap_packet.hpp"
#include "report/json/record_json.hpp"
#include "tests/detect/cells/gsm_scenes.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gacsong::test {
namespace {

Placed at(const GsmSettings& settings, double offset_hz, double level_dbfs)
{
    Placed placed;
    placed.waveform = gsm(settings);
    placed.offset_hz = offset_hz;
    placed.level = Level::dbfs(level_dbfs);
    return placed;
}

/// 4 MS/s around 947.0 MHz with cells on ARFCN 58, 62 and 67, 30 dB apart.
Scene three_cells()
{
    Scene scene;
    scene.sample_rate_hz = 4e6;
    scene.center_hz = 947.0e6;
    scene.duration_s = 0.6;
    scene.noise_dbfs_hz = -120.0;
    const double offsets[] = {-400e3, 400e3, 1400e3};
    const double levels[] = {-20.0, -50.0, -35.0};
    for (unsigned i = 0; i < 3; ++i) {
        GsmSettings settings = plain_gsm_cell(3);
        settings.bsic = 10 + i;
        settings.first_frame = 1000 + 777 * i;
        scene.signals.push_back(at(settings, offsets[i], levels[i]));
    }
    return scene;
}

/// Without sentences: nothing was judged.
std::string as_json(const Cell& cell)
{
    static const Wording en(Language::en);
    static const Wording vi(Language::vi);
    return cell_json(cell, {en, vi});
}

std::string everything(const detect::CellReport& report)
{
    std::string text;
    for (const Cell& cell : report.cells)
        text += as_json(cell) + '\n';
    for (const BroadcastBlock& block : report.blocks)
        text += pcap_record(block, gsmtap_payload(block));
    return text;
}

TEST(GsmSearcher, FindsEveryCarrierOfARecordingAtOnce)
{
    const auto report = search_gsm(three_cells());
    ASSERT_EQ(report.cells.size(), 3U);
    const std::uint64_t channels[] = {58, 62, 67};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(report.cells[i].channel, channels[i]);
        EXPECT_EQ(report.cells[i].bsic, 10U + i);
        EXPECT_EQ(report.cells[i].band, "GSM900");
    }
    // Every channel says how far it got.
    std::size_t outcomes = 0;
    for (const Message& note : report.notes)
        outcomes += note.key == "cells.outcome" ? 1 : 0;
    EXPECT_EQ(outcomes, detect::gsm::channels_between(945.085e6, 948.915e6).size());
}

TEST(GsmSearcher, GivesTheSameWhateverTheThreadsAndPieces)
{
    const Scene scene = three_cells();
    const std::string one = everything(search_gsm(scene, true, 1, 65536));
    EXPECT_EQ(one, everything(search_gsm(scene, true, 3, 65536)));
    EXPECT_EQ(one, everything(search_gsm(scene, true, 2, 12345)));
    EXPECT_FALSE(one.empty());
}

TEST(GsmSearcher, LooksOnlyWhereGsmMayBe)
{
    detect::CellInput input;
    input.format = SampleFormat::of(Component::s8);
    input.sample_rate_hz = 2e6;
    const auto make = detect::all_cell_searchers().front();
    input.center_hz = 100e6;
    EXPECT_EQ(make(input), nullptr);
    input.center_hz = 902.5e6; // the other direction: phones
    EXPECT_EQ(make(input), nullptr);
    input.center_hz = 1842.5e6;
    EXPECT_NE(make(input), nullptr);
    input.center_hz.reset();
    EXPECT_NE(make(input), nullptr);
    input.sample_rate_hz = 150e3;
    EXPECT_EQ(make(input), nullptr) << "narrower than a carrier";
}

// What is meant for single phones: an identity in a paging request and in the dedicated channels of a combined cell.
TEST(GsmSearcher, KeepsNothingOfSubscribers)
{
    const std::string identity = "2943143254769810"; // digits 492341234567890 1 as they stand in octets
    GsmSettings settings = plain_gsm_cell(8);
    settings.combined = true;
    settings.bcch = gsm_system_information(true);
    settings.ccch = {gsm_block(("310621000829" + identity.substr(2)).c_str()), gsm_empty_paging()};
    settings.dedicated = {gsm_block(("0373410627070300" + std::string("08") + identity).c_str())};
    Scene scene;
    scene.sample_rate_hz = 13e6 / 30.0;
    scene.center_hz = 947.4e6;
    scene.duration_s = 1.8;
    scene.noise_dbfs_hz = -110.0;
    scene.signals.push_back(at(settings, 0.0, -20.0));
    const auto report = search_gsm(scene);
    ASSERT_EQ(report.cells.size(), 1U);
    const Cell& cell = report.cells.front();
    ASSERT_TRUE(cell.paging);
    EXPECT_GT(cell.paging->requests, 5U);
    EXPECT_EQ(cell.paging->imsi_share, 1.0);
    const std::string json = as_json(cell);
    EXPECT_EQ(json.find(identity.substr(4)), std::string::npos);
    EXPECT_EQ(json.find("4134527"), std::string::npos) << "its digits";
    for (const CellMessage& message : cell.messages)
        EXPECT_TRUE(message.name.starts_with("SI")) << message.name;
    const GsmBlock paging = settings.ccch.front();
    const GsmBlock dedicated = settings.dedicated.front();
    for (const BroadcastBlock& block : report.blocks) {
        EXPECT_EQ(block.channel, "BCCH");
        EXPECT_EQ(block.frame_number % 51, 2U);
        EXPECT_FALSE(std::ranges::equal(block.octets, paging));
        EXPECT_FALSE(std::ranges::equal(block.octets, dedicated));
    }
}

TEST(GsmRaster, KnowsItsCarriers)
{
    using namespace detect::gsm;
    EXPECT_EQ(nearest_channel(947.4e6)->arfcn, 62U);
    EXPECT_EQ(nearest_channel(925.2e6)->arfcn, 975U);
    EXPECT_EQ(nearest_channel(935.0e6)->arfcn, 0U);
    EXPECT_EQ(nearest_channel(1805.2e6)->band, "DCS1800");
    EXPECT_EQ(nearest_channel(1879.8e6)->arfcn, 885U);
    EXPECT_EQ(nearest_channel(1930.2e6)->band, "PCS1900");
    EXPECT_EQ(nearest_channel(869.2e6)->arfcn, 128U);
    EXPECT_FALSE(nearest_channel(900.0e6));
    EXPECT_EQ(channel_of(600, "PCS1900")->band, "PCS1900");
    EXPECT_EQ(channel_of(600, "GSM900")->band, "DCS1800");
    EXPECT_EQ(channel_of(124, "GSM900")->carrier_hz, 959.8e6);
}

TEST(GsmMessagesRandom, AreReadWithoutHarm)
{
    Random random(3);
    for (int i = 0; i < 200000; ++i) {
        detect::gsm::Octets octets{};
        for (auto& octet : octets)
            octet = static_cast<std::uint8_t>(random.below(256));
        octets[1] = 0x06;
        const auto reading = detect::gsm::read_message(octets);
        if (reading.broadcast) {
            EXPECT_LT(reading.broadcast->fields.size(), 120U);
        }
    }
}

TEST(GsmReceiver, TakesRandomSamplesWithoutHarm)
{
    using namespace detect::gsm;
    Random random(5);
    std::vector<Sample> samples(400000);
    for (Sample& sample : samples)
        sample = {static_cast<float>(random.normal() * 1e3), static_cast<float>(random.normal() * 1e-3)};
    Lock lock;
    lock.sync = {23, 1000, 0};
    lock.position = 1234.5;
    Receiver receiver(400e3, lock, Nominal{947.4e6, 0.0});
    receiver.append(samples, 0);
    receiver.read();
    EXPECT_TRUE(receiver.take_blocks().empty());
}

} // namespace
} // namespace gacsong::test
