// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"

#include <array>

namespace gacsong::gui {
namespace {

constexpr std::array live_acts{Act::stop, Act::record, Act::save_last, Act::why, Act::next, Act::add_to_report};
constexpr std::array replay_acts{Act::play, Act::previous, Act::next, Act::why, Act::save_clip, Act::add_to_report};

} // namespace

CarButtons::CarButtons(const Makings& makings, QWidget* parent) : QWidget(parent)
{
    setObjectName("car_buttons");
    setProperty("bar", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    const auto add = [&](std::span<const Act> acts, std::vector<QWidget*>& to) {
        for (const Act act : acts) {
            QAction& action = makings.actions[act];
            const bool primary = act == Act::add_to_report;
            auto* button =
                new QPushButton(primary ? icon("report", makings.theme.accent_ink, makings.theme.text3) : action.icon(),
                                " " + (act == Act::play ? makings.words("gui.transport.play")
                                                        : QString(action.text()).remove(QString::fromUtf8("…"))));
            button->setStyleSheet("padding: 0px 4px");
            button->setProperty("primary", primary);
            button->setAccessibleName(action.text());
            button->setMinimumSize(120, makings.density.button());
            button->setIconSize(QSize(makings.density.scaled(22), makings.density.scaled(22)));
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
            to.push_back(button);
        }
    };
    add(live_acts, live_);
    add(replay_acts, replay_);
    take_source(false);
}

void CarButtons::take_source(bool live)
{
    for (QWidget* button : live_)
        button->setVisible(live);
    for (QWidget* button : replay_)
        button->setVisible(!live);
}

} // namespace gacsong::gui
