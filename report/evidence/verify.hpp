// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/evidence/keys.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::evidence {

/// What a look into a package found.
struct Verification {
    std::vector<std::string> changed; ///< names of files whose bytes are not those of SHA512SUMS
    std::vector<std::string> missing;
    std::vector<std::string> added;
    bool signature_valid = false;
    std::string key;                    ///< fingerprint of office.pub; empty: there is none
    std::optional<std::string> trusted; ///< name under which the key is trusted here
    std::size_t files = 0;              ///< that match

    [[nodiscard]] bool contents_whole() const { return changed.empty() && missing.empty() && added.empty(); }
    [[nodiscard]] bool good() const { return contents_whole() && signature_valid; }
};

/// Checks every byte of every file of a package. Bytes of the zip around the files (their dates, for example) belong to
/// no file; the hash of the whole zip, which is told when it is made, covers them too. Errors: file.not_found,
/// verify.broken, verify.no_sums (no package of ours).
[[nodiscard]] Result<Verification> verify_package(const std::filesystem::path& file,
                                                  const std::vector<TrustedKey>& trusted);

} // namespace gacsong::evidence
