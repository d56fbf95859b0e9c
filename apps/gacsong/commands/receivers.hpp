// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace gacsong::app {

/// What a driver says of a receiver that is plugged in.
using FoundReceiver = std::map<std::string, std::string>;

struct PluggedIn {
    std::vector<FoundReceiver> receivers;
    std::vector<Message> problems; ///< drivers that did not answer
};

/// Asks each installed driver in a process of its own: one that hangs or crashes takes no other with it.
[[nodiscard]] Result<PluggedIn> plugged_in();

/// What to give to `gacsong scan`: `soapy:driver=rtlsdr,serial=00000001`.
[[nodiscard]] std::string address(const FoundReceiver& receiver);

/// Address of the one receiver that is plugged in. Errors: device.none, device.several.
[[nodiscard]] Result<std::string> only_receiver();

} // namespace gacsong::app
