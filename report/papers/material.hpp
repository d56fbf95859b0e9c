// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/cases.hpp"
#include "report/cases/package_facts.hpp"
#include "report/inspections/inspections.hpp"
#include "report/rows/timeline.hpp"
#include "sdr/recording.hpp"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace gacsong::papers {

/// A run that a case rests on.
struct RunMaterial {
    StoredRun stored;
    std::vector<Emission> emissions;
    std::vector<Cell> cells;
    std::vector<Finding> findings;
    std::vector<Gap> gaps;
    std::vector<Message> warnings;
    std::vector<TrackPoint> track;
};

/// One emission or cell of a case with the findings on it.
struct Subject {
    std::int64_t run = 0;
    std::optional<Emission> emission;
    std::optional<Cell> cell;
    std::vector<Finding> findings;

    /// `e2`, `c1`; `–` where neither is in the store any more.
    [[nodiscard]] std::string id() const { return emission ? emission->id : cell ? cell->id : "–"; }
};

/// Everything that papers of a case are made from.
struct CaseMaterial {
    CaseContents contents;
    std::map<std::int64_t, RunMaterial> runs;
    std::vector<Subject> subjects; ///< in the order in which they came into the case
    std::vector<InspectedDevice> devices;
    std::optional<PackageFacts> package; ///< made last
    std::vector<AuditEntry> log;         ///< entries about the case
};

/// Reads a case and what it names from the store. Errors: case.unknown, those of the store.
[[nodiscard]] Result<CaseMaterial> gather_case(Store& store, const std::string& case_id);

/// Reads of a run only what it says of itself and where the receiver was. Errors: as gather_run().
[[nodiscard]] Result<RunMaterial> gather_facts(Store& store, std::int64_t number);

/// Reads a run from the store. Errors: case.no_run, those of the store.
[[nodiscard]] Result<RunMaterial> gather_run(Store& store, std::int64_t number);

/// A recording opened again with what its run says of it.
struct Reopened {
    sdr::Opened opened;
    Timeline timeline;
};

/// Opens the recording of a run once more. Errors: those of sdr::open_recording(); papers.other_recording where it is
/// no longer the one that was scanned (length or rate differ).
[[nodiscard]] Result<Reopened> reopen(const Run& run, const End& end);
/// The same from where the recording lies now.
[[nodiscard]] Result<Reopened> reopen(const RunMaterial& run);

} // namespace gacsong::papers
