// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figures/count_charts.hpp"

#include "report/figures/brush.hpp"
#include "report/wording/value_text.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace gacsong::figures {
namespace {

constexpr double line_mm = 4.2;
constexpr double bar_row_mm = 6.0;
constexpr double bar_label_mm = 78.0;
constexpr double share_bar_mm = 11.0;

constexpr double pair_row_mm = 2.0 * line_mm + 1.6;
constexpr double pair_legend_mm = 6.0;

const QColor grey(0x60, 0x60, 0x60);
const QColor dark(0x30, 0x30, 0x30);
const QColor light(0xA0, 0xA0, 0xA0);

/// Fills that differ in black and white.
constexpr std::array hatches{Qt::SolidPattern, Qt::Dense6Pattern, Qt::BDiagPattern, Qt::CrossPattern,    Qt::HorPattern,
                             Qt::FDiagPattern, Qt::Dense4Pattern, Qt::VerPattern,   Qt::DiagCrossPattern};

std::uint64_t most(const std::vector<Counted>& all)
{
    std::uint64_t greatest = 1;
    for (const Counted& one : all)
        greatest = std::max(greatest, one.count);
    return greatest;
}

std::string whole(std::uint64_t count, Language language)
{
    return number_text(static_cast<std::int64_t>(count), language);
}

/// A frame that is filled with lines of the painter's scale, not of its pixels.
void hatch(const Brush& b, const QRectF& box, std::size_t index)
{
    const Qt::BrushStyle style = hatches.at(index % hatches.size());
    QBrush fill(index == 0 ? QColor(0x30, 0x30, 0x30) : QColor(Qt::black), style);
    const double scale = b.mm / 6.0;
    fill.setTransform(QTransform::fromScale(scale, scale));
    b.pen(Qt::black, 0.2);
    b.painter.fillRect(box, Qt::white);
    b.painter.setBrush(fill);
    b.painter.drawRect(box);
    b.painter.setBrush(Qt::NoBrush);
}

class ColumnDrawing final : public typeset::Drawing {
public:
    ColumnDrawing(std::vector<ColumnPanel> panels, Language language) : panels_(std::move(panels)), language_(language)
    {
    }

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        const Brush b(painter, mm, 8.0);
        const double wide = size.width() / static_cast<double>(std::max<std::size_t>(1, panels_.size()));
        for (std::size_t i = 0; i < panels_.size(); ++i)
            paint_panel(b, panels_[i],
                        QRectF(wide * static_cast<double>(i) + 1.0 * mm, 0.0, wide - 2.0 * mm, size.height()));
    }

private:
    void paint_panel(const Brush& b, const ColumnPanel& panel, const QRectF& box) const
    {
        const double line = line_mm * b.mm;
        b.text(QRectF(box.left(), box.top(), box.width(), line), Qt::AlignCenter, panel.title);
        const QRectF plot(box.left(), box.top() + 2.4 * line, box.width(), box.height() - 3.7 * line);
        const double step = plot.width() / static_cast<double>(std::max<std::size_t>(1, panel.columns.size()));
        const double scale = plot.height() / static_cast<double>(most(panel.columns));
        for (std::size_t i = 0; i < panel.columns.size(); ++i) {
            const Counted& one = panel.columns[i];
            const double x = plot.left() + step * static_cast<double>(i);
            const double high = scale * static_cast<double>(one.count);
            // The last one is the present; it is dark.
            b.painter.fillRect(QRectF(x + 0.18 * step, plot.bottom() - high, 0.64 * step, high),
                               i + 1 == panel.columns.size() ? dark : light);
            b.text(QRectF(x, plot.bottom() - high - line, step, line), Qt::AlignHCenter | Qt::AlignBottom,
                   whole(one.count, language_));
            b.text(QRectF(x, plot.bottom() + 0.4 * b.mm, step, line), Qt::AlignCenter, one.label);
        }
        b.pen(Qt::black, 0.3);
        b.line(plot.left(), plot.bottom(), plot.right(), plot.bottom());
    }

    std::vector<ColumnPanel> panels_;
    Language language_;
};

class BarDrawing final : public typeset::Drawing {
public:
    BarDrawing(std::vector<Counted> bars, Language language) : bars_(std::move(bars)), language_(language) {}

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        const Brush b(painter, mm);
        const double from = bar_label_mm * mm;
        double room = 0.0; // of the numbers behind the bars
        for (const Counted& one : bars_)
            room = std::max(room, b.width(whole(one.count, language_)));
        const double scale = (size.width() - from - room - 3.0 * mm) / static_cast<double>(most(bars_));
        for (std::size_t i = 0; i < bars_.size(); ++i) {
            const Counted& one = bars_[i];
            const double y = bar_row_mm * mm * static_cast<double>(i);
            const double length = scale * static_cast<double>(one.count);
            b.text(QRectF(0.0, y, from - 2.0 * mm, bar_row_mm * mm), Qt::AlignRight | Qt::AlignVCenter, one.label);
            b.painter.fillRect(QRectF(from, y + 1.0 * mm, length, (bar_row_mm - 2.0) * mm), grey);
            b.text(QRectF(from + length + 1.5 * mm, y, room, bar_row_mm * mm), Qt::AlignLeft | Qt::AlignVCenter,
                   whole(one.count, language_));
        }
        b.pen(Qt::black, 0.3);
        b.line(from, 0.0, from, bar_row_mm * mm * static_cast<double>(bars_.size()));
    }

private:
    std::vector<Counted> bars_;
    Language language_;
};

class PairDrawing final : public typeset::Drawing {
public:
    PairDrawing(std::vector<CountedPair> bars, std::string now, std::string before, Language language)
        : bars_(std::move(bars)), now_(std::move(now)), before_(std::move(before)), language_(language)
    {
    }

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        const Brush b(painter, mm);
        const double from = bar_label_mm * mm;
        std::uint64_t greatest = 1;
        double room = b.width("–"); // of the numbers behind the bars
        for (const CountedPair& one : bars_) {
            for (const std::uint64_t n : {one.now, one.before.value_or(0)}) {
                greatest = std::max(greatest, n);
                room = std::max(room, b.width(whole(n, language_)));
            }
        }
        const double scale = (size.width() - from - room - 3.0 * mm) / static_cast<double>(greatest);
        double x = from;
        for (const bool now : {true, false}) {
            const std::string& word = now ? now_ : before_;
            b.painter.fillRect(QRectF(x, 1.2 * mm, 6.0 * mm, 2.6 * mm), now ? dark : light);
            b.text(QRectF(x + 7.5 * mm, 0.0, 40.0 * mm, pair_legend_mm * mm - mm), Qt::AlignLeft | Qt::AlignVCenter,
                   word);
            x += 14.0 * mm + b.width(word);
        }
        for (std::size_t i = 0; i < bars_.size(); ++i) {
            const CountedPair& one = bars_[i];
            const double y = (pair_legend_mm + pair_row_mm * static_cast<double>(i)) * mm;
            b.text(QRectF(0.0, y, from - 2.0 * mm, pair_row_mm * mm), Qt::AlignRight | Qt::AlignVCenter, one.label);
            paint_bar(b, from, y + 0.8 * mm, scale, one.now, dark);
            paint_bar(b, from, y + (0.8 + line_mm) * mm, scale, one.before, light);
        }
        b.pen(Qt::black, 0.3);
        b.line(from, pair_legend_mm * mm, from, size.height());
    }

private:
    void paint_bar(const Brush& b, double from, double y, double scale, const std::optional<std::uint64_t>& n,
                   const QColor& colour) const
    {
        const double length = scale * static_cast<double>(n.value_or(0));
        b.painter.fillRect(QRectF(from, y + 0.5 * b.mm, length, (line_mm - 1.0) * b.mm), colour);
        b.text(QRectF(from + length + 1.5 * b.mm, y, 40.0 * b.mm, line_mm * b.mm), Qt::AlignLeft | Qt::AlignVCenter,
               n ? whole(*n, language_) : "–");
    }

    std::vector<CountedPair> bars_;
    std::string now_;
    std::string before_;
    Language language_;
};

class ShareDrawing final : public typeset::Drawing {
public:
    ShareDrawing(std::vector<Counted> parts, Language language) : parts_(std::move(parts)), language_(language) {}

    void paint(QPainter& painter, const QSizeF& size, double mm) const override
    {
        const Brush b(painter, mm);
        const double all =
            static_cast<double>(std::accumulate(parts_.begin(), parts_.end(), std::uint64_t{0},
                                                [](std::uint64_t n, const Counted& one) { return n + one.count; }));
        double x = 0.2 * mm;
        const double wide = size.width() - 0.4 * mm;
        double y = (share_bar_mm + 3.0) * mm;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const Counted& one = parts_[i];
            const double share = all > 0.0 ? static_cast<double>(one.count) / all : 0.0;
            hatch(b, QRectF(x, 0.2 * mm, share * wide, share_bar_mm * mm), i);
            x += share * wide;
            const double left = i % 2 == 0 ? 0.2 * mm : 0.5 * size.width();
            hatch(b, QRectF(left, y + 0.6 * mm, 6.0 * mm, 3.4 * mm), i);
            b.text(QRectF(left + 8.0 * mm, y, 0.5 * size.width() - 8.0 * mm, 4.6 * mm),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   one.label + ": " + whole(one.count, language_) + " (" +
                       quantity_text(Quantity{100.0 * share, Unit::percent}, language_) + ")");
            if (i % 2 == 1)
                y += 5.6 * mm;
        }
    }

private:
    std::vector<Counted> parts_;
    Language language_;
};

} // namespace

std::shared_ptr<const typeset::Drawing> column_chart(std::vector<ColumnPanel> panels, Language language)
{
    return std::make_shared<ColumnDrawing>(std::move(panels), language);
}

std::shared_ptr<const typeset::Drawing> bar_chart(std::vector<Counted> bars, Language language)
{
    return std::make_shared<BarDrawing>(std::move(bars), language);
}

std::shared_ptr<const typeset::Drawing> pair_chart(std::vector<CountedPair> bars, std::string now, std::string before,
                                                   Language language)
{
    return std::make_shared<PairDrawing>(std::move(bars), std::move(now), std::move(before), language);
}

std::shared_ptr<const typeset::Drawing> share_chart(std::vector<Counted> parts, Language language)
{
    return std::make_shared<ShareDrawing>(std::move(parts), language);
}

double bar_chart_mm(std::size_t bars) { return bar_row_mm * static_cast<double>(bars) + 1.0; }

double pair_chart_mm(std::size_t bars) { return pair_legend_mm + pair_row_mm * static_cast<double>(bars) + 1.0; }

double share_chart_mm(std::size_t parts) { return share_bar_mm + 4.0 + 5.6 * static_cast<double>((parts + 1) / 2); }

} // namespace gacsong::figures
