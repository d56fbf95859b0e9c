// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figures/waterfall_figure.hpp"

#include "report/figures/brush.hpp"
#include "report/paint/colour_map.hpp"
#include "report/paint/ticks.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QImage>
#include <algorithm>
#include <cmath>

namespace gacsong::figures {
namespace {

constexpr double line_mm = 4.2; ///< of text in the figure
constexpr double left_mm = 20.0;
constexpr double right_mm = 16.0;
constexpr double floor_share = 0.3; ///< below this share of all levels there is only noise

class WaterfallDrawing final : public typeset::Drawing {
public:
    WaterfallDrawing(WaterfallFigureInput input, const Wording& words)
        : in_(std::move(input)), language_(words.language()), frequency_(words.text("figure.frequency")),
          offset_(words.text("figure.offset")), level_(words.text("figure.level_short"))
    {
        std::vector<float> sorted;
        std::ranges::copy_if(in_.data.levels_db, std::back_inserter(sorted),
                             [](float db) { return std::isfinite(db); });
        std::ranges::sort(sorted);
        if (!sorted.empty()) {
            low_db_ =
                std::floor(sorted[static_cast<std::size_t>(floor_share * static_cast<double>(sorted.size() - 1))]);
            high_db_ = std::ceil(std::max(static_cast<double>(sorted.back()), low_db_ + 10.0));
        }
    }

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        const Brush b(painter, mm);
        const double below = (2.0 + static_cast<double>(in_.settings.size())) * line_mm * mm + 2.0 * mm;
        const QRectF plot(left_mm * mm, 2.0 * mm, size.width() - (left_mm + right_mm) * mm,
                          size.height() - 2.0 * mm - below);
        paint_rows(b, plot);
        paint_edges(b, plot);
        b.pen(Qt::black, 0.3);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(plot);
        paint_axes(b, plot);
        paint_scale(b, plot);
        double top = plot.bottom() + (2.0 * line_mm + 1.2) * mm;
        for (const std::string& line : in_.settings) {
            b.text(QRectF(plot.left(), top, plot.width(), line_mm * mm), Qt::AlignLeft | Qt::AlignTop, line);
            top += (line_mm - 0.4) * mm;
        }
    }

private:
    [[nodiscard]] static const paint::ColourMap& map()
    {
        static const paint::ColourMap cividis(paint::MapKind::cividis, false, paint::theme(paint::ThemeKind::light));
        return cividis;
    }
    [[nodiscard]] QRgb colour(float db) const
    {
        const double part = (static_cast<double>(db) - low_db_) / (high_db_ - low_db_);
        const double step = std::clamp(part, 0.0, 1.0) * static_cast<double>(paint::ColourMap::steps - 1);
        return map().at(static_cast<std::size_t>(step));
    }

    void paint_rows(const Brush& b, const QRectF& plot) const
    {
        const WaterfallData& d = in_.data;
        QImage image(static_cast<int>(d.columns), static_cast<int>(d.rows), QImage::Format_RGB32);
        image.fill(Qt::white);
        for (std::size_t row = 0; row < d.rows; ++row) {
            for (std::size_t column = 0; column < d.columns; ++column) {
                const float db = d.levels_db[row * d.columns + column];
                if (std::isfinite(db))
                    image.setPixel(static_cast<int>(column), static_cast<int>(row), colour(db));
            }
        }
        b.painter.save();
        b.painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        b.painter.drawImage(plot, image);
        b.pen(Qt::gray, 0.12);
        const double height = plot.height() / static_cast<double>(d.rows);
        for (std::size_t row = 0; row < d.rows; ++row) {
            if (std::isfinite(d.levels_db[row * d.columns]))
                continue;
            const QRectF lost(plot.left(), plot.top() + height * static_cast<double>(row), plot.width(), height);
            b.painter.setClipRect(lost);
            for (double at = plot.left() - plot.height(); at < plot.right(); at += 2.0 * b.mm)
                b.line(at, plot.bottom(), at + plot.height(), plot.top());
        }
        b.painter.restore();
    }

    void paint_edges(const Brush& b, const QRectF& plot) const
    {
        for (const double hz : {in_.left_hz, in_.right_hz}) {
            const double x = plot.left() + (hz - in_.data.low_hz) / (in_.data.high_hz - in_.data.low_hz) * plot.width();
            if (x <= plot.left() || x >= plot.right())
                continue;
            b.pen(Qt::white, 0.4, Qt::DotLine);
            b.line(x, plot.top(), x, plot.bottom());
        }
    }

    void paint_axes(const Brush& b, const QRectF& plot) const
    {
        const WaterfallData& d = in_.data;
        const double shift = in_.center_hz.value_or(0.0);
        const auto across = paint::frequency_ticks(shift + d.low_hz, shift + d.high_hz, plot.width() / b.mm * 4.0, 80.0,
                                                   language_, !in_.center_hz);
        for (const paint::Tick& tick : across.ticks) {
            if (!tick.major)
                continue;
            const double x = plot.left() + (tick.value - shift - d.low_hz) / (d.high_hz - d.low_hz) * plot.width();
            b.pen(Qt::black, 0.2);
            b.line(x, plot.bottom(), x, plot.bottom() + 0.8 * b.mm);
            b.text(QRectF(x - 20.0 * b.mm, plot.bottom() + 0.8 * b.mm, 40.0 * b.mm, line_mm * b.mm),
                   Qt::AlignHCenter | Qt::AlignTop, tick.label);
        }
        const std::string common = across.common.empty() ? "" : across.common + " ";
        b.text(QRectF(plot.left(), plot.bottom() + (line_mm + 0.6) * b.mm, plot.width(), line_mm * b.mm),
               Qt::AlignHCenter | Qt::AlignTop,
               (in_.center_hz ? frequency_ : offset_) + " (" + common + across.unit + ")");
        const auto down = paint::time_ticks(d.from_s, d.to_s, plot.height() / b.mm * 4.0, 32.0, language_, in_.start);
        for (const paint::Tick& tick : down.ticks) {
            if (!tick.major)
                continue;
            const double y = plot.top() + (tick.value - d.from_s) / (d.to_s - d.from_s) * plot.height();
            b.pen(Qt::black, 0.2);
            b.line(plot.left() - 0.8 * b.mm, y, plot.left(), y);
            b.text(QRectF(0.0, y - 3.0 * b.mm, plot.left() - 1.2 * b.mm, 6.0 * b.mm), Qt::AlignRight | Qt::AlignVCenter,
                   tick.label);
        }
    }

    /// A bar of the colours with the levels they stand for.
    void paint_scale(const Brush& b, const QRectF& plot) const
    {
        const QRectF bar(plot.right() + 3.0 * b.mm, plot.top() + 5.0 * b.mm, 3.0 * b.mm, plot.height() - 5.0 * b.mm);
        QImage image(1, 256, QImage::Format_RGB32);
        for (int i = 0; i < 256; ++i)
            image.setPixel(0, i, colour(static_cast<float>(high_db_ + (low_db_ - high_db_) * i / 255.0)));
        b.painter.drawImage(bar, image);
        b.pen(Qt::black, 0.2);
        b.painter.drawRect(bar);
        b.text(QRectF(plot.right() + 1.0 * b.mm, plot.top() - 0.5 * b.mm, right_mm * b.mm, line_mm * b.mm),
               Qt::AlignLeft | Qt::AlignTop, level_);
        for (const double db : {high_db_, low_db_}) {
            const double y = db == high_db_ ? bar.top() : bar.bottom() - line_mm * b.mm;
            b.text(QRectF(bar.right() + 0.8 * b.mm, y, 10.0 * b.mm, line_mm * b.mm), Qt::AlignLeft | Qt::AlignTop,
                   number_text(db, 0, language_));
        }
    }

    WaterfallFigureInput in_;
    Language language_;
    std::string frequency_;
    std::string offset_;
    std::string level_;
    double low_db_ = -100.0;
    double high_db_ = 0.0;
};

} // namespace

std::shared_ptr<const typeset::Drawing> waterfall_figure(WaterfallFigureInput input, const Wording& words)
{
    return std::make_shared<WaterfallDrawing>(std::move(input), words);
}

} // namespace gacsong::figures
