// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/figure_image.hpp"

#include "report/typeset/page.hpp"

#include <QBuffer>
#include <QImage>
#include <QPainter>

namespace gacsong::typeset {

std::string figure_png(const Figure& figure)
{
    constexpr double figure_dpi = 200.0;
    const double mm = figure_dpi / 25.4;
    QImage image(static_cast<int>(sheet::text_width * mm), static_cast<int>(figure.height_mm * mm),
                 QImage::Format_RGB32);
    image.setDotsPerMeterX(static_cast<int>(mm * 1000.0));
    image.setDotsPerMeterY(static_cast<int>(mm * 1000.0));
    image.setText(QStringLiteral("Description"), QString::fromStdString(figure.alternative));
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    figure.drawing->paint(painter, image.size(), mm);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes.toStdString();
}

} // namespace gacsong::typeset
