// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/bursts.hpp"

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gacsong::detect::gsm {

using Sample = std::complex<float>;

constexpr std::size_t most_taps = 8;

/// A channel as seen once a symbol: y[k] = Σ taps[l]·s[k − l] + noise.
struct ChannelEstimate {
    std::array<Sample, most_taps> taps{};
    std::size_t count = 0;
    float noise = 0.0F;     ///< variance of the noise of a sample
    float tap_noise = 0.0F; ///< variance that it gives each tap

    /// Sum of the taps' powers.
    [[nodiscard]] float power() const;

    /// Power of the carrier: that of the taps without what noise adds.
    [[nodiscard]] float carrier_power() const { return power() - static_cast<float>(count) * tap_noise; }

    /// Mean delay of the power, in symbols from the first tap.
    [[nodiscard]] double delay() const;
};

/// Least squares with a known sequence (any of bursts.hpp).
class Training {
public:
    /// `taps` ≤ most_taps, less than half of the sequence.
    Training(std::string_view bits, std::size_t taps);

    /// `y` begins at the first symbol of the sequence and has its length.
    [[nodiscard]] ChannelEstimate estimate(std::span<const Sample> y) const;

    [[nodiscard]] const std::vector<float>& symbols() const { return symbols_; }

private:
    std::size_t taps_;
    std::vector<float> symbols_;
    std::vector<float> inverse_; ///< taps × equations
};

/// Least squares with the symbols of a whole burst, as far as they are known or decided; y[k] belongs to symbols[k].
[[nodiscard]] ChannelEstimate estimate_channel(std::span<const Sample> y, std::span<const float> symbols,
                                               std::size_t taps);

/// Variance of what an estimate leaves of y over the symbols after the first taps.
[[nodiscard]] float residual(std::span<const Sample> y, std::span<const float> symbols, const ChannelEstimate& channel);

/// Soft decisions of the most likely sequence (max-log MAP over all states of the channel's memory). Not thread-safe.
class Equaliser {
public:
    /// known[k]: +1 or −1 where the symbol is certain, 0 where it is not. Gives logarithms of likelihood ratios,
    /// positive for bit 0; channel.count is 2 … most_taps.
    void run(std::span<const Sample> y, const ChannelEstimate& channel, std::span<const std::int8_t> known,
             std::span<float> soft);

private:
    template <unsigned Memory>
    void run_memory(std::span<const Sample> y, const ChannelEstimate& channel, std::span<const std::int8_t> known,
                    std::span<float> soft);

    std::vector<float> metrics_;
    std::vector<float> forward_;
};

} // namespace gacsong::detect::gsm
