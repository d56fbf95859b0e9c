// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/gsmtap/cell_pcap.hpp"

#include "report/gsmtap/gsmtap_packet.hpp"

#include <charconv>
#include <string_view>

namespace gacsong {
namespace {

/// Octets of hexadecimal digits; empty where they are none.
std::vector<std::uint8_t> octets_of(std::string_view hex)
{
    std::vector<std::uint8_t> octets;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
        std::uint8_t octet = 0;
        const char* first = hex.data() + at;
        if (const auto read = std::from_chars(first, first + 2, octet, 16);
            read.ec != std::errc{} || read.ptr != first + 2)
            return {};
        octets.push_back(octet);
    }
    return hex.size() % 2 == 0 ? octets : std::vector<std::uint8_t>{};
}

} // namespace

std::string cell_pcap(std::span<const Cell> cells)
{
    std::string records;
    for (const Cell& cell : cells) {
        if (cell.technology != "gsm" && cell.technology != "lte")
            continue;
        BroadcastBlock block;
        block.technology = cell.technology;
        block.arfcn = cell.channel;
        block.pcs = cell.band == "PCS1900";
        block.frame_number = cell.frame_number.value_or(cell.sfn.value_or(0));
        block.level_dbfs = cell.rsrp_dbfs ? *cell.rsrp_dbfs : cell.level_dbfs.value_or(0.0);
        block.snr_db = cell.snr_db.value_or(0.0);
        block.at_s = cell.first_s;
        block.at = cell.start;
        for (const CellMessage& message : cell.messages) {
            block.channel = message.channel;
            block.octets = octets_of(message.hex);
            if (!block.octets.empty())
                records += pcap_record(block, gsmtap_payload(block));
        }
    }
    return records.empty() ? std::string{} : pcap_header() + records;
}

} // namespace gacsong
