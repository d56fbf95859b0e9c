// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/session.hpp"

#include <optional>

namespace gacsong::gui {

/// Power (of full scale) of a band in the row that holds a moment; nothing where it is not at hand or was lost.
[[nodiscard]] std::optional<double> power_at(const Session& session, double low_hz, double high_hz, double at_s);

/// A level as it is shown: in dBm at the antenna where the receiver's levels are calibrated at that frequency (hertz
/// from the centre), in dBFS elsewhere.
[[nodiscard]] Quantity shown_level(const Session& session, double offset_hz, double level_dbfs);
/// The same of an emission.
[[nodiscard]] Quantity shown_level(const Emission& emission);

} // namespace gacsong::gui
