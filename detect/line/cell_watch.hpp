// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace gacsong::detect {

/// The searchers of all technologies on one segment.
class CellWatch {
public:
    using Told = std::function<void(const CellReport&)>;

    /// told() is called with what was found, in the thread that calls.
    explicit CellWatch(Told told) : told_(std::move(told)) {}

    void begin(const CellInput& input)
    {
        searchers_.clear();
        for (const auto make : all_cell_searchers())
            if (auto searcher = make(input))
                searchers_.push_back(std::move(searcher));
    }

    /// Whole raw samples, in order.
    void add(std::span<const std::byte> bytes)
    {
        for (auto& searcher : searchers_) {
            searcher->add(bytes);
            told_(searcher->take());
        }
    }

    /// The segment has ended.
    void finish()
    {
        for (auto& searcher : searchers_) {
            searcher->finish();
            told_(searcher->take());
        }
        searchers_.clear();
    }

private:
    Told told_;
    std::vector<std::unique_ptr<CellSearcher>> searchers_;
};

} // namespace gacsong::detect
