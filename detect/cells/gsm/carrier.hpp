// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/cells/gsm/cell_builder.hpp"
#include "detect/cells/gsm/receiver.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace gacsong::detect::gsm {

/// One carrier that is being received: where its channel stands in the bank, its receiver and what it said so far.
struct Carrier {
    std::size_t group = 0;
    std::ptrdiff_t bin = 0; ///< of the channel's centre
    double base_hz = 0.0;   ///< of the same, from the centre of the recording
    std::optional<Channel> channel;
    Receiver receiver;
    std::size_t cell = 0;        ///< index among the searcher's cells
    std::vector<Sample> fresh{}; ///< of the present chunk
};

} // namespace gacsong::detect::gsm
