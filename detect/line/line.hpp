// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "detect/rules/judge.hpp"
#include "detect/signatures/helper_programs.hpp"
#include "detect/sink.hpp"
#include "dsp/sample_source.hpp"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace gacsong {

/// What a scan may be told. Results never depend on `threads` nor on how the source cuts its blocks.
struct LineSettings {
    std::string program;          ///< name and version for `run`
    unsigned threads = 0;         ///< 0: all cores
    std::optional<double> from_s; ///< part of the recording, seconds from its start
    std::optional<double> to_s;
    std::optional<double> announce_after_s; ///< tells of what has been on for so long and still is (Sink::started)
    bool emissions = true;                  ///< look for emissions
    bool cells = true;                      ///< look for base stations
    bool recognise = true;                  ///< say what emissions are
    const detect::HelperPrograms* helpers = nullptr; ///< programs that may be asked; must outlive the scan
    double clock_ppm = 50.0;                         ///< half-width of the receiver's clock error, for uncertainties
    bool clock_known = false;                        ///< clock_ppm was measured or stated
    double clock_correction_ppm = 0.0; ///< `--ppm`: the receiver's clock error, taken out of every frequency
};

/// Scans `source` to its end (or until `stop`), and tells `sinks` what was found. `history` reads the same samples
/// again. Returns what was written to Sink::end; an Error only where not a single sample could be read.
[[nodiscard]] Result<End> run_line(SampleSource& source, const History& history, const Judge& judge,
                                   const LineSettings& settings, std::span<Sink* const> sinks, std::stop_token stop);

} // namespace gacsong
