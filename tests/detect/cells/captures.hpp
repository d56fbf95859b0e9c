// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/line/line.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace gacsong::test {

/// What a scan for cells told.
struct ScannedCells {
    std::vector<Cell> cells;
    std::vector<BroadcastBlock> blocks;
    std::vector<Message> notes;
};

/// Folder of the recordings with known content; empty where it is absent.
[[nodiscard]] std::filesystem::path captures_folder();

/// The recordings of one set, as its truth.json lists them.
[[nodiscard]] std::vector<nlohmann::json> captures_of(const std::string& set);

/// Scans a recording of a set for cells alone, with format, rate and centre from the truth.
[[nodiscard]] ScannedCells scan_cells(const std::string& set, const nlohmann::json& capture, unsigned threads = 1);

/// Scans any source for cells alone.
[[nodiscard]] ScannedCells scan_cells(SampleSource& source, const History& history, unsigned threads = 1,
                                      double ppm = 0.0);

} // namespace gacsong::test
