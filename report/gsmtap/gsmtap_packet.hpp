// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

#include <string>

namespace gacsong {

/// A GSMTAP version 2 header and the block behind it, as they stand in a UDP datagram. Levels are rounded to whole
/// decibels; a level that is not calibrated stands as dBFS in the field for dBm. LTE messages are LTE RRC, their frame
/// number the system frame number and their sub-slot the subframe; an EARFCN that has no room is 0.
[[nodiscard]] std::string gsmtap_payload(const BroadcastBlock& block);

/// Header of a pcap file whose packets begin with an IP header (LINKTYPE_RAW, microseconds).
[[nodiscard]] std::string pcap_header();

/// A payload in a UDP datagram from and to port 4729 of this host, as a record of such a file. Without absolute time it
/// counts from the start of the recording.
[[nodiscard]] std::string pcap_record(const BroadcastBlock& block, const std::string& payload);

} // namespace gacsong
