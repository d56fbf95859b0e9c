// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// A frequency that somebody noted in another program.
struct Bookmark {
    double center_hz = 0.0;
    double bandwidth_hz = 0.0; ///< 0: not stated
    std::string name;
};

struct Bookmarks {
    std::string program; ///< `SDR++`, `gqrx`, `OpenWebRX`
    std::vector<Bookmark> list;
    std::size_t left_out = 0; ///< entries that cannot be read
};

/// Most entries that are read.
inline constexpr std::size_t most_bookmarks = 100'000;

/// Reads lists of frequencies of other programs (formats-and-radios.md §3.7): SDR++'s frequency manager (with and
/// without its `bookmarks` level, and its export), gqrx's bookmarks.csv, OpenWebRX's bookmarks.json and bands.json (the
/// frequencies in it, and each band as one). Which one it is, is told by its shape. Nothing where it is none of them.
[[nodiscard]] std::optional<Bookmarks> parse_bookmarks(std::string_view text);

/// The list as a table that --ignore takes: `center_hz,bandwidth_hz,reason,until`. Bookmarks are no licences.
[[nodiscard]] std::string bookmark_table(const Bookmarks& bookmarks);

} // namespace gacsong
