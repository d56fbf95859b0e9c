// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cells/score_bar.hpp"

#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QPainter>
#include <algorithm>

namespace gacsong::gui {
namespace {

constexpr double full = 100.0;

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

double sum_of_groups(const Cell& cell)
{
    double sum = 0.0;
    for (const CellGroup& group : cell.groups)
        sum += group.points;
    return sum;
}

ScoreBar::ScoreBar(const Words& words, const paint::Theme& theme, const QFont& font, QWidget* parent)
    : QWidget(parent), words_(words), theme_(theme)
{
    setObjectName("score_bar");
    setFont(font);
    setMinimumHeight(sizeHint().height());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ScoreBar::sizeHint() const { return {240, 4 * QFontMetrics(font()).height() + 16}; }

void ScoreBar::show_cell(const Cell& cell)
{
    cell_ = cell;
    QString name = cell.score ? words_(Message("gui.cells.score_of", {{"score", std::to_string(*cell.score)}}))
                              : words_("gui.cells.no_score");
    for (const CellGroup& group : cell.groups)
        name += QString("; %1 %2").arg(words_(fmt::format("gui.cells.group.{}", group.group)),
                                       qt(number_text(group.points, 1, words_.language())));
    setAccessibleName(name);
    update();
}

void ScoreBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const QFontMetrics metrics(font());
    const int line = metrics.height();
    const QRect bar(0, line + 4, width() - 1, 2 * line + 4);
    const auto x = [&](double points) {
        return bar.left() + static_cast<int>(std::clamp(points, 0.0, full) / full * bar.width());
    };
    painter.fillRect(bar, theme_.raised);
    double from = 0.0;
    bool bright = true;
    for (const CellGroup& group : cell_.groups) {
        const QRect part(x(from), bar.top(), std::max(1, x(from + group.points) - x(from) - 1), bar.height());
        const bool core = std::ranges::any_of(
            cell_.indicators, [&](const CellIndicator& one) { return one.core && one.group == group.group; });
        QColor fill = core ? theme_.text2 : theme_.text3;
        if (!core && !bright)
            fill.setAlphaF(0.8F);
        bright = !bright;
        painter.fillRect(part, fill);
        painter.setPen(theme_.background);
        const QString name =
            (core ? QString::fromUtf8("★ ") : QString()) + words_(fmt::format("gui.cells.group.{}", group.group));
        const QRect text = part.adjusted(4, 1, -2, -1);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, metrics.elidedText(name, Qt::ElideRight, text.width()));
        const QString points = qt(number_text(group.points, 1, words_.language()));
        if (metrics.horizontalAdvance(points) <= text.width())
            painter.drawText(text, Qt::AlignLeft | Qt::AlignBottom, points);
        from += group.points;
    }
    struct Mark {
        double at;
        const char* key;
    };
    for (const Mark& mark : {Mark{41.0, "gui.cells.mark_suspect"}, Mark{60.0, "gui.cells.mark_fake"}}) {
        painter.fillRect(x(mark.at), line + 2, 1, bar.height() + 4, theme_.text);
        const QString text = words_(mark.key);
        const int advance = metrics.horizontalAdvance(text);
        painter.setPen(theme_.text2);
        const bool left = mark.at < 50.0;
        painter.drawText(left ? std::max(0, x(mark.at) - advance + 12) : x(mark.at) - 8, metrics.ascent(), text);
    }
    if (!cell_.score)
        return;
    const int at = x(static_cast<double>(*cell_.score));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.accent);
    painter.drawPolygon(
        QPolygon{QPoint(at, bar.bottom() + 2), QPoint(at - 5, bar.bottom() + 10), QPoint(at + 5, bar.bottom() + 10)});
    painter.setPen(theme_.text);
    const QString score =
        words_(Message("gui.cells.sum_rounded", {{"sum", number_text(sum_of_groups(cell_), 1, words_.language())},
                                                 {"score", std::to_string(*cell_.score)}}));
    const int advance = metrics.horizontalAdvance(score);
    const int left = at - 10 - advance > 0 ? at - 10 - advance : std::min(at + 10, width() - advance);
    painter.drawText(left, bar.bottom() + 4 + metrics.ascent(), score);
}

} // namespace gacsong::gui
