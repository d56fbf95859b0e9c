// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/window/window.hpp"

#include <functional>
#include <string>

namespace gacsong::gui::test {

/// Loads plan and register as the program does.
[[nodiscard]] Result<Comparison> load_files(const ComparisonFiles& files);

/// A window with the demo recording of the FM band and its register.
[[nodiscard]] WindowStart demo_start(Language language);
[[nodiscard]] std::string demo_recording();

/// Lets the program run until `condition` holds; false where it never does.
[[nodiscard]] bool until(const std::function<bool()>& condition);

/// Until layouts have settled: some rounds of events.
void calm();

/// Until everything was found and every row is whole.
[[nodiscard]] bool settled(Window& window);

} // namespace gacsong::gui::test
