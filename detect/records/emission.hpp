// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/fields.hpp"
#include "dsp/message.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// How far a measurement can be trusted (design.md §4): below `fair` an emission is shown, never a finding.
enum class Quality { poor, fair, good };

/// Result of comparing an emission with plan and register (contract.md §2).
enum class Verdict { licensed, exempt, network, unlicensed, violation, protected_band, unknown, ignored };

/// Expanded uncertainty, coverage factor k = 2.
struct Uncertainty {
    double center_hz = 0.0;
    double bandwidth_hz = 0.0;
    double power_db = 0.0;
    std::optional<double> level_db; ///< of power_dbm, that of the calibration included
    static constexpr auto fields = std::tuple{
        Field{"center_hz", &Uncertainty::center_hz},
        Field{"bandwidth_hz", &Uncertainty::bandwidth_hz},
        Field{"power_db", &Uncertainty::power_db},
        Field{"level_db", &Uncertainty::level_db},
    };
};

/// One stretch of transmission, seconds from the start of the recording.
struct Burst {
    double start_s = 0.0;
    double end_s = 0.0;
    static constexpr auto fields = std::tuple{Field{"start_s", &Burst::start_s}, Field{"end_s", &Burst::end_s}};
};

struct Modulation {
    std::string name = "unknown"; ///< one of contract.md §2
    double confidence = 0.0;      ///< 0 … 1
    std::optional<double> symbol_rate_hz;
    std::optional<double> deviation_hz;
    static constexpr auto fields = std::tuple{
        Field{"name", &Modulation::name},
        Field{"confidence", &Modulation::confidence},
        Field{"symbol_rate_hz", &Modulation::symbol_rate_hz},
        Field{"deviation_hz", &Modulation::deviation_hz},
    };
};

struct System {
    std::string name = "unknown";
    double confidence = 0.0;
    std::map<std::string, std::string> identity;
    static constexpr auto fields = std::tuple{
        Field{"name", &System::name},
        Field{"confidence", &System::confidence},
        Field{"identity", &System::identity},
    };
};

struct LicenceMatch {
    std::string id;
    std::string holder;
    static constexpr auto fields = std::tuple{Field{"id", &LicenceMatch::id}, Field{"holder", &LicenceMatch::holder}};
};

/// Why a verdict was given: a sentence in both languages and the text it rests on.
struct Reason {
    std::string rule; ///< id of the rule, or the verdict's code
    Message message;
    std::string reference; ///< quoted from the plan row; empty where none
};

/// What one transmitter sent, as far as it was received. Frequencies in hertz, times in seconds from the start of
/// the recording, levels in dBFS.
struct Emission {
    std::string id;                  ///< `e1`, `e2`, … in the order of the output
    std::optional<double> center_hz; ///< absent where the recording's centre is unknown
    double offset_hz = 0.0;          ///< from the centre of the recording
    std::optional<double> low_hz;    ///< edges of the occupied bandwidth
    std::optional<double> high_hz;
    double bandwidth_hz = 0.0;               ///< 99 % occupied bandwidth, or an estimate (see bandwidth_estimate)
    std::optional<double> bandwidth_26db_hz; ///< width at −26 dB, where the SNR allows it
    bool bandwidth_estimate = false;         ///< SNR or number of bins too low to state an occupied bandwidth
    double power_dbfs = 0.0;                 ///< mean while it transmits, floor subtracted
    std::optional<double> power_dbm;         ///< the same at the antenna, where the receiver's levels are calibrated
    double snr_db = 0.0;                     ///< in its own bandwidth
    double start_s = 0.0;
    double end_s = 0.0;
    std::optional<Instant> start;
    std::optional<Instant> end;
    std::uint64_t bursts = 1;
    double duty = 1.0;              ///< time on / time from start to end
    std::optional<double> period_s; ///< of a pulsed transmitter
    Quality quality = Quality::poor;
    std::vector<Message> quality_reasons; ///< what keeps it from being better
    Uncertainty uncertainty;
    Modulation modulation;
    System system;
    std::vector<Message> recognition; ///< what was seen of it, and what was not
    std::string designator;
    std::string service; ///< of the plan, English key
    std::optional<LicenceMatch> licence;
    Verdict verdict = Verdict::unknown;
    std::vector<Reason> reasons;
    bool clipped = false;          ///< the receiver was at its limit while it was on
    std::vector<Burst> burst_list; ///< at most 2 000

    static constexpr auto fields = std::tuple{
        Field{"id", &Emission::id},
        Field{"center_hz", &Emission::center_hz},
        Field{"offset_hz", &Emission::offset_hz},
        Field{"low_hz", &Emission::low_hz},
        Field{"high_hz", &Emission::high_hz},
        Field{"bandwidth_hz", &Emission::bandwidth_hz},
        Field{"bandwidth_26db_hz", &Emission::bandwidth_26db_hz},
        Field{"bandwidth_estimate", &Emission::bandwidth_estimate},
        Field{"power_dbfs", &Emission::power_dbfs},
        Field{"power_dbm", &Emission::power_dbm},
        Field{"snr_db", &Emission::snr_db},
        Field{"start_s", &Emission::start_s},
        Field{"end_s", &Emission::end_s},
        Field{"start", &Emission::start},
        Field{"end", &Emission::end},
        Field{"bursts", &Emission::bursts},
        Field{"duty", &Emission::duty},
        Field{"period_s", &Emission::period_s},
        Field{"quality", &Emission::quality},
        Field{"quality_reasons", &Emission::quality_reasons},
        Field{"uncertainty", &Emission::uncertainty},
        Field{"modulation", &Emission::modulation},
        Field{"system", &Emission::system},
        Field{"recognition", &Emission::recognition},
        Field{"designator", &Emission::designator},
        Field{"service", &Emission::service},
        Field{"licence", &Emission::licence},
        Field{"verdict", &Emission::verdict},
        Field{"reasons", &Emission::reasons},
        Field{"clipped", &Emission::clipped},
        Field{"burst_list", &Emission::burst_list},
    };
};

} // namespace gacsong
