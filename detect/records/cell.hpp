// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/fields.hpp"
#include "dsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace gacsong {

/// A field of a broadcast message. A name says quantity and unit; lists are channels, in the order of their numbers.
using BroadcastValue = std::variant<bool, std::int64_t, std::string, std::vector<std::int64_t>>;
using BroadcastFields = std::vector<std::pair<std::string, BroadcastValue>>;

/// A broadcast message that was decoded, once for each content.
struct CellMessage {
    std::string name;    ///< `SI3`, `SI2quater`, `MIB`, `SIB1`, …
    std::string channel; ///< `BCCH`, …
    std::string hex;     ///< GSM: the 23 octets of the L2 block; LTE: the PDU without padding
    std::uint64_t count = 0;
    BroadcastFields contents;
    std::optional<double> first_s{}; ///< when it was received first and last, seconds from the start of the recording;
    std::optional<double> last_s{};  ///< only the judge of the same run knows, no output has them
    bool operator==(const CellMessage&) const = default;
};

/// A carrier that a cell says phones shall listen to.
struct Neighbour {
    std::string technology;
    std::uint64_t channel = 0; ///< ARFCN, UARFCN or EARFCN
    std::optional<std::uint64_t> priority;
    bool operator==(const Neighbour&) const = default;
};

/// Paging and what answers phones' first contacts, counted. Nothing of whom they were for is ever kept.
struct Paging {
    std::uint64_t blocks =
        0; ///< GSM: of paging and access grant channels that were decoded; LTE: occasions listened to
    std::uint64_t requests = 0;               ///< messages that name at least one identity
    std::uint64_t empty_requests = 0;         ///< messages that name none
    std::uint64_t identities = 0;             ///< named in all
    std::optional<double> imsi_share;         ///< of the identities, 0 … 1
    std::optional<std::uint64_t> assignments; ///< GSM: immediate assignments, extended ones twice
    std::optional<std::uint64_t> rejects;     ///< GSM: immediate assignment rejects
    std::optional<double> requests_per_min;
    std::optional<double> assignments_per_min;
    std::optional<std::uint64_t> information_changes; ///< LTE: messages that say that the system information changes
    std::optional<std::uint64_t> etws_indications;    ///< LTE: messages that announce a warning of earthquakes
    std::optional<std::uint64_t> cmas_indications;    ///< LTE: messages that announce a public warning
    std::optional<std::uint64_t> responses;           ///< LTE: to random access, one for each preamble
    std::optional<double> responses_per_min;
    std::optional<double> responses_share;            ///< of the time that could be listened to for them, 0 … 1
    std::optional<std::uint64_t> backoff_indications; ///< LTE: messages that tell phones to try again later
    static constexpr auto fields = std::tuple{
        Field{"blocks", &Paging::blocks},
        Field{"requests", &Paging::requests},
        Field{"empty_requests", &Paging::empty_requests},
        Field{"identities", &Paging::identities},
        Field{"imsi_share", &Paging::imsi_share},
        Field{"assignments", &Paging::assignments},
        Field{"rejects", &Paging::rejects},
        Field{"requests_per_min", &Paging::requests_per_min},
        Field{"assignments_per_min", &Paging::assignments_per_min},
        Field{"information_changes", &Paging::information_changes},
        Field{"etws_indications", &Paging::etws_indications},
        Field{"cmas_indications", &Paging::cmas_indications},
        Field{"responses", &Paging::responses},
        Field{"responses_per_min", &Paging::responses_per_min},
        Field{"responses_share", &Paging::responses_share},
        Field{"backoff_indications", &Paging::backoff_indications},
    };
};

/// An indicator that fired, with what it weighs (docs/decisions/0008-cells.md).
struct CellIndicator {
    std::string code; ///< `R02`
    double weight = 0.0;
    double q = 0.0; ///< quality, 0.5 or 1
    std::string group;
    double points = 0.0; ///< q · weight
    bool core = false;   ///< a legitimate cell has no reason to show it
    Message reason;
    bool operator==(const CellIndicator&) const = default;
};

/// Points of a group of indicators after cap and register trust.
struct CellGroup {
    std::string group;
    double points = 0.0;
    bool operator==(const CellGroup&) const = default;
};

/// An indicator that could not be evaluated; not the same as absent.
struct CellLeftOut {
    std::string code;
    Message reason;
    bool operator==(const CellLeftOut&) const = default;
};

/// A base station and what it broadcasts (contract.md §2). What was not decoded is absent.
struct Cell {
    std::string id; ///< `c1`, `c2`, … in the order of the output
    std::string technology;
    std::string band;                     ///< empty where the frequency is not known
    std::optional<std::uint64_t> channel; ///< ARFCN or EARFCN
    std::optional<double> carrier_hz;     ///< nominal
    std::string plmn;                     ///< `452-04`
    std::optional<std::uint64_t> area;    ///< LAC or TAC
    std::optional<std::uint64_t> cell;    ///< CI or 28-bit identity
    std::optional<std::uint64_t> bsic;    ///< NCC · 8 + BCC
    std::optional<double> level_dbfs;
    std::optional<double> level_dbm; ///< at the antenna, where the receiver's levels are calibrated
    std::optional<double> snr_db;    ///< GSM: in 270.833 kHz
    std::optional<double> offset_hz; ///< of the cell from its nominal carrier, the receiver's known error taken out
    double baseband_hz = 0.0;        ///< from the centre of the recording, as received
    std::optional<double> ppm;       ///< clock error of the cell against the receiver's, as far as that is known
    double first_s = 0.0;            ///< start of the first frame in which something was decoded
    double last_s = 0.0;
    std::optional<Instant> start;                 ///< UTC of first_s
    std::optional<std::uint64_t> frame_number;    ///< at first_s
    std::optional<double> frame_start_s;          ///< start of the first whole frame of the recording
    std::optional<bool> cbch;                     ///< a cell broadcast channel is announced
    std::optional<std::uint64_t> pci;             ///< LTE: physical cell identity, 0 … 503
    std::optional<std::string> duplex;            ///< LTE: `fdd` or `tdd`
    std::optional<std::string> cyclic_prefix;     ///< LTE: `normal` or `extended`
    std::optional<std::uint64_t> ports;           ///< LTE: antenna ports, 1, 2 or 4
    std::optional<std::uint64_t> resource_blocks; ///< LTE: of the downlink, 6 … 100
    std::optional<std::string> phich;             ///< LTE: `normal` or `extended` and Ng, `normal 1/6`
    std::optional<std::uint64_t> sfn;             ///< LTE: system frame number at first_s
    std::optional<double> rsrp_dbfs;              ///< LTE: power of a reference signal's resource element
    std::optional<double> rsrq_db;                ///< LTE: share of it in what is received in a resource block
    std::optional<double> pdsch_share;            ///< LTE: of the resource blocks that carry data, 0 … 1
    std::optional<double> phase_error_deg;        ///< GSM: of the modulation, root mean square
    std::optional<double> phase_error_peak_deg;   ///< GSM: largest of a burst, mean over bursts
    std::optional<double> reference_evm_percent;  ///< LTE: error vector of the reference signals
    std::vector<std::string> decoded;             ///< names of the messages
    std::vector<CellMessage> messages;
    std::vector<Neighbour> neighbours;
    std::optional<Paging> paging;
    std::optional<std::uint64_t> score; ///< 0 … 100; absent where the cell was not judged
    std::string verdict; ///< `registered`, `unregistered`, `suspect`, `fake`, `foreign`, `unknown`; empty: not judged
    std::optional<Message> reason; ///< the verdict as a sentence
    std::vector<CellIndicator> indicators;
    std::vector<CellGroup> groups;
    std::vector<CellLeftOut> left_out;

    static constexpr auto fields = std::tuple{
        Field{"id", &Cell::id},
        Field{"technology", &Cell::technology},
        Field{"band", &Cell::band},
        Field{"channel", &Cell::channel},
        Field{"carrier_hz", &Cell::carrier_hz},
        Field{"plmn", &Cell::plmn},
        Field{"area", &Cell::area},
        Field{"cell", &Cell::cell},
        Field{"bsic", &Cell::bsic},
        Field{"level_dbfs", &Cell::level_dbfs},
        Field{"level_dbm", &Cell::level_dbm},
        Field{"snr_db", &Cell::snr_db},
        Field{"offset_hz", &Cell::offset_hz},
        Field{"baseband_hz", &Cell::baseband_hz},
        Field{"ppm", &Cell::ppm},
        Field{"first_s", &Cell::first_s},
        Field{"last_s", &Cell::last_s},
        Field{"start", &Cell::start},
        Field{"frame_number", &Cell::frame_number},
        Field{"frame_start_s", &Cell::frame_start_s},
        Field{"cbch", &Cell::cbch},
        Field{"pci", &Cell::pci},
        Field{"duplex", &Cell::duplex},
        Field{"cyclic_prefix", &Cell::cyclic_prefix},
        Field{"ports", &Cell::ports},
        Field{"resource_blocks", &Cell::resource_blocks},
        Field{"phich", &Cell::phich},
        Field{"sfn", &Cell::sfn},
        Field{"rsrp_dbfs", &Cell::rsrp_dbfs},
        Field{"rsrq_db", &Cell::rsrq_db},
        Field{"pdsch_share", &Cell::pdsch_share},
        Field{"phase_error_deg", &Cell::phase_error_deg},
        Field{"phase_error_peak_deg", &Cell::phase_error_peak_deg},
        Field{"reference_evm_percent", &Cell::reference_evm_percent},
        Field{"decoded", &Cell::decoded},
        Field{"messages", &Cell::messages},
        Field{"neighbours", &Cell::neighbours},
        Field{"paging", &Cell::paging},
        Field{"score", &Cell::score},
        Field{"verdict", &Cell::verdict},
        Field{"reason", &Cell::reason},
        Field{"indicators", &Cell::indicators},
        Field{"groups", &Cell::groups},
        Field{"left_out", &Cell::left_out},
    };
};

/// A broadcast block as it was decoded, for outputs that keep each (GSMTAP). Never a block that is meant for phones.
struct BroadcastBlock {
    std::string technology;
    std::string channel;                ///< `BCCH`; LTE: `BCCH-BCH` or `BCCH-DL-SCH`
    std::optional<std::uint64_t> arfcn; ///< or EARFCN
    bool pcs = false;                   ///< the ARFCN is one of 1900 MHz
    std::uint64_t frame_number = 0;     ///< of its first burst; LTE: system frame number
    unsigned timeslot = 0;
    unsigned subslot = 0; ///< LTE: subframe
    double level_dbfs = 0.0;
    double snr_db = 0.0;
    double at_s = 0.0; ///< seconds from the start of the recording
    std::optional<Instant> at;
    std::vector<std::uint8_t> octets;
};

} // namespace gacsong
