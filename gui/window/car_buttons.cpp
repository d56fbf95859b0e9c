// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace gacsong::gui {
namespace {

constexpr std::array live_acts{Act::stop, Act::record, Act::save_last, Act::why, Act::next, Act::add_to_report};
constexpr std::array replay_acts{Act::play, Act::previous, Act::next, Act::why, Act::save_clip, Act::add_to_report};

/// `text` in two lines, parted at the space nearest to its middle.
QString in_two_lines(const QString& text)
{
    qsizetype best = -1;
    for (qsizetype at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
        if (best < 0 || std::abs(2 * at - text.size()) < std::abs(2 * best - text.size()))
            best = at;
    }
    return best < 0 ? text : text.left(best) + '\n' + text.mid(best + 1);
}

} // namespace

CarButtons::CarButtons(const Makings& makings, QWidget* parent)
    : QWidget(parent), picture_px_(std::min(makings.density.scaled(22), 36))
{
    setObjectName("car_buttons");
    setProperty("bar", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    const auto add = [&](std::span<const Act> acts, std::vector<Button>& to) {
        for (const Act act : acts) {
            QAction& action = makings.actions[act];
            const bool primary = act == Act::add_to_report;
            const QString text = act == Act::play ? makings.words("gui.transport.play")
                                                  : QString(action.text()).remove(QString::fromUtf8("…"));
            auto* button = new QPushButton(
                primary ? icon("report", makings.theme.accent_ink, makings.theme.text3) : action.icon(), " " + text);
            button->setStyleSheet("padding: 0px 4px");
            button->setProperty("primary", primary);
            button->setAccessibleName(action.text());
            button->setMinimumSize(120, makings.density.button());
            button->setIconSize(QSize(picture_px_, picture_px_));
            button->setCheckable(action.isCheckable());
            const auto follow = [button, &action] {
                button->setEnabled(action.isEnabled());
                button->setChecked(action.isChecked());
            };
            connect(button, &QPushButton::clicked, &action, &QAction::trigger);
            connect(&action, &QAction::changed, button, follow);
            connect(&action, &QAction::toggled, button, follow);
            follow();
            row->addWidget(button, 1);
            to.push_back({button, text});
        }
    };
    add(live_acts, live_);
    add(replay_acts, replay_);
    take_source(false);
}

void CarButtons::take_source(bool live)
{
    for (const Button& one : live_)
        one.button->setVisible(live);
    for (const Button& one : replay_)
        one.button->setVisible(!live);
}

/// Large words stand in two lines, and where even those leave no room for the picture beside them, alone.
void CarButtons::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const QMargins margins = layout()->contentsMargins();
    for (const std::vector<Button>* buttons : {&live_, &replay_}) {
        const int count = static_cast<int>(buttons->size());
        constexpr int frame = 12; // border, padding and the space between picture and words
        const int room =
            (width() - margins.left() - margins.right() - (count - 1) * layout()->spacing()) / count - frame;
        for (const Button& one : *buttons) {
            one.button->ensurePolished();
            const QFontMetrics metrics(one.button->font());
            const int pictured = room - picture_px_ - metrics.horizontalAdvance(' ');
            const bool whole = metrics.horizontalAdvance(one.text) <= pictured;
            const QString text = whole ? one.text : in_two_lines(one.text);
            const bool with_picture = metrics.size(0, text).width() <= pictured;
            one.button->setText(whole ? " " + text : text);
            one.button->setIconSize(with_picture ? QSize(picture_px_, picture_px_) : QSize(0, 0));
        }
    }
}

} // namespace gacsong::gui
