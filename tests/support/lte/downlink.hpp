// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lte/sequences.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::test::lte {

/// A system information message on the shared channel.
struct SystemInformation {
    std::vector<std::uint8_t> octets; ///< BCCH-DL-SCH-Message, unpadded
    unsigned period_frames = 16;
};

/// The downlink of a cell (3GPP TS 36.211, 36.212, 36.213).
struct Settings {
    unsigned pci = 301;
    unsigned blocks = 6; ///< 6, 15, 25, 50, 75, 100
    unsigned ports = 1;  ///< 1, 2 or 4
    bool tdd = false;
    unsigned tdd_configuration = 2; ///< of uplink and downlink
    unsigned special_subframe = 7;
    bool normal_prefix = true;
    bool phich_extended = false;
    unsigned phich_resource = 0; ///< Ng: 1/6, 1/2, 1, 2
    unsigned first_frame = 0;    ///< system frame number at the begin
    unsigned format_indicator = 2;
    unsigned aggregation = 4;                  ///< control channel elements of an announcement: 4 or 8
    bool compact = false;                      ///< format 1C instead of 1A
    bool distributed = false;                  ///< format 1A for distributed blocks, as 1C always is
    bool second_gap = false;                   ///< between these, from 50 blocks on
    std::vector<std::uint8_t> first_message{}; ///< SIB1; empty: none is sent
    std::vector<SystemInformation> others{};   ///< in windows of 10 ms, in the order of the schedule
    std::string others_in = "D"; ///< subframes of these directions; special ones hold them where nine symbols are sent
    std::vector<std::vector<std::uint8_t>>
        pagings{};             ///< PCCH-Messages, one in each occasion in turn; empty: none there
    unsigned paging_every = 1; ///< frames
    std::string paging_subframes = "9";
    std::vector<std::vector<std::uint8_t>>
        responses{};                 ///< MAC PDUs that answer random access, one in every `response_every`-th subframe
    unsigned response_every = 7;     ///< subframes; where another message is sent, none
    unsigned preamble_subframe = 1;  ///< in which the preambles were sent
    unsigned preamble_frequency = 0; ///< f_id of 36.321 §5.1.4
    unsigned message_blocks = 6;     ///< resource blocks of a message on the shared channel
    double load = 0.5;               ///< share of the other resource blocks that carry random data
    std::uint64_t seed = 1;          ///< of random data
};

/// What a subframe sends: for each port and symbol the resource elements from the lowest subcarrier up, the one at the
/// carrier left out. Elements have power 1, all ports together.
struct Subframe {
    unsigned symbols = 0;
    unsigned width = 0;
    std::vector<std::vector<Complex>> ports; ///< symbols · width each

    [[nodiscard]] Complex& at(unsigned port, unsigned symbol, unsigned k) { return ports.at(port)[symbol * width + k]; }
    [[nodiscard]] const Complex& at(unsigned port, unsigned symbol, unsigned k) const
    {
        return ports.at(port)[symbol * width + k];
    }
};

/// The paging message of a subframe of the frame with this system frame number; null where there is none, and where
/// system information takes its place.
[[nodiscard]] const std::vector<std::uint8_t>* paging_in(const Settings& settings, unsigned frame, unsigned subframe);

/// The answer to random access in a subframe; null where there is none.
[[nodiscard]] const std::vector<std::uint8_t>* response_in(const Settings& settings, unsigned frame, unsigned subframe);

/// Subframe `number`, counted from the begin of the first frame.
[[nodiscard]] Subframe make_subframe(const Settings& settings, unsigned number);

/// The 24 bits of the master information block in a frame.
[[nodiscard]] Bits master_information(const Settings& settings, unsigned frame);

/// Whether a subframe 0 … 9 is sent by the base station: `D` wholly, `S` its first symbols, `U` not.
[[nodiscard]] char direction(const Settings& settings, unsigned subframe);

/// A type 1 message and two others that fit its schedule, of a cell 452-04 in band 3.
[[nodiscard]] std::vector<std::uint8_t> example_first_message();
[[nodiscard]] std::vector<SystemInformation> example_messages();

} // namespace gacsong::test::lte
