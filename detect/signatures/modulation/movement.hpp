// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/modulation/features.hpp"

namespace gacsong::detect {

/// Whether the frequency of a signal of constant envelope moves as sound moves it: much and little by turns, for tens
/// of milliseconds each. Data moves it as much in every moment. Works down to 3 dB, where the frequency of a single
/// moment cannot be told; false where the recording is too short to tell.
[[nodiscard]] bool moves_like_sound(const Features& features, const Clip& clip);

} // namespace gacsong::detect
