// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/session.hpp"
#include "report/sinks/levelled.hpp"
#include "sdr/receivers/receiver_link.hpp"

namespace gacsong::app {

/// `gacsong calibrate soapy:… --level`: keeps a table of corrections, or measures a known source and keeps the point.
[[nodiscard]] int calibrate_level(const Arguments& arguments, Session& session);

/// What was kept of the levels of a receiver as it is set now.
[[nodiscard]] KnownLevels known_levels(const sdr::ReceiverFacts& facts);

} // namespace gacsong::app
