// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/message.hpp"

namespace gacsong {

bool operator==(const Argument& a, const Argument& b) { return a.name == b.name && a.value == b.value; }

bool operator==(const Message& a, const Message& b) { return a.key == b.key && a.arguments == b.arguments; }

} // namespace gacsong
