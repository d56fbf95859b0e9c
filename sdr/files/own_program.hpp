// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace gacsong {

/// The folder of the running program, links resolved: what belongs to it (plans, sentences, the receiver's process) is
/// found from there, whatever prefix it was installed under. From /proc, and where that is not mounted from the path
/// the system started it by (getauxval(3)). Empty where neither says anything.
[[nodiscard]] std::filesystem::path own_program_folder();

} // namespace gacsong
