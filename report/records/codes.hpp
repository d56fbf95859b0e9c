// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"

#include <optional>
#include <string_view>

namespace gacsong {

/// The names under which the enumerations of the records stand in JSON, SQL, SigMF and wording keys (contract.md §2).
[[nodiscard]] std::string_view code(Quality quality);
[[nodiscard]] std::string_view code(Verdict verdict);
[[nodiscard]] std::string_view code(Severity severity);
[[nodiscard]] std::string_view code(Origin origin);

/// The other way; nothing for a name that is none.
template <class Enum> [[nodiscard]] std::optional<Enum> from_code(std::string_view name);

template <> [[nodiscard]] std::optional<Quality> from_code<Quality>(std::string_view name);
template <> [[nodiscard]] std::optional<Verdict> from_code<Verdict>(std::string_view name);
template <> [[nodiscard]] std::optional<Severity> from_code<Severity>(std::string_view name);
template <> [[nodiscard]] std::optional<Origin> from_code<Origin>(std::string_view name);

} // namespace gacsong
