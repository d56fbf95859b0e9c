// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/values.hpp"
#include "dsp/message.hpp"
#include "dsp/sample_format.hpp"
#include "report/papers/office.hpp"
#include "report/summary/period.hpp"
#include "report/wording/language.hpp"
#include "sdr/position/gpsd_client.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gacsong::app {

/// What can stand in a settings file as well as on the command line (contract.md §5).
struct Settings {
    std::optional<std::string> store; ///< as --store
    std::optional<std::string> plan;
    std::optional<Language> lang;
    std::optional<std::string> register_file;
    std::vector<std::string> cells_files; ///< registers of base stations; empty: none
    std::optional<std::string> blocks_file;
    std::optional<std::string> ignore_file;
    std::optional<Coordinates> place;
    std::optional<double> ppm;
    std::optional<unsigned> threads; ///< 0: all cores
    Office office;                   ///< table `[office]`; not on the command line
};

/// What the commands about cases and papers take.
struct OfficeArguments {
    std::string id;   ///< of a new case
    std::string kind; ///< of a note
    std::string state;
    std::string addressee;                     ///< of a letter
    std::string paper;                         ///< which one; empty: the report
    std::optional<summary::Period> summary;    ///< of `report`: instead of a case
    std::optional<summary::Period> days;       ///< of `export`: of all runs
    std::optional<std::uint64_t> device;       ///< number of an inspected one, to be changed
    std::optional<double> older_s;             ///< of `forget`
    bool yes = false;                          ///< do it, not only count
    bool dry_run = false;                      ///< only count, which is what happens without either
    bool byte_order_mark = false;              ///< before a table
    std::map<std::string, std::string> fields; ///< of a case: reason, address, people, conditions, documents
};

/// Everything that a command line says.
struct Arguments {
    std::string command;
    std::vector<std::string> words; ///< INPUT…, ID, or what to list
    Settings settings;              ///< from flags alone, until load_settings() puts the files below them
    std::optional<double> center_hz;
    std::optional<double> rate_hz;
    std::optional<SampleFormat> type;
    std::optional<Instant> start;
    std::optional<double> from_s;
    std::optional<double> to_s;
    std::optional<double> stop_after_s;                 ///< live: -T
    std::optional<std::map<std::string, double>> gains; ///< of a receiver, by element
    std::optional<std::string> antenna;
    std::optional<Span> span;                ///< of `sweep`, `occupancy` and `export`
    std::optional<double> margin_db;         ///< of `occupancy`: threshold above the floor
    std::optional<double> dwell_s;           ///< of each look of `sweep`
    std::optional<unsigned> rounds;          ///< of `sweep`
    std::optional<double> carrier_hz;        ///< of `calibrate`
    bool level = false;                      ///< of `calibrate`: levels, not the clock
    std::optional<std::string> level_table;  ///< file of corrections
    std::optional<double> power_dbm;         ///< of a known source
    std::optional<double> u_db;              ///< of table or source, k = 2
    std::optional<sdr::GpsdAddress> gpsd;    ///< who knows where the receiver is
    std::optional<std::string> clips;        ///< folder for clips of what was found
    std::optional<std::string> record;       ///< name of a recording to make beside the scan
    std::optional<std::uint64_t> most_bytes; ///< of a recording
    std::string trigger;                     ///< `emissions` or `findings`: record these; empty: everything
    EventTimes events;                       ///< how much of them
    std::optional<std::int64_t> run;         ///< number of a run in the store
    std::optional<std::string> gsmtap;       ///< file, or udp://HOST:PORT
    std::optional<std::string> only;         ///< `cells` or `emissions`; otherwise both
    std::string config_file;
    std::string output;                                ///< file of `render`
    std::optional<std::pair<unsigned, unsigned>> size; ///< of a picture, pixels
    std::string theme;                                 ///< `light`, `dark`; empty: default
    std::string map;                                   ///< colours of a waterfall; empty: default
    OfficeArguments office;
    bool json = false;
    bool check = false;        ///< of `mission`: only say what would be done
    bool of_a_mission = false; ///< others follow
    bool annotate = false;
    bool no_store = false;
    bool no_recognise = false;
    bool swap_iq = false;
    bool verbose_bursts = false;
    bool fail_on_findings = false;
    bool force = false;
    bool quiet = false;
    bool verbose = false;
    bool help = false;
    bool version = false;
};

} // namespace gacsong::app
