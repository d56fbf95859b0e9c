// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "apps/gacsong/mission/schedule.hpp"
#include "dsp/result.hpp"
#include "report/wording/wording.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gacsong::app {

/// One thing that a sensor does at certain times.
struct Mission {
    std::string name;
    Schedule schedule;
    Arguments arguments; ///< of `scan`, `sweep` or `record`; without its length
};

/// Reads a file of missions (TOML, at most 1 MiB, docs/receivers.md): `receiver`, `zone` (+07:00), options of the
/// commands for all missions that take them, and tables `[[mission]]` with `name`, `do` (scan, sweep, record), `at`
/// (times), `every` (a duration from midnight on) or neither, `days`, `for`, and options under their long names. `path`
/// and `words` are for the sentences. Errors, all Fault::usage: config.broken, mission.none, mission.key (names the
/// nearest known one), mission.value, mission.missing, mission.both, mission.same, mission.option (what the command
/// says of an option).
[[nodiscard]] Result<std::vector<Mission>> parse_missions(std::string_view toml, const std::string& path,
                                                          const Wording& words);

/// The same of a file of at most 1 MiB. Errors: those of read_text_file().
[[nodiscard]] Result<std::vector<Mission>> read_missions(const std::string& path, const Wording& words);

} // namespace gacsong::app
