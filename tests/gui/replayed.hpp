// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/input_text.hpp"

#include <string>

namespace gacsong::gui::test {

/// A receiver that plays the demo recording: `options` of the replay driver, parted by commas. Tests that listen to it
/// set SOAPY_SDR_PLUGIN_PATH.
[[nodiscard]] ReceiverChoice replayed(const std::string& options = "loop=1");

} // namespace gacsong::gui::test
