// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/coding/convolutional.hpp"
#include "detect/cells/lte/phy/subframe.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace gacsong::detect::lte {

/// What the physical broadcast channel says.
struct MasterInformation {
    Bits bits; ///< 24
    unsigned blocks = 0;
    bool phich_extended = false;
    unsigned phich_resource = 0; ///< Ng: 1/6, 1/2, 1, 2
    unsigned frame = 0;          ///< system frame number, 0 … 1023
    unsigned ports = 1;
};

/// Reads the fields of 24 bits; null where they are none that can be.
[[nodiscard]] std::optional<MasterInformation> read_master_information(std::span<const std::uint8_t> bits);

/// Soft bits of the broadcast channel in one frame, before descrambling, for 1, 2 and 4 ports.
struct BroadcastFrame {
    std::int64_t frame = 0; ///< counted from the place's
    std::array<std::vector<float>, 3> soft;
};

/// The elements of the broadcast channel in a grid of the 6 innermost resource blocks of subframe 0.
[[nodiscard]] BroadcastFrame broadcast_frame(const Grid& grid, Identity identity, const ChannelEstimate& estimate,
                                             std::int64_t frame);

/// What several frames say together, the system frame number being that of frame 0. All phases of 40 ms and numbers of
/// ports are tried, first with one period of 40 ms each, then with up to four of them together, whatever the frame
/// numbers' next steps are (the code is linear, so the step only turns signs).
/// `again`: these frames were tried before with other channel estimates, so less is believed.
[[nodiscard]] std::optional<MasterInformation> decode_broadcast(const std::vector<BroadcastFrame>& frames,
                                                                Identity identity, bool again = false);

/// Coded and scrambled bits of four frames, for those who send or take away a known broadcast channel.
[[nodiscard]] Bits encode_broadcast(std::span<const std::uint8_t> bits, unsigned ports, Identity identity);

} // namespace gacsong::detect::lte
