// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gacsong::evidence {

/// A key whose packages are trusted.
struct TrustedKey {
    std::string name;
    std::string public_pem;
};

/// The office's keys: `office.key` (readable by its owner alone), `office.pub`, and `trusted/NAME.pub`.
class Keys {
public:
    explicit Keys(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Makes the office's pair and gives the public key. Errors: key.exists, output.write, key.failed.
    [[nodiscard]] Result<std::string> make();
    /// Errors: evidence.key (there is none yet), key.broken.
    [[nodiscard]] Result<std::string> private_pem() const;
    [[nodiscard]] Result<std::string> public_pem() const;
    /// Trusts a public key under a name of letters, digits, `-` and `_`. Errors: key.name, key.broken, key.exists,
    /// file.not_found, output.write.
    [[nodiscard]] Status trust(const std::string& name, const std::filesystem::path& public_file);
    /// The office's own first, named `office`.
    [[nodiscard]] std::vector<TrustedKey> trusted() const;

    [[nodiscard]] std::filesystem::path private_file() const { return folder_ / "office.key"; }

private:
    std::filesystem::path folder_;
};

/// `$XDG_CONFIG_HOME/gacsong/keys`.
[[nodiscard]] std::filesystem::path keys_folder();

} // namespace gacsong::evidence
