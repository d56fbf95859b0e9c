// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/resolution.hpp"
#include "detect/spectral/spectra.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Noise power of a cell for each bin of the two resolutions, and how it was found.
struct FloorEstimate {
    std::vector<float> narrow; ///< mean noise power of a cell of the narrow rows, N values; 0: nothing was received
    std::vector<float> brief;  ///< of the brief rows
    std::vector<float> narrow_bands; ///< the same as `narrow`, mean of each sub-band
    std::vector<float> brief_bands;
    double observed = 1.0; ///< share of the sub-bands in which the floor was seen; the rest is interpolated
};

/// By how much the noise of a row stands above the learnt floor, where the whole band rises at once: beside a strong
/// emission that desensitises or splatters, or because the receiver changed its gain.
class RowRise {
public:
    /// For rows of `bins` cells over a floor given by the means of its sub-bands.
    RowRise(std::span<const float> floor_bands, std::size_t bins);

    /// 1 where the row does not rise, or where the rise may be a signal. `strongest` is the largest ratio of a cell to
    /// its floor.
    [[nodiscard]] float of(std::span<const float> row, float strongest) const;

private:
    std::size_t groups_;
    std::size_t width_;                 ///< cells of a group
    std::array<float, 64> floor_{};     ///< mean of each group
    std::array<float, 64> quiet_sum_{}; ///< a group with less in all its cells has not risen
};

/// Learns the noise floor of a window of rows, blind: FCME in sub-bands over the quieter half of the rows
/// (monitoring.md §3.2), bridged over sub-bands that a signal fills, with the last floor kept where none is seen.
class NoiseFloor {
public:
    explicit NoiseFloor(const Resolutions& resolutions);

    /// Mean power of a sample between transmissions, where such samples can be had; asked for only where something
    /// fills all of the band but its edges.
    using Silences = std::function<std::optional<double>()>;

    /// The floor for a window given as consecutive slabs (at least one row of either resolution).
    [[nodiscard]] FloorEstimate learn(std::span<const SlabSpectra* const> window, const Silences& silences = {});

private:
    struct SubBands {
        std::vector<double> level; ///< noise power per cell of the narrow rows
        std::vector<bool> seen;
    };
    [[nodiscard]] SubBands measure(std::span<const SlabSpectra* const> window) const;
    void lower_to(SubBands& bands, const Silences& silences) const;
    void bridge(SubBands& bands);
    [[nodiscard]] FloorEstimate expand(const SubBands& learnt) const;

    Resolutions resolutions_;
    std::size_t sub_bands_;
    std::vector<double> last_; ///< levels of the window before; empty at the start
    double last_base_ = 0.0;   ///< lowest level that a tenth of the central sub-bands shared then
    unsigned held_ = 0;        ///< windows for which last_ has stood in
};

} // namespace gacsong::detect
