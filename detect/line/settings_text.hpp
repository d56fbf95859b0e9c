// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/resolution.hpp"

#include <string>
#include <vector>

namespace gacsong::detect {

/// What decides the result of a scan, as `key=value` for the log, JSON and the store.
[[nodiscard]] std::vector<std::string> settings_text(const Resolutions& resolutions);

} // namespace gacsong::detect
