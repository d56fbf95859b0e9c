// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/session.hpp"

#include <optional>

namespace gacsong::gui {

/// Power (of full scale) of a band in the row that holds a moment; nothing where it is not at hand or was lost.
[[nodiscard]] std::optional<double> power_at(const Session& session, double low_hz, double high_hz, double at_s);

} // namespace gacsong::gui
