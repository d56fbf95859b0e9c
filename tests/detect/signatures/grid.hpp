// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "tests/support/scene.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace gacsong::test {

/// A kind of signal of the recognition grid.
struct GridClass {
    std::string name;                ///< as in the confusion matrix
    std::vector<std::string> right;  ///< modulations that are right; of an unknown kind: `unknown`
    std::vector<std::string> family; ///< … and those of its family (FSK2 for FSK4, QPSK for 8PSK)
    double rate_hz = 0.0;            ///< of the recording
    double duration_s = 0.0;
    std::function<WaveformPtr(std::uint64_t seed)> make;
};

/// All kinds, those that no test of the modulation knows at the end.
[[nodiscard]] const std::vector<GridClass>& grid_classes();

/// What is done to a case besides noise, chosen by its number: offset, clock error, 8 bits, imbalance, a second path.
[[nodiscard]] Scene grid_scene(const GridClass& kind, double snr_db, std::uint64_t number);

/// The emission as a detector with small errors would measure it.
[[nodiscard]] Emission grid_emission(const Scene& scene, std::uint64_t number);

/// Modulation that recognise() gives to that case, samples stored as cs8 or cs16 by its number.
[[nodiscard]] Emission recognised(const Scene& scene, std::uint64_t number);

} // namespace gacsong::test
