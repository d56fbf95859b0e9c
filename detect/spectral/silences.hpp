// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"

#include <cstdint>
#include <optional>

namespace gacsong::detect {

/// Mean power of a sample (full scale 1) in the stretches of at least 48 samples that are 15 dB quieter than the
/// middle of all: the receiver's noise between transmissions that fill the whole band, shorter than any row of spectra.
/// Noise alone has no such stretches. Looks at 2^20 samples at most; nothing where there are less than 256 such
/// samples or the recording is not at hand. Digital zeros do not count.
[[nodiscard]] std::optional<double> power_in_silences(const History& history, std::uint64_t first, std::uint64_t count);

} // namespace gacsong::detect
