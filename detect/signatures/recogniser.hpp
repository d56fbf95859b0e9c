// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/look.hpp"

#include <span>

namespace gacsong::detect {

/// Gives an emission its modulation, system and designator. Reads its samples again; each emission is looked at for a
/// bounded time with bounded memory. A pure function of the emission and the samples.
void recognise(Emission& emission, const Replay& replay, const HelperPrograms* helpers = nullptr);

/// The same for several, on up to `threads` threads.
void recognise(std::span<Emission> emissions, const Replay& replay, unsigned threads,
               const HelperPrograms* helpers = nullptr);

} // namespace gacsong::detect
