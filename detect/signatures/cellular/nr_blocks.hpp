// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/clip.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Elements of the primary and secondary synchronisation signal of NR, in order of frequency.
constexpr std::size_t nr_sync_elements = 127;
using NrSequence = std::array<float, nr_sync_elements>;

/// +1 or −1 each (3GPP TS 38.211 §7.4.2.2). sector: 0 … 2.
[[nodiscard]] NrSequence nr_primary(unsigned sector);

/// +1 or −1 each (3GPP TS 38.211 §7.4.2.3). group: 0 … 335, sector: 0 … 2; the cell's identity is 3·group + sector.
[[nodiscard]] NrSequence nr_secondary(unsigned group, unsigned sector);

/// Where synchronisation blocks may stand between two frequencies, hertz (SS_REF of 3GPP TS 38.104 §5.4.3.1, up to
/// 24.25 GHz), in rising order.
[[nodiscard]] std::vector<double> nr_block_raster_hz(double low_hz, double high_hz);

struct NrBlock {
    double reference_hz = 0.0; ///< SS_REF as it was received, hertz from the clip's centre
    double spacing_hz = 0.0;   ///< of subcarriers
    double start_s = 0.0;      ///< of the primary signal's useful part, seconds from the clip's first sample
    unsigned pci = 0;          ///< 0 … 1007
};

/// The clearest block of one spacing at one of the places, hertz from the clip's centre, which may be wrong by
/// `most_off_hz`. It counts where both signals stand at their distance. Noise shows one with 1e-16 a place.
[[nodiscard]] std::optional<NrBlock> find_nr_block(const Clip& clip, std::span<const double> places_hz,
                                                   double spacing_hz, double most_off_hz);

} // namespace gacsong::detect
