// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gacsong {

class Connection;

/// Names this process so that nobody takes another one for it: start of the computer, number and start of the process.
[[nodiscard]] std::string this_process();

/// Whether the process of that name still runs. One of another computer, or of before the last start, does not.
[[nodiscard]] bool still_runs(std::string_view name);

/// Says that an open run is being written here. Programs on several computers share a server and cannot ask for each
/// other's processes; there a lock of the session stands for the writer, which goes with it. Errors: as
/// Connection::exec().
[[nodiscard]] Status claim_run(Connection& connection, std::int64_t run);

/// Nothing is written here any more. Errors: as Connection::exec().
[[nodiscard]] Status let_go_of_runs(Connection& connection);

/// Whether somebody else still writes an open run; within a transaction that writes. Errors: as Connection::exec().
[[nodiscard]] Result<bool> still_written(Connection& connection, std::int64_t run, std::string_view writer);

} // namespace gacsong
