// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/rows/timeline.hpp"

#include <algorithm>

namespace gacsong {

Timeline::Timeline(std::span<const Segment> segments, std::uint64_t length, double sample_rate_hz)
    : rate_hz_(sample_rate_hz)
{
    const Segment whole;
    const auto all = segments.empty() ? std::span(&whole, 1) : segments;
    std::int64_t lost = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Segment& segment = all[i];
        const std::uint64_t end = i + 1 < all.size() ? std::min(all[i + 1].first_sample, length) : length;
        if (segment.lost_before > 0) {
            const auto at = static_cast<double>(static_cast<std::int64_t>(segment.first_sample) + lost) / rate_hz_;
            gaps_.push_back({at, segment.lost_before, segment.lost_why});
            lost += static_cast<std::int64_t>(segment.lost_before);
        }
        if (end <= segment.first_sample)
            continue;
        const double shift =
            segment.center_hz && all.front().center_hz ? *segment.center_hz - *all.front().center_hz : 0.0;
        stretches_.push_back({static_cast<std::int64_t>(segment.first_sample) + lost, segment.first_sample,
                              static_cast<std::int64_t>(end - segment.first_sample), shift});
    }
}

namespace {

/// The first stretch that ends after a sample.
auto first_after(const std::vector<Stretch>& stretches, std::int64_t sample)
{
    return std::upper_bound(stretches.begin(), stretches.end(), sample,
                            [](std::int64_t value, const Stretch& stretch) { return value < stretch.end(); });
}

} // namespace

const Stretch* Timeline::stretch_at(std::int64_t sample) const
{
    const auto at = first_after(stretches_, sample);
    return at != stretches_.end() && at->first <= sample ? &*at : nullptr;
}

std::optional<Stretch> Timeline::largest_part(std::int64_t from, std::int64_t to) const
{
    std::optional<Stretch> best;
    auto at = first_after(stretches_, from);
    for (; at != stretches_.end() && at->first < to; ++at) {
        Stretch part = *at;
        part.first = std::max(from, at->first);
        part.stored = at->stored + static_cast<std::uint64_t>(part.first - at->first);
        part.count = std::min(to, at->end()) - part.first;
        if (part.count > 0 && (!best || part.count > best->count))
            best = part;
    }
    return best;
}

} // namespace gacsong
