// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/text_box.hpp"

#include <algorithm>

namespace gacsong::typeset {
namespace {

Qt::Alignment qt_align(Align align)
{
    switch (align) {
    case Align::centre:
        return Qt::AlignHCenter;
    case Align::right:
        return Qt::AlignRight;
    case Align::justify:
        return Qt::AlignJustify;
    case Align::left:
        break;
    }
    return Qt::AlignLeft;
}

} // namespace

QString nfc(const std::string& text)
{
    // What was no text when it came from the air is shown as a question mark; papers have no sign for it.
    return QString::fromStdString(text).normalized(QString::NormalizationForm_C).replace(QChar(0xFFFD), u'?');
}

TextBox::TextBox(const std::vector<Span>& spans, const TextStyle& style, const QPaintDevice* device)
{
    QList<QTextLayout::FormatRange> formats;
    for (const Span& span : spans) {
        const QString piece = nfc(span.text).replace(u'\n', QChar::LineSeparator);
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(text_.size());
        range.length = static_cast<int>(piece.size());
        range.format.setFont(font(style.face, style.points, span.bold, span.italic));
        formats.append(range);
        text_ += piece;
    }
    layout_ = std::make_unique<QTextLayout>(text_, font(style.face, style.points), device);
    QTextOption option(qt_align(style.align));
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout_->setTextOption(option);
    layout_->setFormats(formats);
    const QFontMetricsF metrics(font(style.face, style.points), const_cast<QPaintDevice*>(device));
    line_height_ = metrics.height() * style.spacing;
    layout_->beginLayout();
    double y = 0.0;
    for (QTextLine line = layout_->createLine(); line.isValid(); line = layout_->createLine()) {
        const double indent = y == 0.0 ? style.first_indent : 0.0;
        line.setLineWidth(style.width - indent);
        line.setPosition({indent, y});
        y += line_height_;
    }
    layout_->endLayout();
}

double TextBox::natural_width() const
{
    double widest = 0.0;
    for (int i = 0; i < lines(); ++i)
        widest = std::max(widest, layout_->lineAt(i).naturalTextWidth());
    return widest;
}

void TextBox::draw(QPainter& painter, QPointF at) const { layout_->draw(&painter, at); }

void TextBox::draw_line(QPainter& painter, int line, QPointF at) const
{
    const QTextLine one = layout_->lineAt(line);
    one.draw(&painter, at - QPointF(0.0, one.position().y()));
}

} // namespace gacsong::typeset
