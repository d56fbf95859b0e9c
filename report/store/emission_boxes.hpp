// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "report/store/dialect.hpp"

#include <QVariant>
#include <string>
#include <vector>

namespace gacsong {

/// An index of emissions by frequency and time together: an R*Tree in a file (sqlite.org/rtree.html), whose rows bear
/// the numbers of those of `emission` and follow them by triggers; a GiST index on a point on PostgreSQL. It holds
/// emissions that have an absolute centre and beginning.
[[nodiscard]] std::vector<std::string> create_emission_boxes(Dialect dialect);

/// A condition or a table, and the values that it wants.
struct BoxQuery {
    std::string sql;
    std::vector<QVariant> values;
};

/// A table expression with the rows of `emission` that may lie in low_hz ≤ centre < high_hz and from ≤ start < until:
/// all that do, and some beside its edges, as the R*Tree keeps 32-bit numbers rounded outwards. Whoever asks asks the
/// columns themselves as well.
[[nodiscard]] BoxQuery emissions_near(Dialect dialect, double low_hz, double high_hz, Instant from, Instant until);

/// How many those are, counted no further than `most`.
[[nodiscard]] BoxQuery count_near(Dialect dialect, double low_hz, double high_hz, Instant from, Instant until,
                                  std::size_t most);

} // namespace gacsong
