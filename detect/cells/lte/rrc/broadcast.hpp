// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/rrc/paging.hpp"
#include "detect/records/cell.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::detect::lte {

/// When the system information is sent.
struct Schedule {
    struct Entry {
        unsigned period_frames = 8;
        std::vector<unsigned> blocks; ///< types; type 2 is always in the first entry and not listed
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    unsigned window_subframes = 1;
    std::optional<unsigned> tdd_configuration; ///< of uplink and downlink subframes, 0 … 6
    unsigned special_pattern = 0;              ///< of special subframes, 0 … 8; with a TDD configuration
    bool operator==(const Schedule&) const = default;

    /// Whether the subframe 0 … 9 is a whole downlink subframe.
    [[nodiscard]] bool downlink(unsigned subframe) const;

    /// Symbols of the subframe 0 … 9 that messages for all phones may fill, from its first one on: all of a downlink
    /// subframe, of a special one its downlink part where that holds a shared channel, of an uplink one none
    /// (3GPP TS 36.211 table 4.2-1, 36.213 §7.1.7).
    [[nodiscard]] unsigned downlink_symbols(unsigned subframe, bool normal_prefix) const;
};

/// A part of a public warning, of type 11 or 12. Parts with the same type, message and serial number belong together.
struct WarningSegment {
    unsigned type = 0;
    std::uint32_t message = 0;
    std::uint32_t serial = 0;
    unsigned number = 0; ///< 0 … 63
    bool last = false;
    std::optional<std::uint8_t> coding; ///< in the first part
    std::vector<std::uint8_t> octets;
};

/// What a message says of its cell, beside the fields that are shown.
struct BroadcastFacts {
    std::string plmn; ///< the first one, `452-04`
    std::optional<std::uint64_t> area;
    std::optional<std::uint64_t> cell;
    std::optional<unsigned> band;
    std::optional<Schedule> schedule;
    std::optional<PagingOccasions> paging;
    std::vector<WarningSegment> warnings;
    std::vector<Neighbour> neighbours; ///< carriers; those on its own carrier have none
};

/// A message of the broadcast control channel on the shared channel.
struct Broadcast {
    std::string name;                 ///< `SIB1` or `SI`
    std::vector<std::string> decoded; ///< blocks in it: `SIB2`, …
    BroadcastFields fields;
    BroadcastFacts facts;
    std::size_t bits = 0; ///< of the message, without padding; 0 where its end was not found
};

/// Reads a BCCH-DL-SCH-Message (3GPP TS 36.331 §6.2.1), one bit for each element. Null where it is none. Any content is
/// read without harm: what lies behind an error is left out.
[[nodiscard]] std::optional<Broadcast> read_broadcast(std::span<const std::uint8_t> bits);

} // namespace gacsong::detect::lte
