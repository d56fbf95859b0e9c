// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/broadcast_channel.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong::detect::lte {

/// What the layout of subframes depends on.
struct CellLayout {
    Identity identity;
    unsigned blocks = 6;
    unsigned ports = 1;
    bool phich_extended = false;
    unsigned phich_resource = 0;

    [[nodiscard]] static CellLayout of(Identity identity, const MasterInformation& master)
    {
        return {identity, master.blocks, master.ports, master.phich_extended, master.phich_resource};
    }
};

/// Symbol and subcarrier of a resource element.
using Element = std::pair<unsigned, unsigned>;

/// Elements of the format indicator, 16 of them (3GPP TS 36.211 §6.7).
[[nodiscard]] std::vector<Element> format_indicator_elements(const CellLayout& layout);

/// Symbols of the control region for an indicator of 1 … 3.
[[nodiscard]] unsigned control_symbols(const CellLayout& layout, unsigned indicator);

/// Elements of the control channels in the order of their bits (§6.8.5): 36 for each control channel element, the
/// hybrid-ARQ indicator's groups being `phich_factor` (0, 1, 2 in TDD) times their usual number.
[[nodiscard]] std::vector<Element> control_elements(const CellLayout& layout, unsigned indicator,
                                                    unsigned phich_factor);

/// Code word of the format indicator 1 … 3 (3GPP TS 36.212 §5.3.4).
[[nodiscard]] std::array<std::uint8_t, 32> format_code_word(unsigned indicator);

} // namespace gacsong::detect::lte
