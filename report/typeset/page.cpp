// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/page.hpp"

#include <QPainterPath>
#include <string>

namespace gacsong::typeset {

PageFlow::PageFlow(QPdfWriter& writer, QString watermark, bool wide)
    : writer_(writer), painter_(&writer), watermark_(std::move(watermark)), width_(wide ? sheet::height : sheet::width),
      height_(wide ? sheet::width : sheet::height), px_(writer.resolution() / 25.4)
{
    begin_page();
}

void PageFlow::begin_page()
{
    y_ = 0.0;
    if (!watermark_.isEmpty()) {
        QPainterPath path;
        path.addText(0.0, 0.0, font(Face::serif, 64.0, true), watermark_);
        const QRectF bounds = path.boundingRect();
        const double wide = 200.0 * px_;
        painter_.save();
        painter_.translate(0.5 * width_ * px_, 0.5 * height_ * px_);
        painter_.rotate(-45.0);
        painter_.scale(wide / bounds.width(), wide / bounds.width());
        painter_.fillPath(path.translated(-bounds.center()), QColor(0xEC, 0xEC, 0xEC));
        painter_.restore();
    }
    if (number_ > 1) {
        const TextBox text = box({{std::to_string(number_)}}, {.align = Align::centre, .width = text_width()});
        const QFontMetricsF metrics(font(Face::serif, 13.0), &writer_);
        text.draw(painter_, {sheet::left * px_, sheet::page_number_baseline * px_ - metrics.ascent()});
    }
}

void PageFlow::new_page()
{
    ++number_;
    writer_.newPage();
    begin_page();
}

void PageFlow::new_part()
{
    if (fresh() && number_ == 1)
        return; // nothing stands before it
    number_ = 0;
    new_page();
}

void PageFlow::need(double mm)
{
    if (room() < mm && !fresh())
        new_page();
}

TextBox PageFlow::box(const std::vector<Span>& spans, TextStyle style)
{
    style.width *= px_;
    style.first_indent *= px_;
    TextBox made(spans, style, &writer_);
    if (status_)
        status_ = check_glyphs(made.text(), style.face);
    return made;
}

void PageFlow::draw(const TextBox& text, double x, double y) { text.draw(painter_, at(x, y)); }

void PageFlow::flow(const TextBox& text, double x, double reserve)
{
    const double one = text.line_height() / px_;
    // Neither a first nor a last line stands alone on its page.
    if (reserve > 0.0 && text.lines() <= 3)
        need(text.lines() * one + reserve);
    else if (text.lines() > 1 && room() < 2.0 * one)
        need(2.0 * one);
    for (int i = 0; i < text.lines(); ++i) {
        const bool last_two = i + 2 == text.lines() && i > 0;
        need(last_two ? 2.0 * one + reserve : one);
        text.draw_line(painter_, i, at(x, y_));
        advance(one);
    }
}

void PageFlow::line(double x1, double y1, double x2, double y2, double points, Qt::PenStyle style)
{
    painter_.setPen(QPen(Qt::black, points / 72.0 * 25.4 * px_, style, Qt::FlatCap));
    painter_.drawLine(at(x1, y1), at(x2, y2));
    painter_.setPen(Qt::black);
}

void PageFlow::fill(double x, double y, double w, double h, QColor colour)
{
    painter_.fillRect(QRectF(at(x, y), QSizeF(w * px_, h * px_)), colour);
}

void PageFlow::frame(double x, double y, double w, double h, double points)
{
    painter_.setPen(QPen(Qt::black, points / 72.0 * 25.4 * px_));
    painter_.drawRect(QRectF(at(x, y), QSizeF(w * px_, h * px_)));
}

void PageFlow::paint(const Drawing& drawing, double x, double y, double w, double h)
{
    painter_.save();
    painter_.translate(at(x, y));
    drawing.paint(painter_, QSizeF(w * px_, h * px_), px_);
    painter_.restore();
}

} // namespace gacsong::typeset
