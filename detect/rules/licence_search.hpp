// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "detect/rules/context.hpp"

#include <optional>
#include <vector>

namespace gacsong {

/// What a search needs to know of an emission. Uncertainties are k = 2.
struct Heard {
    double center_hz = 0.0;
    double bandwidth_hz = 0.0;
    double u_center_hz = 0.0;     ///< not less than a share of the bandwidth: modulation moves the midpoint
    bool bandwidth_known = false; ///< a value, not an estimate
};

/// The register seen from one emission. Pointers are null where nothing was found and live as long as the context.
struct LicenceSearch {
    const Licence* match = nullptr;    ///< valid, here, on frequency within tolerance and uncertainty
    bool block = false;                ///< match covers the emission as part of a block
    const Licence* off = nullptr;      ///< valid, here, the emission lies in its channel but off its centre
    const Licence* perhaps = nullptr;  ///< valid, here, but it matches only because the frequency is so uncertain
    double tolerance_hz = 0.0;         ///< of match or off
    std::optional<double> distance_km; ///< from the place of match or off
    bool place_unknown = false;        ///< match or off has a place, but where we are is not known
    std::vector<const Licence*> also;  ///< other licences that would match within the uncertainty

    const Licence* elsewhere = nullptr; ///< on frequency, but for another place
    double elsewhere_km = 0.0;
    const Licence* expired = nullptr;
    const Licence* not_yet = nullptr;
    const Licence* unlike = nullptr;  ///< on frequency, but of another bandwidth
    const Licence* nearest = nullptr; ///< nearest in frequency, whatever its place and time
};

/// Compares with all licences near the emission's frequency. `band` (may be null) gives the raster.
[[nodiscard]] LicenceSearch search_licences(const LicenceRegister& licences, const Heard& heard, const Band* band,
                                            const Tolerance& tolerance, const std::optional<Place>& place,
                                            Instant when);

} // namespace gacsong
