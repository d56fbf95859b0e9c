// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A stretch of frequency and of time over all runs. What is absent is not bounded. Emissions without an absolute
/// frequency or time lie in no box that asks for it.
struct EmissionBox {
    std::optional<double> low_hz; ///< of the centre: low_hz ≤ centre < high_hz
    std::optional<double> high_hz;
    std::optional<Instant> from; ///< of the beginning: from ≤ start < until
    std::optional<Instant> until;
};

/// An emission and the run in which it was heard.
struct FoundEmission {
    std::int64_t run = 0;
    Emission emission;
};

/// Where a page ended: the next one begins behind it.
struct PageEnd {
    double center_hz = 0.0;
    std::int64_t run = 0;
    std::string id;
};

/// A page of the emissions of closed runs in a box, by centre, run and id; at most `most`. A page costs the same
/// wherever it lies (keyset). Errors: those of Connection::exec().
[[nodiscard]] Result<std::vector<FoundEmission>> emissions_page(Store& store, const EmissionBox& box,
                                                                const std::optional<PageEnd>& after, std::size_t most);

/// The end of a page that is not empty.
[[nodiscard]] PageEnd end_of(const std::vector<FoundEmission>& page);

/// What was heard at one place, to a thousandth of a degree.
struct HeardPlace {
    std::optional<double> latitude; ///< absent: of the runs that state none
    std::optional<double> longitude;
    std::string verdict;
    std::uint64_t emissions = 0;
};

/// How many emissions of a box were heard where, by place and verdict. Without bounds in frequency it counts whole
/// runs by their own time. Errors: those of Connection::exec().
[[nodiscard]] Result<std::vector<HeardPlace>> heard_places(Store& store, const EmissionBox& box);

} // namespace gacsong
