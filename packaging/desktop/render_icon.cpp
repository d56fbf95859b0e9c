// SPDX-License-Identifier: GPL-3.0-or-later
// render_icon PICTURE.svg FOLDER SIZE...: the icon in the sizes of a desktop, FOLDER/SIZE.png. Runs while the program
// is built, without a screen.
#include <QImage>
#include <QPainter>
#include <QStringList>
#include <QSvgRenderer>
#include <cstdio>

int main(int argc, char** argv)
{
    const QStringList words(argv, argv + argc);
    if (words.size() < 4) {
        std::fputs("usage: render_icon PICTURE.svg FOLDER SIZE...\n", stderr);
        return 2;
    }
    QSvgRenderer picture(words.at(1));
    if (!picture.isValid()) {
        std::fprintf(stderr, "render_icon: %s is no SVG picture\n", qPrintable(words.at(1)));
        return 1;
    }
    for (const QString& word : words.mid(3)) {
        const int size = word.toInt();
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        picture.render(&painter);
        painter.end();
        const QString file = QStringLiteral("%1/%2.png").arg(words.at(2), word);
        if (!image.save(file)) {
            std::fprintf(stderr, "render_icon: %s cannot be written\n", qPrintable(file));
            return 1;
        }
    }
    return 0;
}
