// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gacsong {

/// A file that a run was compared with: of the plan, a register, a list.
struct ComparedWith {
    std::string kind;   ///< `plan`, `register`, `cells`, `blocks`, `ignore`
    std::string file;   ///< without folder
    std::string as_of;  ///< edition of a plan, RFC 3339 moment of a table; empty: not known
    std::string sha512; ///< of the file, 128 hexadecimal digits
    friend bool operator==(const ComparedWith&, const ComparedWith&) = default;
};

/// `plan_file bands.toml=as_of=2026-11 sha512=…`, as it stands among the settings of a stored run.
[[nodiscard]] std::string setting_of(const ComparedWith& file);

/// Reads such a setting; nothing where it is another.
[[nodiscard]] std::optional<ComparedWith> compared_with(std::string_view setting);

} // namespace gacsong
