// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// What stands on the subcarrier of an FM multiplex.
struct RdsSubcarrier {
    double frequency_hz = 0.0; ///< of the suppressed carrier
    double clearness = 0.0;    ///< of its line in the square, over the median beside it
    std::vector<float> soft;   ///< bits as sent (before differential decoding): ln(P(1)/P(0)), at most ±40
};

/// Demodulates the biphase data on 57 kHz (IEC 62106 §4): the carrier from the line at its double in the square of the
/// band, bits on its 48th part. `multiplex`: instantaneous frequency in hertz at rate_hz ≥ 130 kHz, 60 ms or more.
/// Nothing where the line is less than `least_clear` over the median beside it: noise passes 13 one time in 1000, 6 one
/// time in 6.
[[nodiscard]] std::optional<RdsSubcarrier> rds_subcarrier(std::span<const float> multiplex, double rate_hz,
                                                          double least_clear);

} // namespace gacsong::detect
