// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/dc_line.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace gacsong::detect {

namespace {

constexpr std::size_t notch_half = 4; ///< bins: main lobe and skirts of the window
constexpr std::size_t notch_beside = 3;

/// Mean of the cells just beside the notch at the tuned centre, on one side.
double beside_centre(std::span<const float> cells, bool above)
{
    const std::size_t centre = cells.size() / 2;
    const std::size_t from = above ? centre + notch_half + 1 : centre - notch_half - notch_beside;
    return std::accumulate(cells.begin() + static_cast<std::ptrdiff_t>(from),
                           cells.begin() + static_cast<std::ptrdiff_t>(from + notch_beside), 0.0) /
           static_cast<double>(notch_beside);
}

} // namespace

void notch(std::span<float> cells)
{
    const std::size_t centre = cells.size() / 2;
    const double low = beside_centre(cells, false);
    const double high = beside_centre(cells, true);
    for (std::size_t i = 0; i <= 2 * notch_half; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(2 * notch_half);
        cells[centre - notch_half + i] = static_cast<float>(low + share * (high - low));
    }
}

bool has_dc_line(std::span<const SlabSpectra* const> window)
{
    std::size_t rows = 0;
    std::size_t standing = 0;
    for (const auto* slab : window) {
        for (std::size_t r = 0; r < slab->narrow.count; ++r, ++rows) {
            const auto cells = slab->narrow.row(r);
            const std::size_t centre = cells.size() / 2;
            const double beside = std::max(beside_centre(cells, false), beside_centre(cells, true));
            standing += static_cast<double>(cells[centre]) > 2.0 * beside ? 1U : 0U;
        }
    }
    return standing * 5 >= rows * 4;
}

} // namespace gacsong::detect
