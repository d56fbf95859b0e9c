// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <nlohmann/json.hpp>

namespace gacsong::sdr {

/// An error as it travels between the program and the process that holds a receiver.
[[nodiscard]] nlohmann::json refusal(const Error& error);

/// What came back; `receiver.driver` where it is not an error that refusal() made.
[[nodiscard]] Error refused(const nlohmann::json& message);

} // namespace gacsong::sdr
