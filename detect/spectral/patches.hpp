// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/runs.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace gacsong::detect {

/// A connected region of the time–frequency plane: what lay above the thresholds without a break.
struct Patch {
    std::uint64_t id = 0;
    std::uint64_t first_row = 0;
    std::uint64_t last_row = 0;
    std::uint64_t rows_on = 0;
    std::uint32_t low = 0; ///< bins that the patch ever covered, inclusive
    std::uint32_t high = 0;
    std::uint32_t recent_low = 0; ///< bins covered in the last row
    std::uint32_t recent_high = 0;
    std::vector<float> excess; ///< power above the floor for bins low … high, summed over the rows
    std::vector<float> noise;  ///< the floor, summed likewise
    std::map<std::uint64_t, std::uint32_t> bridged; ///< rows in which another patch flowed into this one without a dip
    bool open = true;
    bool touches_end = false; ///< was still there when the segment ended
};

/// Follows patches from row to row. Deterministic: depends only on the rows.
class PatchBuilder {
public:
    /// A patch ends when nothing continued it for more than `patience` rows.
    explicit PatchBuilder(std::size_t patience) : patience_(patience) {}

    /// Takes the runs of the next row (any row index above the last).
    void add_row(std::uint64_t row, std::span<const float> cells, std::span<const float> floor,
                 std::span<const Run> runs);

    /// Ends every open patch, for instance where the tuning changes.
    void finish();

    /// Patches that have ended since the last call, in the order of their end.
    [[nodiscard]] std::vector<std::unique_ptr<Patch>> take_closed();

    [[nodiscard]] const std::vector<std::unique_ptr<Patch>>& open() const { return open_; }

    /// Which patch flowed into which since the last call, oldest first.
    struct Merge {
        std::uint64_t into = 0;
        std::uint64_t from = 0;
    };
    [[nodiscard]] std::vector<Merge> take_merges();

private:
    void begin_patch(std::uint64_t row, std::span<const float> cells, std::span<const float> floor, const Run& run);
    void share_run(std::uint64_t row, std::span<const float> cells, std::span<const float> floor, const Run& run,
                   std::span<Patch* const> owners);
    /// True where a run is something new that merely covers older, weaker lines.
    [[nodiscard]] static bool is_foreign(const Run& run, std::span<const float> cells, std::span<Patch* const> owners);
    void extend(Patch& patch, std::uint64_t row, std::span<const float> cells, std::span<const float> floor,
                std::uint32_t first, std::uint32_t last);
    void merge_bridged();
    void close_old(std::uint64_t row);

    std::size_t patience_;
    std::uint64_t next_id_ = 1;
    std::vector<std::unique_ptr<Patch>> open_;
    std::vector<std::unique_ptr<Patch>> closed_;
    std::vector<Merge> merges_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> extents_; ///< working space of add_row()
    std::vector<Patch*> owners_;                                   ///< likewise
};

} // namespace gacsong::detect
