// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A cell as it was heard at some time: what the indicators compare with.
struct CellSighting {
    std::string technology;
    std::string plmn;
    std::optional<std::uint64_t> area;
    std::optional<std::uint64_t> cell;
    std::optional<std::uint64_t> channel;
    std::optional<std::uint64_t> code; ///< BSIC or PCI
    Instant at;
};

/// What was heard before, across runs. The store implements it; without one there is no memory.
class CellMemory {
public:
    virtual ~CellMemory() = default;

    /// Sightings of cells with this network and cell number, whatever their area and carrier, between two moments.
    [[nodiscard]] virtual std::vector<CellSighting> of_identity(const std::string& technology, const std::string& plmn,
                                                                std::uint64_t cell, Instant from, Instant to) const = 0;
};

} // namespace gacsong
