// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/wording/wording.hpp"

#include <span>
#include <string>
#include <string_view>

namespace gacsong {

/// A kind of device as inspectors sort them, and which rows of a plan speak of it.
struct DeviceKind {
    std::string_view code;
    std::string_view exempt;     ///< beginning of the terms of its exempt rows; empty: none
    std::string_view prohibited; ///< term of its prohibited rows; empty: none
};

/// In the order of the summary's table; the last is `other`.
[[nodiscard]] std::span<const DeviceKind> device_kinds();
/// `enterprise`, `household`, `person`, `body`.
[[nodiscard]] std::span<const std::string_view> kinds_of_business();
/// `recorded`, `recommended`, `sealed`, `held`, `handed-over`.
[[nodiscard]] std::span<const std::string_view> device_actions();
/// `yes`, `no`, `unreadable`.
[[nodiscard]] std::span<const std::string_view> mark_states();

/// Which code a typed text means: itself, or the word of a language for it, without regard to case. A text that means
/// none comes back as it is. `list`: `device_kind`, `kind_of_business`, `action`, `mark`.
[[nodiscard]] std::string to_code(std::string_view list, const std::string& typed,
                                  std::span<const Wording* const> words);

/// The word for a code; a text that is no code comes back printable.
[[nodiscard]] std::string code_word(std::string_view list, const std::string& code, const Wording& words);

/// First word of a mark, and what stands behind it.
[[nodiscard]] std::string mark_state(const std::string& mark);

} // namespace gacsong
