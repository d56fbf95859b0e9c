// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/tracker.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gacsong::detect {

/// Which emissions were told of while they were still on, so that they keep their name when they end.
class Announcements {
public:
    /// The name for a track that is still on; nothing where it was told of before.
    [[nodiscard]] std::optional<std::string> begin(const Track& track);

    /// The name for a track that has ended.
    [[nodiscard]] std::string end(const Track& track);

    /// What was told of.
    struct Told {
        std::string id;
        Band core;
        double start_s = 0.0;
        unsigned missed = 0; ///< looks in a row that did not find it
    };

    /// Nothing of what is on goes on: another tuning begins, or the input has ended. Gives what was told of and has
    /// not ended.
    [[nodiscard]] std::vector<Told> forget() { return std::exchange(told_, {}); }

    /// Takes out what was told of and is gone without having ended: known(core) did not find it several times in a row.
    [[nodiscard]] std::vector<Told> take_lost(const std::function<bool(const Band&)>& known);

private:
    [[nodiscard]] std::string next() { return "e" + std::to_string(++last_); }

    std::vector<Told> told_;
    std::uint64_t last_ = 0;
};

} // namespace gacsong::detect
