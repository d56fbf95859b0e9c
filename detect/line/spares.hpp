// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/spectra.hpp"

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace gacsong::detect {

/// Things with memory of their own that one thread has done with and another can use again: asking the system for a
/// megabyte costs as much as transforming it. May be used by any thread.
template <class Thing> class Spares {
public:
    /// A used one with whatever it held, or a new one.
    [[nodiscard]] Thing take()
    {
        const std::scoped_lock guard(lock_);
        if (kept_.empty())
            return Thing{};
        Thing out = std::move(kept_.back());
        kept_.pop_back();
        return out;
    }

    void give(Thing thing)
    {
        const std::scoped_lock guard(lock_);
        if (kept_.size() < most)
            kept_.push_back(std::move(thing));
    }

private:
    static constexpr std::size_t most = 32; ///< more than a line has under way
    std::mutex lock_;
    std::vector<Thing> kept_;
};

/// What slabs are made of.
struct SlabSpares {
    Spares<std::vector<std::byte>> bytes;
    Spares<SlabSpectra> spectra;
};

} // namespace gacsong::detect
