// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/audit.hpp"
#include "report/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>

namespace gacsong {

/// Runs that cases and inspected devices rest on. Errors: those of the store.
[[nodiscard]] Result<std::set<std::int64_t>> needed_runs(Connection& connection);

/// What a store forgot, or would forget.
struct Forgotten {
    std::size_t runs = 0;
    std::size_t kept = 0; ///< as old, but in a case or measured of an inspected device
};

/// Takes runs out of the store that were stored before `before` and that no case and no inspected device rests on, each
/// with an entry in the log that holds its last hash, so that the chain stays whole and says what is gone. Open runs
/// stay. `only_count`: changes nothing. All in one transaction. Recordings and clips on disk are not touched.
/// Errors: those of the store.
[[nodiscard]] Result<Forgotten> forget_runs(Store& store, const Hand& hand, Instant before, bool only_count);

/// What became of recordings and clips.
struct ForgottenFiles {
    std::size_t files = 0;    ///< recordings and clips, each with its description
    std::uint64_t bytes = 0;  ///< of their samples
    std::size_t kept = 0;     ///< as old, but of a time in which a run was made that a case or a device rests on
    std::size_t not_ours = 0; ///< SigMF of other programs; never touched
};

/// Deletes raw data in a folder and the folders in it: SigMF recordings and clips that this program wrote, whose first
/// sample and whose last change lie before `before`. Links are not followed. What overlaps the time of a run that a
/// case or an inspected device rests on stays, and so does the recording that such a run was made from. Each deletion
/// has an entry in the log with the SHA-512 of the samples; the entry is written before the file goes, and says so
/// where it was gone already. `only_count`: changes nothing. Errors: file.not_found (no folder), output.write (a file
/// that cannot be deleted; those before it are gone and told in the log), those of the store.
[[nodiscard]] Result<ForgottenFiles> forget_files(Store& store, const Hand& hand, const std::filesystem::path& folder,
                                                  Instant before, bool only_count);

} // namespace gacsong
