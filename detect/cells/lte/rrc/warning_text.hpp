// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/rrc/broadcast.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>

namespace gacsong::detect::lte {

/// Text of a public warning, all of its segments together: pages of 82 octets with their lengths (3GPP TS 23.041
/// §9.4.2.2.5) in the alphabet that the data coding scheme (TS 23.038 §5) names: the default one or UCS2. UTF-8 without
/// control characters but line feeds; null where the pages are not whole or the alphabet is another.
[[nodiscard]] std::optional<std::string> warning_text(std::span<const std::uint8_t> octets, std::uint8_t coding);

/// Puts the segments of warnings together.
class WarningTexts {
public:
    /// The text of a warning whose last missing segment this is; null before and after that, where it cannot be read,
    /// and for a sixteenth warning.
    [[nodiscard]] std::optional<std::string> take(const WarningSegment& segment);

private:
    struct Warning {
        std::map<unsigned, WarningSegment> segments;
        bool told = false;
    };
    std::map<std::tuple<unsigned, std::uint32_t, std::uint32_t>, Warning> warnings_;
};

} // namespace gacsong::detect::lte
