// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/equaliser.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect::gsm {

/// A stretch of a channel's samples; the first has the number `first`.
struct Stretch {
    std::span<const Sample> samples;
    std::int64_t first = 0;

    [[nodiscard]] std::int64_t end() const { return first + static_cast<std::int64_t>(samples.size()); }
};

/// Reads a channel once a symbol at any place between its samples.
class SymbolSampler {
public:
    explicit SymbolSampler(double rate_hz);

    /// out[k] = x(position + k·step) · e^(−jk·turn); positions in samples, `turn` in radians a symbol. Beyond the
    /// stretch the channel is taken for 0.
    void read(const Stretch& stretch, double position, double step, double turn, std::span<Sample> out) const;

    /// Samples needed on each side of a position.
    static constexpr std::int64_t reach = 6;

private:
    static constexpr std::size_t phases = 64;
    static constexpr std::size_t length = 2 * static_cast<std::size_t>(reach);
    std::vector<float> kernel_; ///< (phases + 1) × length
};

} // namespace gacsong::detect::gsm
