// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/cases/case_records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

class Connection;

/// Who acts on the store, and when. Stated by the caller, so that what is written depends on nothing else.
struct Hand {
    std::string who;
    Instant at;
};

/// The user of this computer and its clock.
[[nodiscard]] Hand present_hand();

/// Adds an entry to the log of a store, within the transaction of what it tells of. `details`: JSON.
/// Errors: as Connection::run().
[[nodiscard]] Status append_audit(Connection& connection, const Hand& hand, const std::string& action,
                                  const std::string& subject, const std::string& details);

/// SHA-512 over the fields of an entry but its own hash.
[[nodiscard]] std::string audit_hash(const AuditEntry& entry);

/// SHA-512 over the rows of a run in all tables, independent of their order. What is NULL does not count, so a column
/// that a later version adds changes nothing. Errors: as Connection::run().
[[nodiscard]] Result<std::string> run_hash(Connection& connection, std::int64_t run);

/// What an examination of a store's log found.
struct AuditReport {
    std::uint64_t entries = 0;
    std::uint64_t runs = 0;        ///< whose rows were compared with their hash
    std::uint64_t cases = 0;       ///< likewise
    std::string head;              ///< hash of the last entry; empty: no entries
    std::vector<Message> problems; ///< a sentence for each thing that was changed, is missing or was added
};

/// Goes through the log from its first entry: holes, changed entries, a cut end, runs and cases (with their notes and
/// inspected devices) whose rows were changed, taken away or added without an entry, totals that are not true. A store
/// whose whole log was written anew by somebody who knows how cannot be told from a true one by this; the hash of its
/// last entry in a signed package can. Errors: as Connection::run().
[[nodiscard]] Result<AuditReport> examine_audit(Connection& connection);

[[nodiscard]] Result<std::vector<AuditEntry>> audit_entries(Connection& connection);

} // namespace gacsong
