// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/extractor.hpp"
#include "detect/cells/lte/phy/numerology.hpp"
#include "detect/cells/lte/phy/primary_search.hpp"

#include <vector>

namespace gacsong::detect::lte {

/// Who a cell is and how it sends.
struct Identity {
    unsigned pci = 0;
    bool tdd = false;
    Numerology numerology;
};

/// A cell as its synchronisation signals show it.
struct Candidate {
    Identity identity;
    Place place;
    double primary_evidence = 0.0;
    double secondary_evidence = 0.0; ///< −ln of the chance that noise fits one given cell so well
};

/// Finds out which cells a primary synchronisation signal may belong to, the best first: their group, half frame,
/// duplex mode and prefix from the secondary signals, the frequency to some 100 Hz. `extractor` works at 1.92 MS/s; the
/// peak's time is one of its stretch, `shift_hz` what the peak's bin stands for.
[[nodiscard]] std::vector<Candidate> identify(Extractor& extractor, const PrimaryPeak& peak, double shift_hz);

} // namespace gacsong::detect::lte
