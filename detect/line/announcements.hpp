// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/tracker.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::detect {

/// Which emissions were told of while they were still on, so that they keep their name when they end.
class Announcements {
public:
    /// The name for a track that is still on; nothing where it was told of before.
    [[nodiscard]] std::optional<std::string> begin(const Track& track);

    /// The name for a track that has ended.
    [[nodiscard]] std::string end(const Track& track);

    /// Nothing of what is on goes on: another tuning begins.
    void forget() { told_.clear(); }

private:
    struct Told {
        std::string id;
        Band core;
        double start_s = 0.0;
    };
    [[nodiscard]] std::string next() { return "e" + std::to_string(++last_); }

    std::vector<Told> told_;
    std::uint64_t last_ = 0;
};

} // namespace gacsong::detect
