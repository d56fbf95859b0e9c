// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/messages/reading.hpp"

namespace gacsong::detect::gsm {

/// Counts what a paging request or an immediate assignment holds; false for any other message. Of an identity only its
/// type is looked at: no digit of it is read.
[[nodiscard]] bool read_phone_message(const Octets& octets, Reading& out);

} // namespace gacsong::detect::gsm
