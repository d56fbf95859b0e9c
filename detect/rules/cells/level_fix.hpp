// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/cells/sighting.hpp"

#include <optional>
#include <span>

namespace gacsong {

/// Where a transmitter stands.
struct LevelFix {
    Place place;
    double sigma_m = 0.0; ///< root mean square distance of where it may stand from `place`
};

/// Position of a transmitter from the levels received at several places: the mean over all places within a kilometre of
/// where it was loudest, each as likely as a level that falls with 37.6 dB a decade of distance (towns, 3GPP TR 36.942
/// §4.5.2) and shadows of at least 8 dB leave it. Levels within 50 m count as one, as they share their shadow.
/// What a route leaves open, such as the side of a straight road, makes `sigma_m` large. Nothing from fewer than six
/// such places, and where the transmitter is as likely further away.
[[nodiscard]] std::optional<LevelFix> fix_by_levels(std::span<const LevelAt> levels);

} // namespace gacsong
