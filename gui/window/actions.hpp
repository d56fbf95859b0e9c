// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"
#include "gui/words.hpp"

#include <QAction>
#include <array>
#include <map>
#include <memory>
#include <span>
#include <string_view>

namespace gacsong::gui {

/// Everything that can be done in the window.
enum class Act {
    open,
    receiver,
    stop,
    record,
    save_last,
    sample,
    save_picture,
    leave_recording,
    quit,
    automatic_levels,
    max_hold,
    plan,
    licences,
    boxes,
    minimum,
    reset_hold,
    zoom_in,
    zoom_out,
    show_all,
    next,
    previous,
    find,
    go_to_frequency,
    why,
    save_clip,
    ignore,
    add_to_register,
    copy,
    add_to_report,
    annotate,
    remark,
    edit_note,
    remove_note,
    notes,
    show_notes,
    next_mark,
    previous_mark,
    listen,
    homing_tone,
    cursor,
    play,
    step_back,
    step_on,
    set_a,
    set_b,
    loop,
    go_to_time,
    waterfall_view,
    cells_view,
    alarm_tone,
    car,
    full_screen,
    larger,
    smaller,
    restore_layout,
    next_region,
    previous_region,
    settings,
    shortcuts,
    guide,
    about,
};

/// Where an action belongs in the menus and on the sheet of shortcuts.
enum class Group { file, view, picture, findings, replay, help };

/// An action: its words are `gui.act.<key>`.
struct ActionSpec {
    Act act;
    std::string_view key;
    Group group;
    const char* keys;    ///< shortcut
    const char* icon;    ///< or empty
    bool single = false; ///< a letter alone: acts only in picture and table, and can be switched off
    bool checkable = false;
};

[[nodiscard]] std::span<const ActionSpec> action_specs();

/// The actions of one window.
class Actions {
public:
    Actions(QObject* owner, const Words& words, const paint::Theme& theme);

    [[nodiscard]] QAction& operator[](Act act) const { return *actions_.at(act); }

    /// Lets single letters act in these widgets, or nowhere.
    void bind(QWidget& window, std::span<QWidget* const> places, bool single_keys);

private:
    std::map<Act, QAction*> actions_;
};

} // namespace gacsong::gui
