// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/plot_raster.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::picture {
namespace {

/// `colour` over `ground` with `part` of 256 of its opacity.
inline QRgb over(QRgb ground, QRgb colour, unsigned part)
{
    const unsigned alpha = static_cast<unsigned>(qAlpha(colour)) * part / 255U; // 0 … 256
    const unsigned rest = 256U - alpha;
    // Red and blue in one go, green by itself; an opaque pixel stays one.
    const QRgb red_blue = (((colour & 0xFF00FFU) * alpha + (ground & 0xFF00FFU) * rest) >> 8U) & 0xFF00FFU;
    const QRgb green = (((colour & 0x00FF00U) * alpha + (ground & 0x00FF00U) * rest) >> 8U) & 0x00FF00U;
    return 0xFF000000U | red_blue | green;
}

} // namespace

PlotRaster::PlotRaster(QImage& image, QSize size, const QColor& ground)
    : image_(image), size_(size), ground_(ground), columns_(static_cast<std::size_t>(size.width()), ground.rgb())
{
    if (image_.size() != size)
        image_ = QImage(size, QImage::Format_RGB32);
}

void PlotRaster::add_row(int y, const QColor& colour)
{
    if (y >= 0 && y < size_.height())
        rows_.emplace_back(y, colour);
}

void PlotRaster::add_columns(int from, int to, const QColor& colour)
{
    for (int x = std::max(0, from); x < std::min(to, size_.width()); ++x) {
        QRgb& column = columns_[static_cast<std::size_t>(x)];
        column = over(column, colour.rgba(), 256);
    }
}

void PlotRaster::paint_ground(std::span<const float> heights, const QColor& tint)
{
    const std::size_t width = columns_.size();
    // Below the picture: nothing is tinted.
    std::vector<std::int32_t> tops(width, size_.height());
    for (std::size_t x = 0; x < std::min(width, heights.size()); ++x)
        if (std::isfinite(heights[x]))
            tops[x] = std::max(0, static_cast<std::int32_t>(heights[x]));
    std::vector<QRgb> tinted(width);
    std::ranges::transform(columns_, tinted.begin(), [&](QRgb ground) { return over(ground, tint.rgba(), 256); });
    const auto [highest, lowest] = std::ranges::minmax_element(tops);
    for (int y = 0; y < size_.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image_.scanLine(y));
        if (width == 0 || y < *highest || y >= *lowest) { // all above the curve, or all below
            std::ranges::copy(y >= *lowest ? tinted : columns_, line);
            continue;
        }
        for (std::size_t x = 0; x < width; ++x)
            line[x] = y >= tops[x] ? tinted[x] : columns_[x];
    }
    for (const auto& [y, colour] : rows_) {
        auto* line = reinterpret_cast<QRgb*>(image_.scanLine(y));
        for (std::size_t x = 0; x < width; ++x)
            line[x] = over(line[x], colour.rgba(), 256);
    }
}

void PlotRaster::paint_curve(std::span<const float> heights, const QColor& colour, double width, const Dash& dash)
{
    const std::size_t count = std::min(heights.size(), columns_.size());
    const auto half = static_cast<float>(0.5 * width);
    const QRgb rgba = colour.rgba();
    const bool solid = dash.on >= dash.period;
    const bool opaque = qAlpha(rgba) == 255;
    const auto stride = static_cast<std::size_t>(image_.bytesPerLine()) / sizeof(QRgb);
    auto* const pixels = reinterpret_cast<QRgb*>(image_.bits());
    const auto last = static_cast<float>(size_.height());
    double phase = -1.0; ///< of the column in the dash that it belongs to
    for (std::size_t x = 0; x < count; ++x) {
        phase += phase + 1.0 >= dash.period ? 1.0 - dash.period : 1.0;
        const float here = heights[x];
        if (!std::isfinite(here) || (!solid && phase >= dash.on))
            continue;
        // A column reaches half the way to its neighbours.
        const float before = x > 0 && std::isfinite(heights[x - 1]) ? 0.5F * (heights[x - 1] + here) : here;
        const float after = x + 1 < count && std::isfinite(heights[x + 1]) ? 0.5F * (heights[x + 1] + here) : here;
        const float top = std::max(0.0F, std::min({before, here, after}) - half);
        const float bottom = std::min(last, std::max({before, here, after}) + half);
        for (auto y = static_cast<std::size_t>(top); static_cast<float>(y) < bottom; ++y) {
            const float covered = std::min(bottom, static_cast<float>(y) + 1.0F) - std::max(top, static_cast<float>(y));
            QRgb& pixel = pixels[y * stride + x];
            pixel = opaque && covered >= 1.0F ? rgba : over(pixel, rgba, static_cast<unsigned>(256.0F * covered));
        }
    }
}

} // namespace gacsong::picture
