// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/coding.hpp"
#include "detect/cells/gsm/symbol_sampler.hpp"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect::gsm {

using BurstSamples = std::array<Sample, burst_bits>;
using NormalBits = std::array<std::int8_t, normal_soft_bits>;

/// Where and how a carrier is to be read.
struct Tuning {
    double step = 0.0;      ///< samples of the channel a symbol
    double offset_hz = 0.0; ///< of the carrier from the channel's centre
};

struct SyncRead {
    std::optional<SyncInfo> info;
    ChannelEstimate channel;
};

struct NormalRead {
    NormalBits soft{};
    ChannelEstimate channel;
};

/// Reads single bursts whose place is known to within the channel's taps. Not thread-safe.
class BurstReader {
public:
    explicit BurstReader(double rate_hz);

    [[nodiscard]] const SymbolSampler& sampler() const { return sampler_; }

    /// Samples of a burst, turned so that they are linear in its symbols; `position` is that of the first tap of the
    /// first symbol.
    [[nodiscard]] BurstSamples sample(const Stretch& channel, double position, const Tuning& tuning) const;

    /// `taps` is 5, 6 or 7.
    [[nodiscard]] SyncRead sync(const BurstSamples& y, std::size_t taps);

    /// `code` is the training sequence code, 0 … 7.
    [[nodiscard]] NormalRead normal(const BurstSamples& y, unsigned code, std::size_t taps);

    /// Reads a normal burst again with a channel estimated from all the bits that were decided the first time.
    [[nodiscard]] NormalRead again(const BurstSamples& y, unsigned code, const NormalRead& first);

private:
    static constexpr std::size_t least_taps = 5;

    Equaliser equaliser_;
    SymbolSampler sampler_;
    std::vector<Training> sync_; ///< by number of taps from least_taps on
    std::vector<std::array<Training, 8>> normal_;
};

} // namespace gacsong::detect::gsm
