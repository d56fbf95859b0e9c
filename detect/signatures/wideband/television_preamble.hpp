// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/clip.hpp"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::detect {

/// How many frames of DVB-T2 in a clip of a megahertz or more begin with the symbol P1 of a channel of so many
/// megahertz (ETSI EN 302 755 §9.8). A place counts where both copies of P1 stand at their distances and the power lies
/// on those carriers that P1 uses rather than on those it leaves free: by rank, so that a few strong lines say nothing.
/// Noise passes the second test alone at one place of 10¹⁰, whatever frequency the clip was cut at.
[[nodiscard]] std::size_t television_preambles(const Clip& clip, double channel_mhz);

/// Seconds that a sample of DVB-T and DVB-T2 lasts in a channel of so many megahertz: 7/64 µs in one of 8.
[[nodiscard]] constexpr double television_sample_s(double channel_mhz) { return 7.0 / (8.0 * channel_mhz * 1e6); }

/// Samples `delay` later; the mean of two where it ends between them.
[[nodiscard]] std::vector<std::complex<float>> samples_later(std::span<const std::complex<float>> x, double delay);

} // namespace gacsong::detect
