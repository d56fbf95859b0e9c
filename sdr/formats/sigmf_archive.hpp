// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "sdr/files/bytes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// A member of an uncompressed tar and where its bytes lie.
struct ArchiveMember {
    std::string path; ///< as the archive has it
    std::uint64_t offset = 0;
    std::uint64_t size = 0; ///< as the archive states it; the file may end before
    bool plain = true;      ///< a file with all its bytes in one place: no link, not sparse
};

/// Lists the members. At most 10 000 are looked at. Nothing is unpacked or written.
/// Errors: `file.bad_header`; `name` is what the sentence calls the file.
[[nodiscard]] Result<std::vector<ArchiveMember>> list_archive(const Bytes& bytes, const std::string& name);

/// Finds the metadata. Errors: `sigmf.archive_without`, `sigmf.archive_many`, `sigmf.archive_member` for a member
/// that is a link, sparse, there twice or named with `..` or from the root.
[[nodiscard]] Result<ArchiveMember> archived_meta(const std::vector<ArchiveMember>& members, const std::string& name);

/// Finds a member by its path. Errors: `sigmf.pair`, `sigmf.archive_member`.
[[nodiscard]] Result<ArchiveMember> archived_member(const std::vector<ArchiveMember>& members, const std::string& path,
                                                    const std::string& name);

/// What an archive holds of its one recording.
struct ArchivedRecording {
    std::string meta_path;
    std::string meta_text;
    ArchiveMember data; ///< its bytes may lie beyond the end of a file that was cut
};

/// Finds both. Errors: `file.empty`, those above and those of reading.
[[nodiscard]] Result<ArchivedRecording> archived_recording(const Bytes& bytes, const std::string& name);

} // namespace gacsong::sdr
