// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/audit.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// SHA-512 over the rows of a case: its file, items, notes and inspected devices. Errors: as Connection::run().
[[nodiscard]] Result<std::string> case_hash(Connection& connection, const std::string& case_id);

/// Adds an entry about a case to the log. The last entry of a change (`last`) carries the hash of the case's rows as
/// they stand, so that rows which change behind the log are found. `details`: a JSON object.
/// Errors: as Connection::run().
[[nodiscard]] Status append_case_audit(Connection& connection, const Hand& hand, const std::string& action,
                                       const std::string& case_id, const std::string& details, bool last = true);

/// Cases as the log tells of them.
class LoggedCases {
public:
    void take(const AuditEntry& entry);
    /// Compares them with their rows; a sentence for each that was changed, is missing or was added. A case that an
    /// older version changed last has no hash and is not compared. Gives how many were. Errors: as Connection::run().
    [[nodiscard]] Result<std::uint64_t> examine(Connection& connection, std::vector<Message>& problems) const;

private:
    std::map<std::string, std::optional<std::string>> hashes_;
};

} // namespace gacsong
