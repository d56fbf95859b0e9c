// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/extractor.hpp"
#include "dsp/overlap_bank.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// A wide recording as channels in which carriers are looked for, each as wide as six resource blocks with room on
/// either side, 800 kHz apart. They are cut out as far as they are asked for, from the begin on.
class WideChannels {
public:
    static constexpr double rate_at_least_hz = 1.92e6;

    /// `limit_hz`: how far from the centre of the recording the middle of a carrier may lie. The stretch's bytes must
    /// outlive this.
    WideChannels(const Stretch& stretch, double limit_hz);

    [[nodiscard]] std::size_t size() const { return bins_.size(); }
    [[nodiscard]] double rate_hz() const { return bank_.shape().channel_rate_hz(stretch_.rate_hz); }
    [[nodiscard]] double middle_hz(std::size_t channel) const { return static_cast<double>(bins_[channel]) * bin_hz(); }
    /// Every place up to the limit lies this near to the middle of a channel.
    [[nodiscard]] double reach_hz() const;

    /// Cuts out all channels that are left, up to this time or the end of the recording.
    void extend(double until_s);
    /// Nothing more is wanted of a channel.
    void drop(std::size_t channel);

    /// What was cut out; nothing of a channel that was dropped.
    [[nodiscard]] std::span<const Sample> samples(std::size_t channel) const { return samples_[channel]; }

private:
    [[nodiscard]] double bin_hz() const { return bank_.shape().bin_hz(stretch_.rate_hz); }

    Stretch stretch_;
    double limit_hz_;
    dsp::OverlapBank bank_;
    std::vector<std::ptrdiff_t> bins_;
    std::vector<std::size_t> left_; ///< channels that are wanted
    std::vector<std::vector<Sample>> samples_;
    std::size_t frames_ = 0; ///< that were cut out
};

} // namespace gacsong::detect::lte
