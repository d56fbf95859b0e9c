// SPDX-License-Identifier: GPL-3.0-or-later
// Our own icons: strokes of 1.7 on a grid of 24, round joins, no fill, in the colours of the theme.
#include "gui/look/look.hpp"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <array>
#include <string_view>

namespace gacsong::gui {
namespace {

struct Drawing {
    std::string_view name;
    std::string_view path;
};

constexpr std::array drawings{
    Drawing{"open", "M3 7a2 2 0 0 1 2-2h4l2 2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"},
    Drawing{"receiver", "M12 21V8m0 0l-3 3m3-3l3 3M8 4h8v4H8zM12 15l4-2v-2M12 18l-4-2v-2"},
    Drawing{"search", "M11 4a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM16.2 16.2L21 21"},
    Drawing{"down", "M6 9l6 6l6-6"},
    Drawing{"level", "M3 18l5-8l4 5l3-9l6 12M3 21h18"},
    Drawing{"hold", "M3 6h18M4 20c3 0 4-9 8-9s5 9 8 9"},
    Drawing{"plan", "M3 7h18v10H3zM9 7v10M15 7v10"},
    Drawing{"licence", "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7"},
    Drawing{"marker", "M12 21V6m-5 5l5-6l5 6"},
    Drawing{"waterfall", "M3 12c2 0 2-6 4-6s3 12 5 12s3-9 5-9s2 3 4 3"},
    Drawing{"cells", "M12 12v9M9 21h6M12 10a1.5 1.5 0 1 1 0 .01M7.5 14.5a6 6 0 0 1 0-9M16.5 14.5a6 6 0 0 0 0-9M5 "
                     "17a9.5 9.5 0 0 1 0-14M19 17a9.5 9.5 0 0 0 0-14"},
    Drawing{"report", "M6 3h9l4 4v14H6zM14 3v5h5M12.500 12v6M9.500 15h6"},
    Drawing{"save", "M4 4h13l3 3v13H4zM8 4v5h8V4M8 20v-6h8v6"},
    Drawing{"ignore", "M3 12c3-5 6-7 9-7s6 2 9 7c-3 5-6 7-9 7s-6-2-9-7zM12 9a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM4 20L20 4"},
    Drawing{"copy", "M8 8h12v12H8zM16 8V4H4v12h4"},
    Drawing{"more", "M5.500 12h.01M12 12h.01M18.500 12h.01"},
    Drawing{"play", "M7 4l13 8l-13 8z"},
    Drawing{"pause", "M8 5v14M16 5v14"},
    Drawing{"step_back", "M6 5v14M19 5l-9 7l9 7z"},
    Drawing{"step_on", "M18 5v14M5 5l9 7l-9 7z"},
    Drawing{"loop", "M4 11a6 6 0 0 1 6-6h9m-3-3l3 3l-3 3M20 13a6 6 0 0 1-6 6H5m3 3l-3-3l3-3"},
    Drawing{"previous", "M5 5v14M17 6l-7 6l7 6"},
    Drawing{"next", "M19 5v14M7 6l7 6l-7 6"},
    Drawing{"stop", "M6 6h12v12H6z"},
    Drawing{"record", "M12 5a7 7 0 1 1 0 14a7 7 0 0 1 0-14z"},
    Drawing{"last10", "M5 5v5h5M5.500 10a8 8 0 1 1-1 5"},
    Drawing{"speaker", "M4 10v4h4l5 4V6L8 10zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11"},
    Drawing{"homing", "M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11"},
    Drawing{"gap", "M12 3L22 20H2zM12 9v6M12 17.500v.01"},
    Drawing{"clip", "M4 17l4-11h8l4 11M2 6h20"},
    Drawing{"floor", "M2 13c2 0 2-5 4-5s2 8 4 8s2-8 4-8s2 8 4 8s2-3 4-3"},
    Drawing{"disk", "M4 6c0-3 16-3 16 0v12c0 3-16 3-16 0zM4 6c0 3 16 3 16 0M4 12c0 3 16 3 16 0"},
    Drawing{"clock", "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 7v5l3 3"},
    Drawing{"position", "M12 5a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM12 2v5M12 17v5M2 12h5M17 12h5"},
    Drawing{"check", "M4 13l5 5L20 6"},
    Drawing{"warning", "M12 3L22 20H2zM12 9v6M12 17.500v.01"},
    Drawing{"information", "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 11v6M12 7.500v.01"},
    Drawing{"register", "M6 3h9l4 4v14H6zM14 3v5h5M12.500 12v6M9.500 15h6"},
    Drawing{"annotate", "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"},
    Drawing{"full", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"},
    Drawing{"settings", "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4"},
    Drawing{"help",
            "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM9 9.500a3 3 0 1 1 4 2.800c-1 .4-1 1.200-1 2.200M12 17.500v.01"},
    Drawing{"back", "M19 12H5m6-6l-6 6l6 6"},
    Drawing{"close", "M6 6l12 12M18 6L6 18"},
};

QPixmap drawn(std::string_view path, const QColor& colour, int size)
{
    const QByteArray svg =
        QString("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='%1' fill='none' "
                "stroke='%2' stroke-width='1.7' stroke-linecap='round' stroke-linejoin='round'/></svg>")
            .arg(QString::fromLatin1(path.data(), static_cast<qsizetype>(path.size())), colour.name())
            .toLatin1();
    QSvgRenderer renderer(svg);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

} // namespace

QIcon icon(const QString& name, const QColor& colour, const QColor& disabled)
{
    for (const Drawing& drawing : drawings) {
        if (name != QLatin1StringView(drawing.name.data(), static_cast<qsizetype>(drawing.name.size())))
            continue;
        QIcon made;
        for (const int size : {16, 20, 24, 32, 40, 48, 64, 80, 96}) {
            made.addPixmap(drawn(drawing.path, colour, size), QIcon::Normal);
            made.addPixmap(drawn(drawing.path, disabled, size), QIcon::Disabled);
        }
        return made;
    }
    return {};
}

QIcon icon(const QString& name, const paint::Theme& theme) { return icon(name, theme.text, theme.text3); }

QStringList icon_names()
{
    QStringList names;
    for (const Drawing& drawing : drawings)
        names << QString::fromLatin1(drawing.name.data(), static_cast<qsizetype>(drawing.name.size()));
    return names;
}

} // namespace gacsong::gui
