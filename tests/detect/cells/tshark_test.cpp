// SPDX-License-Identifier: GPL-3.0-or-later
// A second reading of every broadcast message: the same blocks through our GSMTAP file and tshark.
#include "detect/cells/gsm/messages/reading.hpp"
#include "report/gsmtap/gsmtap_packet.hpp"
#include "tests/detect/cells/captures.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

namespace gacsong::test {
namespace {

using detect::gsm::Octets;

/// Our name, tshark's, and how its raw value becomes ours: first + step · raw.
struct Mapped {
    const char* ours;
    const char* theirs;
    int step = 1;
    int first = 0;
};

const std::vector<Mapped> mapped{
    {"cell", "gsm_a.bssmap.cell_ci"},
    {"lac", "gsm_a.lac"},
    {"mscr", "gsm_a.rr.mscr"},
    {"att", "gsm_a.rr.att"},
    {"bs_ag_blks_res", "gsm_a.rr.bs_ag_blks_res"},
    {"ccch_conf", "gsm_a.rr.ccch_conf"},
    {"cbq3", "gsm_a.rr.cbq3"},
    {"bs_pa_mfrms", "gsm_a.rr.bs_pa_mfrms"},
    {"t3212_min", "gsm_a.rr.t3212", 6},
    {"pwrc", "gsm_a.rr.pwrc"},
    {"dtx", "gsm_a.rr.dtx_bcch"},
    {"radio_link_timeout", "gsm_a.rr.radio_link_timeout", 4, 4},
    {"cell_reselect_hysteresis_db", "gsm_a.rr.cell_reselect_hyst", 2},
    {"ms_txpwr_max_cch", "gsm_a.rr.ms_txpwr_max_cch"},
    {"acs", "gsm_a.rr.acs"},
    {"neci", "gsm_a.rr.neci"},
    {"rxlev_access_min_dbm", "gsm_a.rr.rxlev_access_min", 1, -110},
    {"cell_bar_access", "gsm_a.rr.cell_barr_access"},
    {"re_establishment_barred", "gsm_a.rr.re"},
    {"ext_ind", "gsm_a.rr.ext_ind"},
    {"ncc_permitted", "gsm_a.rr.ncc_permitted"},
    {"multiband_reporting", "gsm_a.rr.multiband_reporting"},
    {"cell_bar_qualify", "gsm_a.rr.cbq"},
    {"cell_reselect_offset_db", "gsm_a.rr.cell_reselect_offset", 2},
    {"penalty_time_s", "gsm_a.rr.penalty_time", 20, 20},
    {"power_offset_db", "gsm_a.rr.power_offset", 2},
    {"si2ter", "gsm_a.rr.system_information_type_2ter"},
    {"early_classmark", "gsm_a.rr.early_classmark_sending"},
    {"si9", "gsm_a.rr.scheduling_if_and_where"},
    {"gprs", "gsm_a.rr.gprs_indicator"},
    {"ra_colour", "gsm_a.rr.gprs_ra_colour"},
    {"si13_position", "gsm_a.rr.si13_position"},
    {"early_classmark_3g", "gsm_a.rr.3g_early_classmark_sending_restriction"},
    {"si2quater", "gsm_a.rr.si2quater_indicator"},
    {"si2quater_position", "gsm_a.rr.si2quater_position"},
    {"si21", "gsm_a.rr.si21_indicator"},
    {"break_indicator", "gsm_a.rr.break_indicator"},
    {"si4_rest_octets_s", "gsm_a.rr.si4_rest_octets_s"},
    {"nch_position", "gsm_a.rr.nch_position"},
    {"bcch_change_mark", "gsm_a.rr.bcch_change_mark"},
    {"si_change_field", "gsm_a.rr.si_change_field"},
    {"pbcch", "gsm_a.rr.pbcch"},
    {"rac", "gsm_a.rr.rac"},
    {"spgc_ccch_sup", "gsm_a.rr.spgc_ccch_sup"},
    {"priority_access_thr", "gsm_a.rr.priority_access_thr"},
    {"network_control_order", "gsm_a.rr.network_control_order"},
    {"nmo", "gsm_a.rr.nmo", 1, 1},
    {"t3168_ms", "gsm_a.rr.t3168", 500, 500},
    {"access_burst_type", "gsm_a.rr.access_burst_type"},
    {"control_ack_type", "gsm_a.rr.control_ack_type"},
    {"bs_cv_max", "gsm_a.rr.bs_cv_max"},
    {"pan_dec", "gsm_a.rr.pan_dec"},
    {"pan_inc", "gsm_a.rr.pan_inc"},
    {"pan_max", "gsm_a.rr.pan_max"},
    {"egprs", "gsm_a.rr.egprs_supported"},
    {"bep_period", "gsm_a.rr.bep_period"},
    {"egprs_packet_channel_request", "gsm_a.rr.egprs_packet_channel_request"},
    {"pfc_feature_mode", "gsm_a.rr.pfc_feature_mode"},
    {"dtm_support", "gsm_a.rr.dtm_support"},
    {"bss_paging_coordination", "gsm_a.rr.bss_paging_coordination"},
    {"ccn_active", "gsm_a.rr.ccn_active"},
    {"nw_ext_utbf", "gsm_a.rr.nw_ext_utbf"},
    {"alpha", "gsm_a.rr.alpha"},
    {"t_avg_w", "gsm_a.rr.t_avg_w"},
    {"t_avg_t", "gsm_a.rr.t_avg_t"},
    {"pc_meas_chan", "gsm_a.rr.pc_meas_chan"},
    {"n_avg_i", "gsm_a.rr.n_avg_i"},
    {"sgsnr", "gsm_a.rr.sgsnr"},
    {"ba_ind_3g", "gsm_a.rr.3g_ba_ind"},
    {"ba_ind", "gsm_a.rr.ba_ind"},
    {"mp_change_mark", "gsm_a.rr.mp_change_mark"},
    {"si2quater_index", "gsm_a.rr.si2quater_index"},
    {"si2quater_count", "gsm_a.rr.si2quater_count"},
    {"uarfcns", "gsm_a.rr.fdd_uarfcn"},
    {"uarfcn_cells", "gsm_a.rr.nr_of_fdd_cells"},
    {"ccn_active_3g", "gsm_a.rr.3g_ccn_active"},
    {"geran_priority", "gsm_a.rr.serving_cell_priority_param_geran_priority"},
    {"thresh_priority_search", "gsm_a.rr.serving_cell_priority_param_thresh_prio_search"},
    {"thresh_gsm_low_db", "gsm_a.rr.serving_cell_priority_param_thresh_gsm_low", 2},
    {"h_prio", "gsm_a.rr.serving_cell_priority_param_h_prio"},
    {"t_reselection_s", "gsm_a.rr.serving_cell_priority_param_t_reselection", 5, 5},
    {"eutran_ccn_active", "gsm_a.rr.3g_priority.eutran_ccn_active"},
    {"eutran_start", "gsm_a.rr.3g_priority.eutran_start"},
    {"earfcns", "gsm_a.rr.earfcn"},
    {"eutran_measurement_bandwidth", "gsm_a.rr.eutran_measurement_bandwidth"},
    {"eutran_priority", "gsm_a.rr.eutran_priority"},
    {"thresh_eutran_high_db", "gsm_a.rr.thresh_eutran_high", 2},
    {"thresh_eutran_low_db", "gsm_a.rr.thresh_eutran_low", 2},
    {"eutran_qrxlevmin_dbm", "gsm_a.rr.eutran_qrxlevmin", 2, -140},
    {"cbch_timeslot", "gsm_a.rr.timeslot"},
    {"cbch_arfcn", "gsm_a.rr.single_channel_arfcn"},
};

/// Blocks of BCCH and CCCH in a GSMTAP file with IP headers.
std::vector<Octets> blocks_of(const std::filesystem::path& pcap)
{
    std::ifstream in(pcap, std::ios::binary);
    const std::string data{std::istreambuf_iterator<char>(in), {}};
    std::vector<Octets> blocks;
    constexpr std::size_t head = 20 + 8 + 16;
    for (std::size_t at = 24; at + 16 + head <= data.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length |= static_cast<std::size_t>(static_cast<std::uint8_t>(data[at + 8 + i])) << (8 * i);
        if (at + 16 + length > data.size())
            break;
        if (length == head + 23) {
            Octets octets{};
            std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(at + 16 + head), 23, octets.begin());
            blocks.push_back(octets);
        }
        at += 16 + length;
    }
    return blocks;
}

/// Distinct broadcast blocks of every longer run.
std::vector<Octets> all_broadcasts()
{
    std::set<Octets> distinct;
    for (const auto& entry : std::filesystem::directory_iterator(captures_folder() / "gsm-network" / "l2"))
        for (const Octets& octets : blocks_of(entry.path()))
            if (detect::gsm::read_message(octets).broadcast)
                distinct.insert(octets);
    return {distinct.begin(), distinct.end()};
}

/// What tshark reads: a row a block, a column for each of the mapped fields.
std::vector<std::vector<std::string>> tshark_rows(const std::vector<Octets>& blocks)
{
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "blocks.pcap";
    {
        std::ofstream out(file, std::ios::binary);
        out << pcap_header();
        for (const Octets& octets : blocks) {
            BroadcastBlock block;
            block.arfcn = 62;
            block.octets.assign(octets.begin(), octets.end());
            out << pcap_record(block, gsmtap_payload(block));
        }
    }
    std::string command = "tshark -r " + file.string() + " -T fields -E separator=';' -E aggregator=','";
    for (const Mapped& field : mapped)
        command += std::string(" -e ") + field.theirs;
    std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    std::string text;
    std::array<char, 4096> piece{};
    for (std::size_t n = 0; pipe != nullptr && (n = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        text.append(piece.data(), n);
    if (pipe != nullptr)
        pclose(pipe);
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> row;
        std::istringstream columns(line + ";");
        for (std::string column; std::getline(columns, column, ';');)
            row.push_back(column);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<std::int64_t> numbers(const std::string& text)
{
    std::vector<std::int64_t> values;
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');)
        values.push_back(one == "True" ? 1 : one == "False" ? 0 : std::stoll(one, nullptr, 0));
    return values;
}

std::vector<std::int64_t> numbers(const BroadcastValue& value)
{
    if (const auto* flag = std::get_if<bool>(&value))
        return {*flag ? 1 : 0};
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return {*number};
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value))
        return *list;
    return {};
}

TEST(GsmMessages, ReadAsTsharkReadsThem)
{
    if (captures_folder().empty())
        GTEST_SKIP() << "the recordings with known content are not there";
    const std::vector<Octets> blocks = all_broadcasts();
    ASSERT_GT(blocks.size(), 40U);
    const auto rows = tshark_rows(blocks);
    if (rows.empty())
        GTEST_SKIP() << "tshark is not there";
    ASSERT_EQ(rows.size(), blocks.size());
    std::map<std::string, int> compared;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto broadcast = detect::gsm::read_message(blocks[i]).broadcast;
        ASSERT_TRUE(broadcast);
        std::map<std::string, std::vector<std::int64_t>> ours;
        for (const auto& [name, value] : broadcast->fields)
            ours[name] = numbers(value);
        for (std::size_t m = 0; m < mapped.size() && m < rows[i].size(); ++m) {
            auto theirs = numbers(rows[i][m]);
            if (theirs.empty())
                continue;
            for (std::int64_t& value : theirs)
                value = mapped[m].first + mapped[m].step * value;
            EXPECT_EQ(ours[mapped[m].ours], theirs) << broadcast->name << ' ' << mapped[m].ours;
            ++compared[mapped[m].ours];
        }
    }
    EXPECT_GT(compared.size(), 70U) << "the fields that occur in these blocks";
}

// The blocks of the longer runs, through the receiver's own counting.
TEST(GsmMessages, AreCountedAsTheStackSentThem)
{
    if (captures_folder().empty())
        GTEST_SKIP() << "the recordings with known content are not there";
    unsigned identities = 0;
    unsigned imsis = 0;
    unsigned assignments = 0;
    for (const Octets& octets : blocks_of(captures_folder() / "gsm-network" / "l2" / "paging_load.gsmtap.pcap")) {
        const auto reading = detect::gsm::read_message(octets);
        identities += reading.identities;
        imsis += reading.imsis;
        assignments += reading.assignments;
    }
    EXPECT_GT(identities, 300U);
    EXPECT_GT(imsis, 20U);
    EXPECT_LT(imsis, identities);
    EXPECT_GT(assignments, 20U);
}

} // namespace
} // namespace gacsong::test
