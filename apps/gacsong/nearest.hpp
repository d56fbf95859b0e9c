// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace gacsong::app {

/// How many letters must be put in, left out, changed or swapped with their neighbour to make `b` of `a`
/// (optimal string alignment distance).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known word that is nearest to `word`; the first of several, empty where there are none.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> known);

} // namespace gacsong::app
