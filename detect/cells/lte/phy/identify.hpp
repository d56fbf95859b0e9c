// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/extractor.hpp"
#include "detect/cells/lte/phy/numerology.hpp"
#include "detect/cells/lte/phy/primary_search.hpp"

#include <span>
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
    /// Power that the products of the secondary signals have when added up over half frames and that is not those of
    /// this cell, as a multiple of what noise has. Much more is a signal that repeats and is something else.
    double unexplained = 0.0;
    OtherPaces other_paces;
    bool beneath = false; ///< a clear cell with the same primary signal at the same time, which was taken out
};

/// Finds out which cells a primary synchronisation signal may belong to, the best first: their group, half frame,
/// duplex mode and prefix from the secondary signals, the frequency to some 100 Hz. `extractor` works at 1.92 MS/s; the
/// peak's time is one of its stretch, `shift_hz` what the peak's bin stands for. The secondary signals of `known`
/// cells, as far as they stand at the same time, are taken out; what is found beneath a clear cell is given as well.
[[nodiscard]] std::vector<Candidate> identify(Extractor& extractor, const PrimaryPeak& peak, double shift_hz,
                                              std::span<const Candidate> known);

} // namespace gacsong::detect::lte
