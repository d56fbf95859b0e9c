// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lte/downlink.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong::test::lte {

/// Symbol of the subframe and subcarrier.
using Element = std::pair<unsigned, unsigned>;

[[nodiscard]] inline unsigned symbols_in_slot(const Settings& settings) { return settings.normal_prefix ? 7 : 6; }

/// Symbols of the control region.
[[nodiscard]] inline unsigned control_symbols(const Settings& settings)
{
    return settings.format_indicator + (settings.blocks <= 10 ? 1 : 0);
}

/// Subcarrier of reference signal m = 0 of a port in a symbol of a slot, or none (3GPP TS 36.211 §6.10.1.2); the others
/// follow six apart.
[[nodiscard]] std::optional<unsigned> reference_offset(const Settings& settings, unsigned symbol, unsigned port);

/// Whether an element is kept for reference signals of as many ports.
[[nodiscard]] bool is_reference(const Settings& settings, unsigned symbol, unsigned k, unsigned ports);

/// Elements of the format indicator (§6.7.4), in groups of four.
[[nodiscard]] std::vector<Element> indicator_elements(const Settings& settings);

/// Elements of the control channels of a subframe, each group of four in its place among the interleaved ones (§6.8.5),
/// in the order of the bits; whole control channel elements of 36 only.
[[nodiscard]] std::vector<Element> control_elements(const Settings& settings, unsigned subframe);

/// Elements of the broadcast channel in subframe 0 (§6.6.4).
[[nodiscard]] std::vector<Element> broadcast_elements(const Settings& settings);

/// Resource blocks in either slot of a subframe.
using Blocks = std::array<std::vector<unsigned>, 2>;

/// Elements of the shared channel in some resource blocks of a subframe (§6.3.5).
[[nodiscard]] std::vector<Element> shared_elements(const Settings& settings, unsigned subframe, const Blocks& blocks);

/// Distributed virtual resource blocks that there are, and where some of them lie (§6.2.3.2).
[[nodiscard]] unsigned virtual_blocks(unsigned blocks, bool second_gap);
[[nodiscard]] Blocks distributed_blocks(unsigned blocks, bool second_gap, unsigned first, unsigned count);

/// Symbols of the downlink part of a subframe.
[[nodiscard]] unsigned sent_symbols(const Settings& settings, unsigned subframe);

} // namespace gacsong::test::lte
