// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/resolution.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Rows of one resolution, N values each, in order of time; frequency ascends, the tuned centre is at bin N/2.
struct Rows {
    std::size_t bins = 0;
    std::size_t count = 0;
    std::size_t last_frames = 0; ///< frames averaged in the last row; all others are full
    std::vector<float> mean;

    [[nodiscard]] std::span<const float> row(std::size_t r) const { return {mean.data() + r * bins, bins}; }
};

/// Spectra of one slab of samples.
struct SlabSpectra {
    std::uint64_t first_sample = 0; ///< counted from the start of the segment
    std::uint64_t samples = 0;      ///< covered without the overlap to the next slab
    Rows narrow;
    Rows brief;
    std::uint64_t clipped = 0;              ///< components at the end of their range
    std::vector<std::uint32_t> row_clipped; ///< the same for each step of the narrow rows
    std::uint64_t not_finite = 0;           ///< samples replaced by 0
};

} // namespace gacsong::detect
