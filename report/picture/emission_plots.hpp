// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/sample_source.hpp"
#include "report/picture/modulation_view.hpp"
#include "report/rows/timeline.hpp"

#include <stop_token>
#include <vector>

namespace gacsong::picture {

/// The small plots of one emission.
struct EmissionPlots {
    std::vector<float> spectrum_db; ///< dBFS per bin, from low_hz to high_hz
    double low_hz = 0.0;            ///< from the centre of the recording
    double high_hz = 0.0;
    std::vector<float> level_db; ///< power in its band over time, dBFS, from from_s to to_s
    double from_s = 0.0;
    double to_s = 0.0;
    ModulationView modulation;
};

/// Reads the samples of an emission again: spectrum of three times its width while it is on, and its level over time
/// in 200 steps; how it is modulated where it is strongest. At most some millions of samples are read. Empty where they
/// cannot be read.
[[nodiscard]] EmissionPlots make_plots(const Emission& emission, const History& history, const Timeline& timeline,
                                       const std::stop_token& stop);

} // namespace gacsong::picture
