// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace gacsong {

/// An annotation of a recording as a person sees it.
struct Note {
    std::uint64_t id = 0; ///< stays the same while the file is open; 0: not in it
    double from_s = 0.0;  ///< from the start of the recording
    double to_s = 0.0;
    std::optional<std::pair<double, double>> edges_hz; ///< from the centre of the recording; none: the whole band
    std::string label;
    std::string comment;
    std::string generator; ///< who or what made it
    bool ours = false;     ///< written anew with every scan

    bool operator==(const Note&) const = default;
};

} // namespace gacsong
