// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace gacsong {

/// Names this process so that nobody takes another one for it: start of the computer, number and start of the process.
[[nodiscard]] std::string this_process();

/// Whether the process of that name still runs. One of another computer, or of before the last start, does not.
[[nodiscard]] bool still_runs(std::string_view name);

} // namespace gacsong
