// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/spectrum_figure.hpp"

#include "report/paint/ticks.hpp"
#include "report/typeset/fonts.hpp"
#include "report/typeset/text_box.hpp"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace gacsong::papers {
namespace {

constexpr double text_points = 9.0;
constexpr double line_mm = 4.2; ///< of text in the figure

const QColor red(0xC0, 0x00, 0x00);
const QColor blue(0x1F, 0x3F, 0x9F);
const QColor grey(0x80, 0x80, 0x80);

QString qt(const std::string& text) { return typeset::nfc(text); }

class SpectrumDrawing final : public typeset::Drawing {
public:
    SpectrumDrawing(SpectrumFigureInput input, const Wording& words)
        : in_(std::move(input)), language_(words.language()), mean_(words.text("figure.mean")),
          maximum_(words.text("figure.maximum")), limit_(words.text("figure.limit")),
          measured_(words.text(in_.channel ? "figure.channel" : "figure.measured")), floor_(words.text("figure.floor")),
          frequency_(words.text("figure.frequency")), offset_(words.text("figure.offset")),
          level_(words.text("figure.level"))
    {
        const auto [low, high] = std::ranges::minmax(in_.data.mean_db);
        low_db_ = std::floor((std::max(low, -200.0F) - 3.0F) / 10.0F) * 10.0;
        const float top = *std::ranges::max_element(in_.data.max_db);
        high_db_ = std::max(std::ceil((static_cast<double>(std::max(high, top)) + 6.0) / 10.0) * 10.0, low_db_ + 10.0);
    }

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        Brush brush{painter, mm, plot_area(size, mm), typeset::font(typeset::Face::sans, text_points)};
        painter.setFont(brush.font);
        paint_legend(brush);
        paint_axes(brush);
        paint_traces(brush);
        paint_edges(brush);
        paint_settings(brush);
    }

private:
    struct Brush {
        QPainter& painter;
        double mm;
        QRectF plot;
        QFont font;

        void pen(QColor colour, double width_mm, Qt::PenStyle style = Qt::SolidLine) const
        {
            QPen pen(colour, width_mm * mm, style, Qt::FlatCap);
            painter.setPen(pen);
        }
        void text(const QRectF& box, int align, const QString& text) const
        {
            painter.setPen(Qt::black);
            painter.drawText(box, align | Qt::TextDontClip, text);
        }
    };

    [[nodiscard]] QRectF plot_area(const QSizeF& size, double mm) const
    {
        const double below = (2.0 + static_cast<double>(in_.settings.size())) * line_mm * mm + 2.0 * mm;
        return {13.0 * mm, 7.0 * mm, size.width() - 17.0 * mm, size.height() - 7.0 * mm - below};
    }
    [[nodiscard]] double x(const Brush& b, double hz) const
    {
        return b.plot.left() + (hz - in_.data.low_hz) / (in_.data.high_hz - in_.data.low_hz) * b.plot.width();
    }
    [[nodiscard]] double y(const Brush& b, double db) const
    {
        const double part = std::clamp((high_db_ - db) / (high_db_ - low_db_), 0.0, 1.0);
        return b.plot.top() + part * b.plot.height();
    }

    void paint_legend(const Brush& b) const
    {
        struct Entry {
            const std::string* name;
            QColor colour;
            double width;
            Qt::PenStyle style;
            bool there;
        };
        const Entry entries[] = {{&mean_, Qt::black, 0.4, Qt::SolidLine, true},
                                 {&maximum_, blue, 0.2, Qt::SolidLine, true},
                                 {&limit_, red, 0.5, Qt::DashLine, in_.limits.has_value()},
                                 {&measured_, blue, 0.5, Qt::DotLine, in_.measured.has_value()},
                                 {&floor_, grey, 0.3, Qt::DashLine, in_.floor_db.has_value()}};
        const QFontMetricsF metrics(b.font, b.painter.device());
        double at = b.plot.left();
        for (const Entry& entry : entries) {
            if (!entry.there)
                continue;
            b.pen(entry.colour, entry.width, entry.style);
            b.painter.drawLine(QPointF(at, 2.5 * b.mm), QPointF(at + 7.0 * b.mm, 2.5 * b.mm));
            const double width = metrics.horizontalAdvance(qt(*entry.name));
            b.text(QRectF(at + 8.0 * b.mm, 0.0, width, 5.0 * b.mm), Qt::AlignLeft | Qt::AlignVCenter, qt(*entry.name));
            at += width + 12.0 * b.mm;
        }
    }

    void paint_axes(const Brush& b) const
    {
        const bool relative = !in_.center_hz.has_value();
        const double shift = in_.center_hz.value_or(0.0);
        const auto across = paint::frequency_ticks(shift + in_.data.low_hz, shift + in_.data.high_hz,
                                                   b.plot.width() / b.mm * 4.0, 80.0, language_, relative);
        for (const paint::Tick& tick : across.ticks) {
            if (!tick.major)
                continue;
            const double at = x(b, tick.value - shift);
            b.pen(grey, 0.1);
            b.painter.drawLine(QPointF(at, b.plot.top()), QPointF(at, b.plot.bottom()));
            b.text(QRectF(at - 20.0 * b.mm, b.plot.bottom() + 0.8 * b.mm, 40.0 * b.mm, line_mm * b.mm),
                   Qt::AlignHCenter | Qt::AlignTop, qt(tick.label));
        }
        for (double db = low_db_; db <= high_db_ + 0.1; db += 10.0) {
            b.pen(grey, 0.1);
            b.painter.drawLine(QPointF(b.plot.left(), y(b, db)), QPointF(b.plot.right(), y(b, db)));
            const QString label = (db < 0 ? QStringLiteral("−") : QString()) + QString::number(std::abs(db));
            b.text(QRectF(0.0, y(b, db) - 3.0 * b.mm, b.plot.left() - 1.0 * b.mm, 6.0 * b.mm),
                   Qt::AlignRight | Qt::AlignVCenter, label);
        }
        b.pen(Qt::black, 0.3);
        b.painter.drawRect(b.plot);
        const std::string& name = relative ? offset_ : frequency_;
        const std::string common = across.common.empty() ? "" : across.common + " ";
        b.text(QRectF(b.plot.left(), b.plot.bottom() + (line_mm + 0.6) * b.mm, b.plot.width(), line_mm * b.mm),
               Qt::AlignHCenter | Qt::AlignTop, qt(name + " (" + common + across.unit + ")"));
        b.painter.save();
        b.painter.translate(2.0 * b.mm, b.plot.center().y());
        b.painter.rotate(-90.0);
        b.text(QRectF(-40.0 * b.mm, -2.5 * b.mm, 80.0 * b.mm, 5.0 * b.mm), Qt::AlignCenter, qt(level_));
        b.painter.restore();
    }

    void paint_trace(const Brush& b, const std::vector<float>& levels, QColor colour, double width_mm) const
    {
        QPolygonF points;
        const double step = (in_.data.high_hz - in_.data.low_hz) / static_cast<double>(levels.size() - 1);
        for (std::size_t i = 0; i < levels.size(); ++i)
            points << QPointF(x(b, in_.data.low_hz + step * static_cast<double>(i)),
                              y(b, static_cast<double>(levels[i])));
        b.pen(colour, width_mm);
        b.painter.drawPolyline(points);
    }

    /// Hatches what lies under the mean outside the limits.
    void paint_excess(const Brush& b) const
    {
        const auto& levels = in_.data.mean_db;
        const double step = (in_.data.high_hz - in_.data.low_hz) / static_cast<double>(levels.size() - 1);
        const double base = in_.floor_db ? y(b, *in_.floor_db) : b.plot.bottom();
        QPainterPath under(QPointF(b.plot.left(), base));
        for (std::size_t i = 0; i < levels.size(); ++i)
            under.lineTo(x(b, in_.data.low_hz + step * static_cast<double>(i)),
                         std::min(base, y(b, static_cast<double>(levels[i]))));
        under.lineTo(b.plot.right(), base);
        QPainterPath outside;
        outside.addRect(QRectF(QPointF(b.plot.left(), b.plot.top()),
                               QPointF(std::max(b.plot.left(), x(b, in_.limits->low_hz)), b.plot.bottom())));
        outside.addRect(QRectF(QPointF(std::min(b.plot.right(), x(b, in_.limits->high_hz)), b.plot.top()),
                               QPointF(b.plot.right(), b.plot.bottom())));
        b.painter.save();
        b.painter.setClipPath(under.intersected(outside));
        b.pen(red, 0.12);
        for (double at = b.plot.left() - b.plot.height(); at < b.plot.right(); at += 1.5 * b.mm)
            b.painter.drawLine(QPointF(at, b.plot.bottom()), QPointF(at + b.plot.height(), b.plot.top()));
        b.painter.restore();
    }

    void paint_traces(const Brush& b) const
    {
        if (in_.limits && in_.hatch)
            paint_excess(b);
        paint_trace(b, in_.data.max_db, blue, 0.2);
        paint_trace(b, in_.data.mean_db, Qt::black, 0.35);
        if (in_.floor_db && *in_.floor_db > low_db_) {
            b.pen(grey, 0.3, Qt::DashLine);
            b.painter.drawLine(QPointF(b.plot.left(), y(b, *in_.floor_db)),
                               QPointF(b.plot.right(), y(b, *in_.floor_db)));
        }
    }

    void paint_pair(const Brush& b, const Edges& edges, QColor colour, Qt::PenStyle style, double top_mm) const
    {
        const double left = x(b, edges.low_hz);
        const double right = x(b, edges.high_hz);
        const double from = b.plot.top() + (style == Qt::DashLine ? 0.0 : 0.15 * b.plot.height());
        b.pen(colour, 0.5, style);
        for (const double at : {left, right}) {
            if (at >= b.plot.left() && at <= b.plot.right())
                b.painter.drawLine(QPointF(at, from), QPointF(at, b.plot.bottom()));
        }
        const double height = b.plot.top() + top_mm * b.mm;
        b.pen(colour, 0.2);
        b.painter.drawLine(QPointF(std::max(left, b.plot.left()), height),
                           QPointF(std::min(right, b.plot.right()), height));
        const QFontMetricsF metrics(b.font, b.painter.device());
        const double width = metrics.horizontalAdvance(qt(edges.text)) + 2.0 * b.mm;
        const double middle =
            std::clamp(0.5 * (left + right), b.plot.left() + 0.5 * width, b.plot.right() - 0.5 * width);
        const QRectF box(middle - 0.5 * width, height - 2.2 * b.mm, width, 4.4 * b.mm);
        b.painter.fillRect(box, Qt::white);
        b.text(box, Qt::AlignCenter, qt(edges.text));
    }

    void paint_edges(const Brush& b) const
    {
        if (in_.limits)
            paint_pair(b, *in_.limits, red, Qt::DashLine, 3.5);
        if (in_.measured)
            paint_pair(b, *in_.measured, blue, Qt::DotLine, 0.75 * b.plot.height() / b.mm);
    }

    void paint_settings(const Brush& b) const
    {
        double top = b.plot.bottom() + (2.0 * line_mm + 1.2) * b.mm;
        for (const std::string& line : in_.settings) {
            b.text(QRectF(b.plot.left(), top, b.plot.width(), line_mm * b.mm), Qt::AlignLeft | Qt::AlignTop, qt(line));
            top += (line_mm - 0.4) * b.mm;
        }
    }

    SpectrumFigureInput in_;
    Language language_;
    std::string mean_;
    std::string maximum_;
    std::string limit_;
    std::string measured_;
    std::string floor_;
    std::string frequency_;
    std::string offset_;
    std::string level_;
    double low_db_ = -100.0;
    double high_db_ = 0.0;
};

} // namespace

std::shared_ptr<const typeset::Drawing> spectrum_figure(SpectrumFigureInput input, const Wording& words)
{
    return std::make_shared<SpectrumDrawing>(std::move(input), words);
}

} // namespace gacsong::papers
