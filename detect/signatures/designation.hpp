// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"

#include <string>

namespace gacsong::detect {

/// The designator of emission that belongs to what was recognised: necessary bandwidth by class, from the measured
/// deviation and symbol rate (ITU-R SM.1138), never a copy of the occupied bandwidth. Empty where the class is not
/// known.
[[nodiscard]] std::string designator_of(const Emission& emission);

} // namespace gacsong::detect
