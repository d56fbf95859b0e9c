// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/short_text.hpp"

#include <QFontMetricsF>
#include <QHash>
#include <QStaticText>
#include <algorithm>
#include <cmath>
#include <vector>

namespace gacsong::paint {
namespace {

struct Laid {
    QStaticText text;
    double width = 0.0;
};

struct OfFont {
    QFont font;
    double height = 0.0; ///< of a line
    QHash<QString, Laid> texts;
};

OfFont& of_font(const QFont& font)
{
    constexpr std::size_t most_fonts = 16;
    static thread_local std::vector<OfFont> kept;
    const auto found = std::ranges::find(kept, font, &OfFont::font);
    if (found != kept.end())
        return *found;
    if (kept.size() >= most_fonts)
        kept.clear();
    const QFontMetricsF metrics(font);
    return kept.emplace_back(OfFont{font, metrics.ascent() + metrics.descent(), {}});
}

Laid& laid(OfFont& of, const QString& text)
{
    constexpr qsizetype most_texts = 4096;
    const auto found = of.texts.find(text);
    if (found != of.texts.end())
        return *found;
    if (of.texts.size() >= most_texts)
        of.texts.clear();
    Laid one{QStaticText(text), QFontMetricsF(of.font).horizontalAdvance(text)};
    one.text.setTextFormat(Qt::PlainText);
    one.text.prepare({}, of.font);
    return *of.texts.insert(text, std::move(one));
}

} // namespace

double short_text_width(const QFont& font, const QString& text)
{
    return text.isEmpty() ? 0.0 : laid(of_font(font), text).width;
}

void draw_short_text(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text)
{
    if (text.isEmpty())
        return;
    OfFont& of = of_font(painter.font());
    const Laid& one = laid(of, text);
    double left = box.left();
    if (alignment.testFlag(Qt::AlignRight))
        left = box.right() - one.width;
    else if (alignment.testFlag(Qt::AlignHCenter))
        left = box.center().x() - 0.5 * one.width;
    painter.drawStaticText(QPointF(left, std::round(box.top() + 0.5 * (box.height() - of.height))), one.text);
}

} // namespace gacsong::paint
