// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/coding.hpp"
#include "detect/records/cell.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::detect::gsm {

/// What a broadcast message says of its cell, beside the fields that are shown.
struct BroadcastFacts {
    std::string plmn; ///< `452-04`; empty where the digits are none
    std::optional<unsigned> lac;
    std::optional<unsigned> cell;
    std::optional<unsigned> ccch_conf;
    std::optional<bool> cbch;
    std::vector<unsigned> arfcns; ///< neighbours
    std::vector<unsigned> uarfcns;
    struct Lte {
        unsigned earfcn = 0;
        std::optional<unsigned> priority;
    };
    std::vector<Lte> earfcns;
};

/// A message that a cell sends to all phones.
struct Broadcast {
    std::string name; ///< `SI3`, …
    BroadcastFields fields;
    BroadcastFacts facts;
};

/// What kind of block it is and, where it is for all phones, what it says. Paging and assignments are only counted.
struct Reading {
    enum class Kind { empty, broadcast, paging, assignment, reject, other } kind = Kind::other;
    std::optional<Broadcast> broadcast;
    unsigned identities = 0; ///< paged
    unsigned imsis = 0;      ///< among them
    unsigned assignments = 0;
};

/// Reads a block of 23 octets of BCCH or CCCH (3GPP TS 44.018 §9.1). Any content is read without harm: what lies behind
/// the end of a message that is cut short is left out.
[[nodiscard]] Reading read_message(const Octets& octets);

} // namespace gacsong::detect::gsm
