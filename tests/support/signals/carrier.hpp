// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>

namespace gacsong::test {

/// An unmodulated carrier.
[[nodiscard]] WaveformPtr carrier();

/// Gaussian noise of rectangular spectrum `bandwidth_hz` wide (jammers, level tests), repeating after 2^17 samples at
/// four times that rate.
[[nodiscard]] WaveformPtr noise_band(double bandwidth_hz, std::uint64_t seed = 1);

} // namespace gacsong::test
