// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/typeset/fonts.hpp"
#include "report/typeset/paper.hpp"

#include <QPainter>
#include <QTextLayout>
#include <memory>
#include <vector>

namespace gacsong::typeset {

/// How a text is set. Lengths in the units of the device.
struct TextStyle {
    Face face = Face::serif;
    double points = 13.0;
    Align align = Align::left;
    double width = 0.0;
    double first_indent = 0.0;
    double spacing = 1.0; ///< lines
};

/// A text broken into lines of a width.
class TextBox {
public:
    TextBox(const std::vector<Span>& spans, const TextStyle& style, const QPaintDevice* device);

    [[nodiscard]] double height() const { return static_cast<double>(lines()) * line_height_; }
    [[nodiscard]] double line_height() const { return line_height_; }
    [[nodiscard]] int lines() const { return layout_->lineCount(); }
    /// Width of the widest line as it is set.
    [[nodiscard]] double natural_width() const;
    void draw(QPainter& painter, QPointF at) const;
    /// Draws one line, its top at `at`.
    void draw_line(QPainter& painter, int line, QPointF at) const;
    [[nodiscard]] const QString& text() const { return text_; }

private:
    QString text_;
    std::unique_ptr<QTextLayout> layout_;
    double line_height_ = 0.0;
};

/// Text in NFC, as search in a document needs it.
[[nodiscard]] QString nfc(const std::string& text);

} // namespace gacsong::typeset
