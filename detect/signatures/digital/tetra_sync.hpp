// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace gacsong::detect {

inline constexpr std::size_t tetra_block_bits = 120;

/// What the synchronisation block of a TETRA base says of its network (ETSI EN 300 392-2 §21.4.4.2, §18.4.2.1).
struct TetraNetwork {
    unsigned mcc = 0;    ///< country, 10 bits
    unsigned mnc = 0;    ///< network, 14 bits
    unsigned colour = 0; ///< 6 bits
    auto operator<=>(const TetraNetwork&) const = default;
};

/// Decodes the first block of a synchronisation burst (§8.2): scrambling with the code of the broadcast channel,
/// interleaving, convolutional code of rate 2/3, 16-bit check sequence. `soft`: bits as they are sent, above 0 for a 1.
/// Random bits pass with 1.5e-5.
[[nodiscard]] std::optional<TetraNetwork> tetra_network(std::span<const float, tetra_block_bits> soft);

} // namespace gacsong::detect
