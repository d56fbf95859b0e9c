// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/material.hpp"
#include "report/wording/wording.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// What an export is told besides the runs.
struct ExportInput {
    const Wording& words; ///< of descriptions
    const Wording& vi;
    const Wording& en;
    bool byte_order_mark = false;  ///< before a CSV table
    std::string folder;            ///< of the file that is written; for files that name others
    std::vector<Message> warnings; ///< what could not be exported
};

/// Turns runs into one file of a form. Names of columns and members are those of JSON and SQL (contract.md).
class Exporter {
public:
    virtual ~Exporter() = default;
    virtual void add(const papers::RunMaterial& run) = 0;
    /// The whole file.
    [[nodiscard]] virtual std::string finish() = 0;
};

/// By the end of a file's name: `.power.csv` (as rtl_power writes it), `.csv`, `.geojson`, `.kml`, `.jsonl`,
/// `.sigmf-collection`. Null for any other. `input` must outlive it.
[[nodiscard]] std::unique_ptr<Exporter> make_exporter(std::string_view file_name, ExportInput& input);

[[nodiscard]] std::unique_ptr<Exporter> csv_exporter(ExportInput& input);
[[nodiscard]] std::unique_ptr<Exporter> geojson_exporter(ExportInput& input);
[[nodiscard]] std::unique_ptr<Exporter> kml_exporter(ExportInput& input);
[[nodiscard]] std::unique_ptr<Exporter> json_lines_exporter(ExportInput& input);
[[nodiscard]] std::unique_ptr<Exporter> power_exporter(ExportInput& input);
[[nodiscard]] std::unique_ptr<Exporter> collection_exporter(ExportInput& input);

/// Where the receiver of a run was at a time: on its track the last point before, the first one before that; else the
/// place of the run.
[[nodiscard]] std::optional<Place> place_at(const papers::RunMaterial& run, double at_s);

} // namespace gacsong
