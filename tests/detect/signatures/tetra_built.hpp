// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <vector>

namespace gacsong::test {

/// The synchronisation block of colour code 17, country 452, network 9, as it is sent: 120 bits. Not `good`: one bit of
/// its check sequence is turned.
[[nodiscard]] std::vector<std::uint8_t> tetra_sync_block(bool good);

/// A base that sends without a break. Without `training` all its bits are random.
[[nodiscard]] WaveformPtr tetra_base(bool good, bool training = true);

} // namespace gacsong::test
