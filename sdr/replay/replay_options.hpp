// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "sdr/recording.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace gacsong::sdr {

/// What a `driver=replay` device is told: what to play and which faults to show.
struct ReplayOptions {
    std::string file;
    InputFlags flags;                     ///< `rate`, `type`, `center` for recordings that do not say them
    bool loop = false;                    ///< begins again at the end; else the last block carries END_BURST
    double speed = 1.0;                   ///< real time; 0: as fast as the samples are taken
    double ppm = 0.0;                     ///< error of the pretended receiver's clock
    std::optional<double> dc_dbfs;        ///< level of a line at the tuned centre, as receivers without an intermediate
                                          ///< frequency have it
    std::optional<double> image_db;       ///< level of the image against the signal: -30
    double time_scale = 1.0;              ///< by so much the time stamps run fast, as in one packaged driver
    std::optional<double> drop_every_s;   ///< seconds of signal between overflows
    double drop_s = 0.05;                 ///< lost at each
    std::optional<double> unplug_after_s; ///< from then on every read times out
    std::optional<double> freeze_after_s; ///< from then on a read never returns
    std::optional<double> timeout_every_s;
    std::string present; ///< the device is plugged in only as long as this file exists; empty: always
    std::string serial = "replay";
};

/// Reads the arguments of a device. Errors: `replay.option` (names the key), `replay.no_file`.
[[nodiscard]] Result<ReplayOptions> replay_options(const std::map<std::string, std::string>& args);

/// Whether a file may be played: where `folder` is set only what lies in it, links followed. A server that serves
/// others must have it set. Error: `replay.folder`.
[[nodiscard]] Status replay_permitted(const std::string& file, const std::optional<std::string>& folder, bool served);

} // namespace gacsong::sdr
