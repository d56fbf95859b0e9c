// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace gacsong::sdr {

/// What the text beside a PortaPack capture says (formats-and-radios.md §2). Values as written.
struct PortapackFacts {
    std::optional<double> center_hz;
    std::optional<double> rate_hz;
    std::optional<double> latitude; ///< degrees; only where a position was known
    std::optional<double> longitude;
};

/// Reads lines `key=value`, ended by LF or CR LF; unknown ones are passed over.
[[nodiscard]] PortapackFacts read_portapack_text(std::string_view text);

} // namespace gacsong::sdr
