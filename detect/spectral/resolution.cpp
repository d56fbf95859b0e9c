// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/resolution.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double channel_hz = 6250.0; ///< narrowest channel that the plan knows
constexpr double bins_per_channel = 4.0;
constexpr std::size_t least_bins = 128;   ///< below this there are too few cells to learn a floor from
constexpr std::size_t most_bins = 32768;  ///< beyond, the transform leaves the cache (speed.md §2)
constexpr std::size_t narrow_frames = 16; ///< FCME needs 16 averages (monitoring.md §3.2)
constexpr std::size_t brief_frames = 4;
constexpr double brief_frame_s = 60e-6; ///< a row steps by twice this
constexpr std::size_t least_brief_bins = 32;
constexpr std::size_t slab_samples = 1U << 18U; ///< work for a millisecond or so
constexpr double window_s = 0.25;
constexpr std::size_t least_window_rows = 16;
constexpr std::size_t short_input_frames = 64; ///< an input gets at least this many frame lengths

std::size_t power_of_two_at_most(double value)
{
    return value < 1.0 ? 1 : std::bit_floor(static_cast<std::size_t>(value));
}

std::size_t narrow_bins(double rate)
{
    const double wanted = bins_per_channel * rate / channel_hz;
    return std::clamp(std::bit_ceil(static_cast<std::size_t>(std::ceil(wanted))), least_bins, most_bins);
}

} // namespace

std::uint64_t short_input_limit(double sample_rate_hz) { return narrow_bins(sample_rate_hz) * short_input_frames; }

Resolutions choose_resolutions(double sample_rate_hz, std::optional<std::uint64_t> length)
{
    Resolutions out;
    out.sample_rate_hz = sample_rate_hz;
    std::size_t n = narrow_bins(sample_rate_hz);
    if (length && *length < short_input_limit(sample_rate_hz)) {
        const double fits = static_cast<double>(*length) / static_cast<double>(short_input_frames);
        n = std::clamp<std::size_t>(power_of_two_at_most(fits), 64, n);
    }
    out.narrow = {n, n / 2, narrow_frames, dsp::WindowKind::blackman_harris};
    // Not std::clamp: in a short input the upper end lies below the lower one, and wins.
    const std::size_t brief = std::min(std::max(power_of_two_at_most(sample_rate_hz * brief_frame_s), least_brief_bins),
                                       std::max<std::size_t>(n / 4, 16));
    out.brief = {std::max<std::size_t>(16, brief), brief / 2, brief_frames, dsp::WindowKind::hann};
    out.slab_rows = std::max<std::size_t>(1, slab_samples / out.narrow.row_step());
    const double row_s = static_cast<double>(out.narrow.row_step()) / sample_rate_hz;
    const auto rows = std::max(least_window_rows, static_cast<std::size_t>(std::ceil(window_s / row_s)));
    out.slab_rows = std::min(out.slab_rows, rows);
    out.window_slabs = (rows + out.slab_rows - 1) / out.slab_rows;
    return out;
}

} // namespace gacsong::detect
