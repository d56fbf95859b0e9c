// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <optional>
#include <span>

namespace gacsong::dsp {

/// A line in a spectrum.
struct Carrier {
    double offset_hz = 0.0; ///< from the centre
    double ratio_db = 0.0;  ///< of its peak over the median of the cells looked at
};

/// The strongest line within low_hz … high_hz from the centre: peak of a Blackman–Harris transform over all samples,
/// refined by a parabola through the logarithms (bias at most 0.0032 cells, monitoring.md §2.1). Nothing where fewer
/// than 16 cells lie in the range. samples.size(): a power of two, 2^10 … 2^22.
[[nodiscard]] std::optional<Carrier> find_carrier(std::span<const std::complex<float>> samples, double sample_rate_hz,
                                                  double low_hz, double high_hz);

} // namespace gacsong::dsp
