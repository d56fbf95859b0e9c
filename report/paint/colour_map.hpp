// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/paint/theme.hpp"

#include <QRgb>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gacsong::paint {

enum class MapKind : std::uint8_t { viridis, turbo, cividis, grey, paper };
inline constexpr std::array all_maps{MapKind::viridis, MapKind::turbo, MapKind::cividis, MapKind::grey, MapKind::paper};

/// `viridis`, …
[[nodiscard]] std::string_view code(MapKind kind);
[[nodiscard]] std::optional<MapKind> parse_map(std::string_view name);

/// Colours from the lowest to the highest level, 1024 of them. On a dark theme the lowest 16 % of viridis, turbo and
/// cividis fade to the plot's colour, so that the noise floor lies nearly on it.
class ColourMap {
public:
    static constexpr std::size_t steps = 1024;

    ColourMap(MapKind kind, bool reversed, const Theme& theme);

    [[nodiscard]] QRgb at(std::size_t step) const { return table_[step]; }
    [[nodiscard]] const QRgb* data() const { return table_.data(); }

private:
    std::vector<QRgb> table_;
};

/// What a picture uses where nothing else is asked for: viridis on dark, paper on light.
[[nodiscard]] MapKind default_map(ThemeKind kind);

} // namespace gacsong::paint
