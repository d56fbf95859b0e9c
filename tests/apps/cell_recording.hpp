// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace gacsong::test {

/// A recording of 1.9 s, cs8 at 13/24 MS/s: the cell 452-04, LAC 12001, CI 30121, `offset_hz` from the centre.
[[nodiscard]] std::filesystem::path cell_recording(const std::filesystem::path& folder, double offset_hz = 0.0);

} // namespace gacsong::test
