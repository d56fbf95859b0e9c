// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/subframe.hpp"

#include <cstdint>
#include <vector>

namespace gacsong::detect::lte {

/// A channel that does not move but for a carrier offset, estimated from subframes 0 and 5 of all of a stretch
/// together.
class SteadyChannel {
public:
    /// `reader` reads what the estimator is for; `place` is where tracking has put the cell.
    SteadyChannel(SubframeReader& reader, ChannelEstimator& estimator, const Place& place, unsigned ports);

    /// The channel in the half frame with this number, counted from the begin of the place's frame.
    [[nodiscard]] ChannelEstimate at(ChannelEstimator& estimator, std::int64_t half_frame) const;

    [[nodiscard]] bool empty() const { return count_ == 0; }

private:
    RawChannel mean_;
    double phase_ = 0.0; ///< by which the channel turns in half a frame
    std::size_t count_ = 0;
};

} // namespace gacsong::detect::lte
