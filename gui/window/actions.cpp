// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/actions.hpp"

#include <fmt/format.h>

#include <QWidget>

namespace gacsong::gui {
namespace {

constexpr std::array specs{
    ActionSpec{Act::open, "open", Group::file, "Ctrl+O", "open"},
    ActionSpec{Act::receiver, "receiver", Group::file, "Ctrl+R", "receiver"},
    ActionSpec{Act::stop, "stop", Group::file, "", "stop"},
    ActionSpec{Act::record, "record", Group::file, "R", "record", true, true},
    ActionSpec{Act::save_last, "save_last", Group::file, "Ctrl+L", "last10"},
    ActionSpec{Act::sample, "sample", Group::file, "", "waterfall"},
    ActionSpec{Act::save_picture, "save_picture", Group::file, "Ctrl+P", "save"},
    ActionSpec{Act::leave_recording, "leave_recording", Group::file, "Ctrl+W", ""},
    ActionSpec{Act::quit, "quit", Group::file, "Ctrl+Q", ""},
    ActionSpec{Act::automatic_levels, "automatic_levels", Group::picture, "A", "level", true},
    ActionSpec{Act::max_hold, "max_hold", Group::picture, "H", "hold", true, true},
    ActionSpec{Act::plan, "plan", Group::picture, "B", "plan", true, true},
    ActionSpec{Act::licences, "licences", Group::picture, "L", "licence", true, true},
    ActionSpec{Act::boxes, "boxes", Group::picture, "D", "marker", true, true},
    ActionSpec{Act::reset_hold, "reset_hold", Group::picture, "Ctrl+H", ""},
    ActionSpec{Act::minimum, "minimum", Group::picture, "Shift+H", "", true, true},
    ActionSpec{Act::cursor, "cursor", Group::picture, "M", "position", true},
    ActionSpec{Act::next_mark, "next_mark", Group::picture, "K", "next", true},
    ActionSpec{Act::previous_mark, "previous_mark", Group::picture, "Shift+K", "previous", true},
    ActionSpec{Act::show_notes, "show_notes", Group::picture, "O", "annotate", true, true},
    ActionSpec{Act::zoom_in, "zoom_in", Group::picture, "Ctrl+Right", ""},
    ActionSpec{Act::zoom_out, "zoom_out", Group::picture, "Ctrl+Left", ""},
    ActionSpec{Act::show_all, "show_all", Group::picture, "Ctrl+Home", ""},
    ActionSpec{Act::go_to_frequency, "go_to_frequency", Group::picture, "F", "search", true},
    ActionSpec{Act::next, "next", Group::findings, "N", "next", true},
    ActionSpec{Act::previous, "previous", Group::findings, "Shift+N", "previous", true},
    ActionSpec{Act::find, "find", Group::findings, "Ctrl+F", "search"},
    ActionSpec{Act::why, "why", Group::findings, "W", "information", true},
    ActionSpec{Act::add_to_report, "add_to_report", Group::findings, "Ctrl+T", "report"},
    ActionSpec{Act::save_clip, "save_clip", Group::findings, "S", "save", true},
    ActionSpec{Act::annotate, "annotate", Group::findings, "Ctrl+S", "annotate"},
    ActionSpec{Act::remark, "remark", Group::findings, "Ctrl+E", "annotate"},
    ActionSpec{Act::edit_note, "edit_note", Group::findings, "Ctrl+Shift+E", ""},
    ActionSpec{Act::remove_note, "remove_note", Group::findings, "Del", "", true},
    ActionSpec{Act::notes, "notes", Group::findings, "Ctrl+K", ""},
    ActionSpec{Act::ignore, "ignore", Group::findings, "I", "ignore", true},
    ActionSpec{Act::add_to_register, "add_to_register", Group::findings, "", "register"},
    ActionSpec{Act::copy, "copy", Group::findings, "Ctrl+C", "copy"},
    ActionSpec{Act::listen, "listen", Group::findings, "E", "speaker", true, true},
    ActionSpec{Act::homing_tone, "homing_tone", Group::findings, "T", "homing", true, true},
    ActionSpec{Act::play, "play", Group::replay, "Space", "play", true, true},
    ActionSpec{Act::step_back, "step_back", Group::replay, ",", "step_back", true},
    ActionSpec{Act::step_on, "step_on", Group::replay, ".", "step_on", true},
    ActionSpec{Act::set_a, "set_a", Group::replay, "[", "", true},
    ActionSpec{Act::set_b, "set_b", Group::replay, "]", "", true},
    ActionSpec{Act::loop, "loop", Group::replay, "", "loop", false, true},
    ActionSpec{Act::go_to_time, "go_to_time", Group::replay, "Ctrl+G", "clock"},
    ActionSpec{Act::waterfall_view, "waterfall_view", Group::view, "Ctrl+1", "waterfall", false, true},
    ActionSpec{Act::cells_view, "cells_view", Group::view, "Ctrl+2", "cells", false, true},
    ActionSpec{Act::alarm_tone, "alarm_tone", Group::view, "", "homing", false, true},
    ActionSpec{Act::car, "car", Group::view, "Ctrl+M", "", false, true},
    ActionSpec{Act::full_screen, "full_screen", Group::view, "F11", "full", false, true},
    ActionSpec{Act::larger, "larger", Group::view, "Ctrl++", ""},
    ActionSpec{Act::smaller, "smaller", Group::view, "Ctrl+-", ""},
    ActionSpec{Act::restore_layout, "restore_layout", Group::view, "", ""},
    ActionSpec{Act::next_region, "next_region", Group::view, "F6", ""},
    ActionSpec{Act::previous_region, "previous_region", Group::view, "Shift+F6", ""},
    ActionSpec{Act::settings, "settings", Group::view, "Ctrl+,", "settings"},
    ActionSpec{Act::shortcuts, "shortcuts", Group::help, "?", "help"},
    ActionSpec{Act::guide, "guide", Group::help, "F1", ""},
    ActionSpec{Act::about, "about", Group::help, "", "information"},
};

} // namespace

std::span<const ActionSpec> action_specs() { return specs; }

Actions::Actions(QObject* owner, const Words& words, const paint::Theme& theme)
{
    for (const ActionSpec& spec : specs) {
        const QString name = QString::fromUtf8(spec.key.data(), static_cast<qsizetype>(spec.key.size()));
        auto* action = new QAction(words(fmt::format("gui.act.{}", spec.key)), owner);
        action->setObjectName("act_" + name);
        action->setCheckable(spec.checkable);
        // Beside an icon; in menus the plain text stands.
        action->setIconText(" " + QString(action->text()).remove(QString::fromUtf8("…")));
        action->setIcon(icon(spec.icon, theme));
        QString tip = action->text().remove(QString::fromUtf8("…"));
        if (*spec.keys != '\0')
            tip += QString(" (%1)").arg(QString(spec.keys));
        action->setToolTip(tip);
        actions_[spec.act] = action;
    }
}

void Actions::bind(QWidget& window, std::span<QWidget* const> places, bool single_keys)
{
    for (const ActionSpec& spec : specs) {
        QAction* action = actions_.at(spec.act);
        if (*spec.keys == '\0')
            continue;
        if (!spec.single) {
            action->setShortcut(QKeySequence(spec.keys));
            window.addAction(action);
            continue;
        }
        action->setShortcut(single_keys ? QKeySequence(spec.keys) : QKeySequence());
        action->setShortcutContext(Qt::WidgetShortcut);
        for (QWidget* place : places)
            place->addAction(action);
    }
}

} // namespace gacsong::gui
