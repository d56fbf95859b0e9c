// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/sample_source.hpp"

#include <complex>
#include <cstdint>
#include <vector>

namespace gacsong::picture {

/// How one emission is modulated, to be seen: how its frequency or its strength moves, or from where to where its
/// symbols turn.
struct ModulationView {
    enum class Kind : std::uint8_t { none, frequency, strength, symbols };
    Kind kind = Kind::none;
    std::vector<float> trace;                ///< hertz from its centre, or amplitude of its mean
    double length_s = 0.0;                   ///< of the trace
    std::vector<std::complex<float>> points; ///< each symbol over the one before, mean magnitude 1
};

/// Looks at some milliseconds of an emission from a stored sample on; nothing where they cannot be read or where its
/// modulation has no such view.
/// \param most  samples that may be read
[[nodiscard]] ModulationView view_modulation(const Emission& emission, const History& history, double sample_rate_hz,
                                             std::uint64_t first, std::uint64_t most);

} // namespace gacsong::picture
