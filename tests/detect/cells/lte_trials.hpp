// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "tests/support/lte/reception.hpp"

#include <vector>

namespace gacsong::test {

/// What the searcher makes of a stretch of 32 bit floats that belongs to the given reception.
[[nodiscard]] detect::CellReport search_lte(const std::vector<std::complex<float>>& samples,
                                            const lte::Reception& reception, bool centre_known = true);

/// What of a cell was found in one reception.
struct LteOutcome {
    bool pci = false;    ///< the identity, with duplex mode and prefix
    bool master = false; ///< the master information, with ports and frame number
    bool first = false;  ///< the type 1 message, every bit
    unsigned wrong = 0;  ///< cells that are not there, or with wrong content
};

[[nodiscard]] LteOutcome judge_lte(const detect::CellReport& report, const lte::Settings& settings,
                                   const lte::Reception& reception);

/// Receptions of many random cells, begun anywhere, with random offset: identity, frame number, ppm up to ±`ppm` and
/// all phases follow from `number`.
struct LteTrial {
    lte::Settings settings;
    lte::Reception reception;
};
[[nodiscard]] LteTrial random_lte_trial(LteTrial trial, double ppm, std::uint64_t number);

/// Hexadecimal digits of octets.
[[nodiscard]] std::string hex_of(const std::vector<std::uint8_t>& octets);

} // namespace gacsong::test
