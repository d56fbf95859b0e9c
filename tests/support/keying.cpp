// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/keying.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::test {

namespace {

void append_overlapping(const std::vector<Interval>& spans, double shift_s, double from_s, double to_s,
                        std::vector<Interval>& out)
{
    auto at = std::partition_point(spans.begin(), spans.end(),
                                   [&](const Interval& span) { return span.end_s + shift_s <= from_s; });
    for (; at != spans.end() && at->start_s + shift_s < to_s; ++at)
        out.push_back({at->start_s + shift_s, at->end_s + shift_s});
}

} // namespace

std::vector<Interval> Keying::between(double from_s, double to_s) const
{
    std::vector<Interval> out;
    if (period_s <= 0.0) {
        append_overlapping(spans, 0.0, from_s, to_s, out);
        return out;
    }
    const double first = std::max(0.0, std::floor(from_s / period_s));
    for (double cycle = first; cycle * period_s < to_s; cycle += 1.0)
        append_overlapping(spans, cycle * period_s, from_s, to_s, out);
    return out;
}

double ramped(const Interval& span, double ramp_s, double t)
{
    if (t < span.start_s || t >= span.end_s)
        return 0.0;
    const double inside = std::min(t - span.start_s, span.end_s - t);
    if (inside >= ramp_s)
        return 1.0;
    return 0.5 - 0.5 * std::cos(std::numbers::pi * inside / ramp_s);
}

} // namespace gacsong::test
