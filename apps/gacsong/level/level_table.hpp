// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"
#include "sdr/receivers/levels.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gacsong::app {

/// Points of a table (CSV with a heading): `center_hz` and `offset_db` (dBm at the receiver's socket minus dBFS), and
/// where they are there `u_db` (k = 2; otherwise `usual_u_db`), `cable_db` (loss between antenna and socket, added) and
/// `cable_u_db`. Rows that cannot be read are told of in `problems` and left out. Errors: table.empty,
/// register.columns, table.too_many_rows, level.no_rows.
[[nodiscard]] Result<std::vector<sdr::LevelPoint>> parse_level_table(std::string_view text, const std::string& name,
                                                                     double usual_u_db, Instant when,
                                                                     std::vector<Message>& problems);

} // namespace gacsong::app
