// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "sdr/formats/draft.hpp"

#include <span>
#include <string_view>

namespace gacsong::sdr {

/// One form of recording that can be read. A new one is a file in sdr/formats/ and a line in the list.
struct FormatInfo {
    std::string_view name;       ///< `SigMF`, `WAV`, …
    std::string_view extensions; ///< usual ones, separated by blanks, without dots
    /// Looks at name and first bytes only.
    bool (*claims)(const Candidate& candidate);
    /// Reads header and sidecar, never the samples.
    Result<Draft> (*read)(const Candidate& candidate);
};

/// Every format, in the order in which they are asked; the last, headerless one takes what no other claims.
[[nodiscard]] std::span<const FormatInfo> all_formats();

} // namespace gacsong::sdr
