// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <string_view>

namespace gacsong::detect {

/// The constellation that symbols most likely come from.
struct LikelyConstellation {
    std::string_view name = "unknown"; ///< BPSK, QPSK, 8PSK, QAM16, QAM64; `unknown`: another one, or none is likely
    bool phases = false;               ///< they were seen; false: one length alone speaks for it
    double margin = 0.0;               ///< natural logarithm of how much likelier than the next
    double noise = 0.0;                ///< power that is left beside its points, over the signal's
    double turn = 0.0;                 ///< of the carrier, cycles a symbol, within half of the constellation's symmetry
};

/// Compares the likelihoods of all symbols under each constellation, its carrier taken from the line of y^M, with the
/// noise that suits it best (average likelihood ratio with estimated parameters: Hameed, Dobre, Popescu, "On the
/// likelihood-based approach to modulation classification", 2009). Constellations that have no name here, a ring
/// without phase and a Gaussian stand among them, so that what is none of the named ones falls to those. `noise`: power
/// that is known to be in `symbols`; what a constellation leaves over must be no more than that and a little
/// interference between symbols.
[[nodiscard]] LikelyConstellation likely_constellation(std::span<const std::complex<float>> symbols, double noise);

} // namespace gacsong::detect
