// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"
#include "report/picture/sheet.hpp"

#include <QPainter>
#include <QVBoxLayout>

namespace gacsong::gui {
namespace {

constexpr int most_banners = 2;

} // namespace

Banners::Banners(const Words& words, const paint::Theme& theme, const Density& density, QWidget* parent)
    : QWidget(parent), words_(words), theme_(theme), density_(density)
{
    setObjectName("banners");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    hide();
}

void Banners::show_message(const QString& key, Kind kind, const QString& title, const QString& text,
                           std::vector<Button> buttons)
{
    remove(key);
    auto* column = static_cast<QVBoxLayout*>(layout());
    while (column->count() >= most_banners) {
        QLayoutItem* oldest = column->takeAt(column->count() - 1);
        delete oldest->widget();
        delete oldest;
    }
    auto* banner = new QFrame;
    banner->setObjectName(key);
    banner->setAccessibleName(text.isEmpty() ? title : title + (title.endsWith('.') ? " " : ". ") + text);
    const bool danger = kind == Kind::danger;
    const QColor ink = danger ? theme_.marker_ink : theme_.text;
    const QString side =
        kind == Kind::warning ? QString("border-left: 4px solid %1;").arg(theme_.serious.name()) : QString();
    banner->setStyleSheet(QString("QFrame#%1 { background: %2; %3 } QLabel { color: %4; background: transparent } "
                                  "QPushButton { color: %4; border-color: %4; }")
                              .arg(key, danger ? theme_.danger.name() : theme_.raised.name(), side, ink.name()));
    auto* row = new QHBoxLayout(banner);
    row->setContentsMargins(12, 5, 12, 5);
    row->setSpacing(12);
    auto* mark = new QLabel;
    mark->setPixmap(icon(kind == Kind::notice ? "information" : "warning", ink, ink).pixmap(20, 20));
    row->addWidget(mark);
    auto* words = new QLabel(QString("<b>%1</b> %2").arg(title.toHtmlEscaped(), text.toHtmlEscaped()));
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(words, 1);
    buttons.push_back({words_("gui.banner.close"), [this, key] { remove(key); }});
    for (Button& button : buttons) {
        auto* made = new QPushButton(button.text);
        made->setAccessibleName(button.text);
        connect(
            made, &QPushButton::clicked, this, [act = std::move(button.act)] { act(); }, Qt::QueuedConnection);
        row->addWidget(made);
    }
    column->insertWidget(0, banner);
    show();
}

void Banners::remove(const QString& key)
{
    for (int i = layout()->count() - 1; i >= 0; --i) {
        QWidget* banner = layout()->itemAt(i)->widget();
        if (banner->objectName() != key)
            continue;
        delete layout()->takeAt(i);
        banner->deleteLater();
        banner->hide();
        banner->setObjectName({});
    }
    setVisible(layout()->count() > 0);
}

void Banners::clear()
{
    while (layout()->count() > 0)
        remove(layout()->itemAt(0)->widget()->objectName());
}

Welcome::Welcome(const Makings& makings, QWidget* parent) : QWidget(parent), theme_(makings.theme)
{
    setObjectName("welcome");
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    auto* name = new QLabel(makings.words("gui.name"));
    name->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(makings.density.scaled(26)));
    auto* line = new QLabel(makings.words("gui.welcome.line"));
    line->setProperty("dim", true);
    column->addWidget(name, 0, Qt::AlignHCenter);
    column->addWidget(line, 0, Qt::AlignHCenter);
    column->addSpacing(20);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addStretch(1);
    for (const Act act : {Act::open, Act::receiver, Act::sample}) {
        QAction& action = makings.actions[act];
        auto* button =
            new QPushButton(icon(act == Act::open ? "open" : (act == Act::receiver ? "receiver" : "waterfall"),
                                 act == Act::open ? makings.theme.accent_ink : makings.theme.text, makings.theme.text3),
                            " " + action.text());
        button->setObjectName(QString("welcome_") + action.objectName());
        button->setProperty("primary", act == Act::open);
        button->setMinimumSize(makings.density.scaled(220), makings.density.scaled(60));
        button->setAccessibleName(action.text());
        connect(button, &QPushButton::clicked, &action, &QAction::trigger);
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    column->addSpacing(20);
    auto* drop = new QLabel(makings.words("gui.welcome.drop"));
    drop->setProperty("dim", true);
    column->addWidget(drop, 0, Qt::AlignHCenter);
    column->addStretch(3);
}

void Welcome::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.plot);
    painter.setPen(QPen(theme_.border, 1, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(24.5, 24.5, -24.5, -24.5), 8, 8);
}

} // namespace gacsong::gui
