// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

namespace gacsong::sdr {

/// Where samples that were handed out stand in a ring, from which stretches may have been left out. Thread-safe.
class PositionMap {
public:
    /// Samples from `handed` on stand from `in_ring` on.
    void begin(std::uint64_t handed, std::uint64_t in_ring);
    /// Samples before `handed` have been handed out.
    void reach(std::uint64_t handed);

    struct Place {
        std::uint64_t in_ring = 0;
        std::uint64_t samples = 0; ///< that follow without a break
    };
    [[nodiscard]] std::optional<Place> find(std::uint64_t handed) const;

    [[nodiscard]] std::uint64_t end() const;
    /// First sample handed out that stands at or after a place of the ring.
    [[nodiscard]] std::uint64_t handed_at(std::uint64_t in_ring) const;

private:
    struct Stretch {
        std::uint64_t handed = 0;
        std::uint64_t in_ring = 0;
    };
    static constexpr std::size_t most = 4096; ///< older stretches have left the ring long ago

    mutable std::mutex mutex_;
    std::deque<Stretch> stretches_;
    std::uint64_t end_ = 0;
};

} // namespace gacsong::sdr
