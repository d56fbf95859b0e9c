// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Neighbouring cells of one row above the lower threshold.
struct Run {
    std::uint32_t first = 0; ///< bins, inclusive
    std::uint32_t last = 0;
    std::uint32_t peak = 0;
    float peak_value = 0.0F;
    bool strong = false; ///< holds a cell above the upper threshold
};

/// Thresholds of one row, over a floor that must outlive them.
struct Thresholds {
    std::span<const float> floor;
    float low = 0.0F;  ///< times the floor: keeps and widens what is there
    float high = 0.0F; ///< times the floor: lets something new begin

    [[nodiscard]] float low_at(std::size_t bin) const { return floor[bin] * low; }
    [[nodiscard]] float high_at(std::size_t bin) const { return floor[bin] * high; }
};

/// Two-threshold detection (LAD, monitoring.md §4.2): false-alarm probabilities of a cell for the lower and the upper
/// threshold, and the factor by which both are raised because the floor itself is uncertain.
struct DetectionLevel {
    double pfa_low = 1e-2;
    double pfa_high = 1e-8;
    double margin = 1.122; ///< 0.5 dB
};

/// Thresholds for rows of `averages` effective averages over a floor.
[[nodiscard]] Thresholds thresholds_over(std::span<const float> floor, double averages, const DetectionLevel& level);

/// Finds runs in rows. Runs separated by no more than `join_gap` cells are one. Around a strong line the skirts of its
/// own keying, and what the receiver adds, lie above any threshold: a run keeps the cells within 20 dB of its peak, and
/// from the rest only what stands out of it by 9 dB. Where two such stretches of alike widths have a valley between
/// them, as channels of a raster do, they are two runs. Keeps its working space.
class RunFinder {
public:
    explicit RunFinder(std::size_t join_gap) : join_gap_(join_gap) {}

    /// Runs of one row, ascending. At most 4 096; a storm of more is cut there.
    [[nodiscard]] std::span<const Run> find(std::span<const float> cells, const Thresholds& thresholds);

private:
    void part(std::span<const float> cells, const Thresholds& thresholds, const Run& run);
    void join_cores(std::span<const float> cells);
    void part_skirt(std::span<const float> cells, const Thresholds& thresholds, std::uint32_t first, std::uint32_t last,
                    bool above_core, float rise);

    std::size_t join_gap_;
    std::vector<std::uint8_t> mask_;
    std::vector<Run> raw_;
    std::vector<Run> cores_;
    std::vector<Run> runs_;
    std::vector<float> skirt_;
};

} // namespace gacsong::detect
