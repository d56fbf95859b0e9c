// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/modulation/features.hpp"

#include <optional>

namespace gacsong::detect {

/// How what stands beside a carrier lies to it. White noise has as much in phase with the carrier as across it, so the
/// difference knows AM (above 0) from FM (below 0) whatever the noise level is. Mean powers, in units of the signal's.
struct SidebandPhase {
    double difference = 0.0; ///< in phase less across
    double sigma = 0.0;      ///< its standard deviation in noise alone
    double excess = 0.0;     ///< in phase and across together, noise taken off
    double doubt = 0.0;      ///< of `excess`, by an unsure noise level
    double carrier = 0.0;
    double sigmas = 0.0; ///< the difference in standard deviations, moments weighted by what stands beside the carrier
};

/// Nothing where no line has 30 % of the power, or the signal is too short.
[[nodiscard]] std::optional<SidebandPhase> sideband_phase(const Features& features, const Look& look, double rate_hz);

} // namespace gacsong::detect
