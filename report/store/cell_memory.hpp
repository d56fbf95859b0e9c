// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/cells/sighting.hpp"

#include <filesystem>
#include <memory>

namespace gacsong {

class Connection;

/// What the store remembers of cells. Opens the file at the first question, in the thread that asks, which must stay
/// the same. A store that cannot be read remembers nothing; writing to it tells why.
class StoredCells final : public CellMemory {
public:
    explicit StoredCells(std::filesystem::path file);
    ~StoredCells() override;

    [[nodiscard]] std::vector<CellSighting> of_identity(const std::string& technology, const std::string& plmn,
                                                        std::uint64_t cell, Instant from, Instant to) const override;

private:
    std::filesystem::path file_;
    mutable std::unique_ptr<Connection> connection_;
};

} // namespace gacsong
