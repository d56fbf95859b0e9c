// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace gacsong::test {

/// A stretch of time, seconds.
struct Interval {
    double start_s = 0.0;
    double end_s = 0.0;
    bool operator==(const Interval&) const = default;
};

/// When a transmitter is on, seconds from where it was placed. With a period the spans (all inside [0, period])
/// repeat. The amplitude rises from 0 at start_s and is back at 0 at end_s, as a raised cosine of length ramp_s.
struct Keying {
    std::vector<Interval> spans{};
    double period_s = 0.0; ///< 0: the spans happen once
    double ramp_s = 0.0;

    /// On for `on_s` at the start of every `period_s`.
    [[nodiscard]] static Keying periodic(double period_s, double on_s, double ramp_s = 0.0)
    {
        return {{{0.0, on_s}}, period_s, ramp_s};
    }

    /// The spans that overlap [from_s, to_s), whole ones (not cut at the edges), in order.
    [[nodiscard]] std::vector<Interval> between(double from_s, double to_s) const;
};

/// Amplitude of one keyed span at time t, 0 … 1.
[[nodiscard]] double ramped(const Interval& span, double ramp_s, double t);

} // namespace gacsong::test
