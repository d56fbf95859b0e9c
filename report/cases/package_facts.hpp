// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/case_records.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong {

struct PackagedFile {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha512;
};

/// What the log of a store knows of an evidence package that was made: enough to write its receipt.
struct PackageFacts {
    std::string file; ///< name without folder
    std::uint64_t bytes = 0;
    std::string sha512; ///< of the whole zip
    std::string key;    ///< public key, base64, one line
    std::string fingerprint;
    std::string made_at; ///< RFC 3339, UTC
    std::string made_by;
    std::vector<PackagedFile> files;
};

/// The details of the log's entry `package-made`, JSON.
[[nodiscard]] std::string package_details(const PackageFacts& facts);

/// The package of a case that was made last. Nothing where there was none, or its entry is none of ours.
[[nodiscard]] std::optional<PackageFacts> last_package(std::span<const AuditEntry> log, const std::string& case_id);

} // namespace gacsong
