// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::evidence {

/// A file of a package: its name there, and where its bytes come from.
struct ZipEntry {
    std::string name;
    std::string text;           ///< the bytes themselves, where `path` is empty
    std::filesystem::path path; ///< or the file that holds them
};

/// Writes a zip, the entries in their order, all dated `at`. The file appears under its name when it is whole.
/// Errors: output.write.
[[nodiscard]] Status write_zip(const std::filesystem::path& file, std::span<const ZipEntry> entries, Instant at);

/// Calls begin(name) for each file of a zip and data(bytes) for its contents piece by piece. At most 100 000 files.
/// Errors: file.not_found, verify.broken (no zip, or broken off; with what the library says), verify.broken_at (the
/// same within the contents of a file that is named).
[[nodiscard]] Status read_zip(const std::filesystem::path& file, const std::function<void(const std::string&)>& begin,
                              const std::function<void(std::span<const std::byte>)>& data);

} // namespace gacsong::evidence
