// SPDX-License-Identifier: GPL-3.0-or-later
// A second reading of LTE messages: the same bits through our GSMTAP file and tshark's dissector of LTE RRC, and those
// that answer random access, which our program never writes, through its dissector of LTE MAC.
#include "detect/cells/lte/mac/random_access.hpp"
#include "detect/cells/lte/rrc/broadcast.hpp"
#include "report/gsmtap/gsmtap_packet.hpp"
#include "tests/detect/cells/captures.hpp"
#include "tests/support/lte/coding.hpp"
#include "tests/support/lte/messages.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace gacsong::test {
namespace {

using detect::lte::ResponseCounts;
using Octets = std::vector<std::uint8_t>;
using Numbers = std::vector<std::int64_t>;

std::string output_of(const std::string& command)
{
    std::string text;
    std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    std::array<char, 4096> piece{};
    for (std::size_t n = 0; pipe != nullptr && (n = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        text.append(piece.data(), n);
    if (pipe != nullptr)
        pclose(pipe);
    return text;
}

/// What tshark reads in each message: the values of the fields, every occurrence.
std::vector<std::map<std::string, std::vector<std::string>>> tshark(const std::vector<Octets>& messages, bool paging,
                                                                    const std::vector<std::string>& fields)
{
    constexpr std::size_t sub_type_place = 12;
    constexpr char sub_type_paging = 6;
    const TemporaryFolder folder;
    const std::string file = folder.path("messages.pcap");
    {
        std::ofstream out(file, std::ios::binary);
        out << pcap_header();
        for (const Octets& octets : messages) {
            BroadcastBlock block;
            block.technology = "lte";
            block.channel = "BCCH-DL-SCH";
            block.octets = octets;
            std::string payload = gsmtap_payload(block);
            if (paging) // our program never writes one
                payload[sub_type_place] = sub_type_paging;
            out << pcap_record(block, payload);
        }
    }
    std::string command = "tshark -r " + file + " -T fields -E separator=';' -E aggregator=','";
    for (const std::string& field : fields)
        command += " -e lte-rrc." + field;
    std::istringstream lines(output_of(command));
    std::vector<std::map<std::string, std::vector<std::string>>> out;
    for (std::string line; std::getline(lines, line);) {
        auto& row = out.emplace_back();
        std::istringstream columns(line + ";");
        for (const std::string& field : fields) {
            std::string column;
            std::getline(columns, column, ';');
            std::istringstream values(column);
            for (std::string one; std::getline(values, one, ',');)
                row[field].push_back(one);
        }
    }
    return out;
}

bool is_there() { return !output_of("tshark --version").empty(); }

/// tshark's raw values as ours: first + step · raw.
Numbers numbers(const std::vector<std::string>& values, std::int64_t step = 1, std::int64_t first = 0)
{
    Numbers out;
    for (const std::string& value : values)
        out.push_back(value == "True" ? 1 : value == "False" ? 0 : first + step * std::stoll(value, nullptr, 0));
    return out;
}

Numbers ours(const detect::lte::Broadcast& broadcast, const std::string& name)
{
    for (const auto& [field, value] : broadcast.fields)
        if (field == name) {
            if (const auto* list = std::get_if<Numbers>(&value))
                return *list;
            if (const auto* number = std::get_if<std::int64_t>(&value))
                return {*number};
        }
    return {};
}

TEST(LteMessages, PagingReadsAsTsharkReadsIt)
{
    if (!is_there())
        GTEST_SKIP() << "tshark is not there";
    std::vector<lte::PagingMessage> sent(6);
    sent[0].tmsis = {0xC0FFEE42, 1, 2};
    sent[1].imsis = {"452041234567890", "123456"};
    sent[1].tmsis = {7};
    sent[2].cmas = true;
    sent[2].imsis = {"123456789012345678901"};
    sent[3].information_changes = true;
    sent[4].etws = true;
    sent[4].tmsis.assign(15, 9);
    sent[5].later = 2;
    sent[5].imsis = {"45201999"};
    std::vector<Octets> messages;
    for (const auto& one : sent)
        messages.push_back(lte::paging_message(one));
    const auto rows =
        tshark(messages, true,
               {"pagingRecordList", "ue_Identity", "systemInfoModification", "etws_Indication", "cmas_Indication_r9"});
    ASSERT_EQ(rows.size(), messages.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        const auto counts = detect::lte::read_paging(lte::bits_of(messages[i]));
        ASSERT_TRUE(counts);
        EXPECT_EQ(row["pagingRecordList"].empty() ? 0 : numbers(row["pagingRecordList"]).front(), counts->identities);
        const Numbers kinds = numbers(row["ue_Identity"]);
        EXPECT_EQ(std::ssize(kinds), counts->identities);
        EXPECT_EQ(std::ranges::count(kinds, 1), counts->imsis);
        EXPECT_EQ(!row["systemInfoModification"].empty(), counts->information_changes);
        EXPECT_EQ(!row["etws_Indication"].empty(), counts->earthquake_warning);
        EXPECT_EQ(!row["cmas_Indication_r9"].empty(), counts->public_warning);
    }
}

TEST(LteMessages, Cdma2000ReadsAsTsharkReadsIt)
{
    if (!is_there())
        GTEST_SKIP() << "tshark is not there";
    lte::CdmaNeighbours neighbours;
    neighbours.bands = {{0, 3U, 25, {283, 384}}, {6, std::nullopt, 63, {2047}}};
    neighbours.onexrtt = false;
    const Octets message = lte::information_of(8, lte::eighth_block(neighbours));
    const auto rows = tshark(
        {message}, false,
        {"arfcn", "PhysCellIdCDMA2000", "cellReselectionPriority", "threshX_Low", "nB", "preRegistrationZoneId"});
    ASSERT_EQ(rows.size(), 1U);
    auto row = rows[0];
    const auto broadcast = detect::lte::read_broadcast(lte::bits_of(message));
    ASSERT_TRUE(broadcast);
    EXPECT_EQ(numbers(row["arfcn"]), ours(*broadcast, "hrpd_carriers"));
    EXPECT_EQ(numbers(row["PhysCellIdCDMA2000"]), ours(*broadcast, "hrpd_pn_offsets"));
    EXPECT_EQ(numbers(row["cellReselectionPriority"]), Numbers{3});
    EXPECT_EQ(numbers(row["threshX_Low"]), (Numbers{25, 63}));
    EXPECT_EQ(numbers(row["preRegistrationZoneId"]), ours(*broadcast, "hrpd_zone"));
}

TEST(LteMessages, OtherBandsReadAsTsharkReadsThem)
{
    if (!is_there())
        GTEST_SKIP() << "tshark is not there";
    const Octets message = lte::tdd_first_message(2, 7, {41, 38});
    const auto rows = tshark({message}, false, {"FreqBandIndicator", "cellReservedForOperatorUse"});
    ASSERT_EQ(rows.size(), 1U);
    auto row = rows[0];
    const auto broadcast = detect::lte::read_broadcast(lte::bits_of(message));
    ASSERT_TRUE(broadcast);
    EXPECT_EQ(numbers(row["FreqBandIndicator"]), ours(*broadcast, "other_bands"));
    EXPECT_EQ(numbers(row["cellReservedForOperatorUse"]), Numbers{1}) << "notReserved";
}

/// What tshark's dissector of LTE MAC reads in messages that answer random access: preambles and wait of each.
std::vector<std::string> tshark_random_access(const std::vector<Octets>& messages)
{
    const TemporaryFolder folder;
    const std::string file = folder.path("responses.pcap");
    {
        std::ofstream out(file, std::ios::binary);
        const auto word = [&](std::uint32_t value) {
            for (unsigned shift = 0; shift < 32; shift += 8)
                out.put(static_cast<char>(value >> shift));
        };
        constexpr std::uint32_t user_link_type = 147;
        for (const std::uint32_t value : {0xA1B2C3D4U, 0x00040002U, 0U, 0U, 65535U, user_link_type})
            word(value);
        // FDD, downlink, RA-RNTI; its value 2; the message (packet-mac-lte.h).
        const Octets context{1, 1, 2, 2, 0, 2, 1};
        for (const Octets& message : messages) {
            const auto size = static_cast<std::uint32_t>(context.size() + message.size());
            for (const std::uint32_t value : {0U, 0U, size, size})
                word(value);
            for (const Octets& part : {context, message})
                for (const std::uint8_t octet : part)
                    out.put(static_cast<char>(octet));
        }
    }
    const std::string dissector = "uat:user_dlts:\"User 0 (DLT=147)\",\"mac-lte-framed\",\"0\",\"\",\"0\",\"\"";
    std::istringstream lines(output_of("tshark -o '" + dissector + "' -r " + file +
                                       " -T fields -E separator=';' -e mac-lte.rar.rapid -e mac-lte.rar.bi"));
    std::vector<std::string> out;
    for (std::string line; std::getline(lines, line);)
        out.push_back(line);
    return out;
}

TEST(LteMessages, ResponsesToRandomAccessReadAsTsharkReadsThem)
{
    if (!is_there())
        GTEST_SKIP() << "tshark is not there";
    const std::vector<lte::ResponseMessage> sent{{{}, {7}}, {3, {1, 63}}, {9, {}}, {{}, {0, 2, 4, 8, 16, 32}}};
    const std::vector<ResponseCounts> counted{{1, false}, {2, true}, {0, true}, {6, false}};
    std::vector<Octets> messages;
    for (const auto& one : sent)
        messages.push_back(lte::response_message(one));
    EXPECT_EQ(tshark_random_access(messages),
              (std::vector<std::string>{"0x07;", "0x01,0x3f;0x03", ";0x09", "0x00,0x02,0x04,0x08,0x10,0x20;"}));
    for (std::size_t i = 0; i < messages.size(); ++i)
        EXPECT_EQ(detect::lte::read_responses(lte::bits_of(messages[i])), counted[i]);
}

TEST(LteMessages, WarningsReadAsTsharkReadsThem)
{
    if (!is_there())
        GTEST_SKIP() << "tshark is not there";
    const auto pages = lte::warning_pages({{0x00, 'L', 0x01, 0x69}});
    const auto rows = tshark({lte::information_of(12, lte::warning_block(12, 0, true, pages, 0x48)),
                              lte::information_of(2, lte::second_block(6))},
                             false,
                             {"messageIdentifier_r9", "serialNumber_r9", "warningMessageSegment_r9",
                              "dataCodingScheme_r9", "nB", "rootSequenceIndex", "t300", "timeAlignmentTimerCommon"});
    ASSERT_EQ(rows.size(), 2U);
    auto warning = rows[0];
    EXPECT_EQ(numbers(warning["messageIdentifier_r9"]), Numbers{0x1112});
    ASSERT_FALSE(warning["warningMessageSegment_r9"].empty());
    EXPECT_EQ(warning["warningMessageSegment_r9"].front().substr(0, 10), "01004c0169");
    auto second = rows[1];
    EXPECT_EQ(numbers(second["nB"]), Numbers{6}) << "a sixteenth of the cycle";
    EXPECT_EQ(numbers(second["rootSequenceIndex"]), Numbers{204});
    EXPECT_EQ(numbers(second["timeAlignmentTimerCommon"]), Numbers{7}) << "to the end of the block";
}

/// Our name, tshark's, and how its raw value becomes ours.
struct Mapped {
    const char* ours;
    const char* theirs;
    std::int64_t step = 1;
    std::int64_t first = 0;
};

const std::vector<Mapped>& mapped()
{
    static const std::vector<Mapped> all{
        {"band", "freqBandIndicator"},
        {"value_tag", "systemInfoValueTag"},
        {"root_sequence", "rootSequenceIndex"},
        {"prach_index", "prach_ConfigIndex"},
        {"reference_signal_power_dbm", "referenceSignalPower"},
        {"s_non_intra_search", "s_NonIntraSearch"},
        {"thresh_serving_low", "threshServingLow"},
        {"eutra_carriers", "dl_CarrierFreq"},
        {"s_intra_search", "s_IntraSearch"},
    };
    return all;
}

TEST(LteMessages, TddConfigurationReadsAsTsharkReadsIt)
{
    if (!is_there())
        GTEST_SKIP() << "tshark is not there";
    std::vector<Octets> messages;
    for (unsigned configuration = 0; configuration < 7; ++configuration)
        for (unsigned special = 0; special < 9; ++special)
            messages.push_back(lte::tdd_first_message(configuration, special));
    const std::string subframes = "subframeAssignment";
    const std::string pattern = "specialSubframePatterns";
    auto rows = tshark(messages, false, {subframes, pattern});
    ASSERT_EQ(rows.size(), messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto broadcast = detect::lte::read_broadcast(lte::bits_of(messages[i]));
        ASSERT_TRUE(broadcast);
        ASSERT_EQ(rows[i][subframes].size(), 1U);
        EXPECT_EQ(ours(*broadcast, "tdd_configuration"), numbers(rows[i][subframes]));
        EXPECT_EQ(ours(*broadcast, "special_subframe_pattern"), numbers(rows[i][pattern]));
    }
}

TEST(LteMessages, SystemInformationReadsAsTsharkReadsIt)
{
    if (captures_folder().empty() || !is_there())
        GTEST_SKIP() << "the recordings with known content or tshark are not there";
    std::set<Octets> distinct;
    for (const char* set : {"lte", "lte-network"})
        for (const auto& capture : captures_of(set))
            for (const auto& cell : capture.at("cells"))
                for (const auto& message : cell.value("messages", nlohmann::json::array()))
                    if (message.at("name") != "MIB") {
                        Octets octets;
                        const auto hex = message.at("hex").get<std::string>();
                        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
                            octets.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
                        distinct.insert(octets);
                    }
    const std::vector<Octets> messages(distinct.begin(), distinct.end());
    ASSERT_GT(messages.size(), 8U);
    std::vector<std::string> fields;
    for (const Mapped& one : mapped())
        fields.emplace_back(one.theirs);
    const auto rows = tshark(messages, false, fields);
    ASSERT_EQ(rows.size(), messages.size());
    std::map<std::string, int> compared;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto row = rows[i];
        const auto broadcast = detect::lte::read_broadcast(lte::bits_of(messages[i]));
        ASSERT_TRUE(broadcast);
        for (const Mapped& one : mapped())
            if (const auto theirs = numbers(row[one.theirs], one.step, one.first); !theirs.empty()) {
                EXPECT_EQ(ours(*broadcast, one.ours), theirs) << broadcast->name << ' ' << one.ours;
                ++compared[one.ours];
            }
    }
    EXPECT_GE(compared.size(), 7U);
}

} // namespace
} // namespace gacsong::test
