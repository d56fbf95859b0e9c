// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

// What a cell broadcast. Where a message came with several contents, that which came most often counts. An empty
// `message`: any message that has the field.

[[nodiscard]] const BroadcastValue* broadcast_value(const Cell& cell, std::string_view message, std::string_view field);
[[nodiscard]] std::optional<std::int64_t> broadcast_number(const Cell& cell, std::string_view message,
                                                           std::string_view field);
[[nodiscard]] std::optional<bool> broadcast_flag(const Cell& cell, std::string_view message, std::string_view field);
/// Empty where it is not there.
[[nodiscard]] std::vector<std::int64_t> broadcast_list(const Cell& cell, std::string_view message,
                                                       std::string_view field);
/// Blocks of a message, over all its contents.
[[nodiscard]] std::uint64_t broadcast_blocks(const Cell& cell, std::string_view message);
/// Blocks of the content that came most often: those that agree.
[[nodiscard]] std::uint64_t agreeing_blocks(const Cell& cell, std::string_view message);
/// GSM: the location area that a message states, `452-04-12001`; empty where the message is not there.
[[nodiscard]] std::string stated_area(const Cell& cell, std::string_view message);

/// LTE: the blocks of each message that SIB1 announces; nothing where SIB1 was not read.
[[nodiscard]] std::optional<std::vector<std::vector<unsigned>>> scheduled_sibs(const Cell& cell);
/// LTE: whether the cell says in SIB1 that it sends that block; nothing where SIB1 was not read.
[[nodiscard]] std::optional<bool> sends_sib(const Cell& cell, unsigned number);
/// LTE: the periods of the messages that SIB1 announces, frames; empty where SIB1 was not read.
[[nodiscard]] std::vector<std::int64_t> periods_frames(const Cell& cell);
/// LTE: that block was decoded.
[[nodiscard]] bool has_decoded(const Cell& cell, std::string_view name);

/// How many first contacts of phones the cell answers a minute: GSM by assignments, LTE by responses to random access.
/// Of those a wide cell's are heard in a small share of the time, so what was counted fewer than five times is none.
/// Nothing where they could not be counted.
[[nodiscard]] std::optional<double> contacts_per_min(const Cell& cell);

/// BSIC or PCI.
[[nodiscard]] std::optional<std::uint64_t> code_of(const Cell& cell);
/// GSM: level; LTE: power of a resource element of the reference signals. dBFS.
[[nodiscard]] std::optional<double> received_level_dbfs(const Cell& cell);
/// RF (fake-base-stations.md §2.0): 1 where the cell is received 25 dB above noise, 0.5 for up to 3 dB less, else 0.
/// The SNR of LTE is what its reference signals are off by, of a poor transmitter as of noise; where their error could
/// be stated, the noise beside the channel was 25 dB down.
[[nodiscard]] double rf_quality(const Cell& cell);
/// For GSM the area is part of a cell's identity.
[[nodiscard]] bool same_identity(const Cell& a, const Cell& b);
/// `CI 30121, LAC 12001`; what the sentences call a cell.
[[nodiscard]] std::string cell_name(const Cell& cell);

} // namespace gacsong
