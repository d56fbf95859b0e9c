// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/position_map.hpp"

#include <algorithm>
#include <iterator>

namespace gacsong::sdr {

void PositionMap::begin(std::uint64_t handed, std::uint64_t in_ring)
{
    const std::scoped_lock lock(mutex_);
    const bool goes_on =
        !stretches_.empty() && in_ring - stretches_.back().in_ring == handed - stretches_.back().handed;
    if (!goes_on)
        stretches_.push_back({handed, in_ring});
    if (stretches_.size() > most)
        stretches_.pop_front();
}

void PositionMap::reach(std::uint64_t handed)
{
    const std::scoped_lock lock(mutex_);
    end_ = handed;
}

std::optional<PositionMap::Place> PositionMap::find(std::uint64_t handed) const
{
    const std::scoped_lock lock(mutex_);
    const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), handed,
                                        [](std::uint64_t at, const Stretch& one) { return at < one.handed; });
    if (after == stretches_.begin() || handed >= end_)
        return std::nullopt;
    const Stretch& stretch = *std::prev(after);
    const std::uint64_t until = after == stretches_.end() ? end_ : after->handed;
    return Place{stretch.in_ring + (handed - stretch.handed), until - handed};
}

std::uint64_t PositionMap::end() const
{
    const std::scoped_lock lock(mutex_);
    return end_;
}

std::uint64_t PositionMap::handed_at(std::uint64_t in_ring) const
{
    const std::scoped_lock lock(mutex_);
    for (auto stretch = stretches_.begin(); stretch != stretches_.end(); ++stretch) {
        const auto next = std::next(stretch);
        const std::uint64_t until = next == stretches_.end() ? end_ : next->handed;
        if (in_ring <= stretch->in_ring)
            return stretch->handed;
        if (in_ring - stretch->in_ring < until - stretch->handed)
            return stretch->handed + (in_ring - stretch->in_ring);
    }
    return end_;
}

} // namespace gacsong::sdr
