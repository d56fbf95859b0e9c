// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"
#include "report/paint/colour_map.hpp"
#include "report/wording/language.hpp"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>

namespace gacsong::gui {

enum class ThemeChoice : std::uint8_t { system, dark, light };

/// What the window remembers from one start to the next. Kept in an INI file that is replaced whole on every change;
/// keys of later versions stay, and a file that cannot be read is set aside.
struct Settings {
    std::optional<Language> language;
    ThemeChoice theme = ThemeChoice::system;
    bool car = false;
    int text_percent = 100; ///< 80 … 200
    bool single_keys = true;
    std::optional<paint::MapKind> map; ///< default: by theme
    bool map_reversed = false;
    bool max_hold = false;
    bool plan = true;
    bool licences = true;
    bool markers = true;
    bool minimum = false;
    bool notes = true;     ///< annotations are shown
    bool sound = false;    ///< a tone with every new danger
    bool first_run = true; ///< the guide was not seen yet
    QString register_file;
    QString ignore_file;
    QString plan_name;
    QStringList recent;
    QString session_file;              ///< recording that was open
    QString session_recording;         ///< what was stated of it, as recording_text() writes it
    QString session_receiver;          ///< receiver that was open and how, as receiver_text() writes it
    bool session_live = false;         ///< the receiver was open last, not the recording
    QString session_view;              ///< what of it was shown, and the markers, as view_text() writes it
    QMap<QString, QString> note_files; ///< where annotations were written that had no place beside their recording
    QMap<QString, QByteArray> layouts; ///< positions of splitters, by size class
    QByteArray geometry;

    [[nodiscard]] Density density() const { return {car, text_percent / 100.0}; }
};

class SettingsFile {
public:
    /// \param path  empty: nothing is kept
    explicit SettingsFile(QString path) : path_(std::move(path)) {}

    /// `$XDG_CONFIG_HOME/gacsong/window.ini`
    [[nodiscard]] static QString usual_path();

    [[nodiscard]] Settings load() const;
    void save(const Settings& settings) const;

private:
    QString path_;
};

/// The theme to use; `system` asks the desktop's palette.
[[nodiscard]] paint::ThemeKind theme_kind(ThemeChoice choice);

} // namespace gacsong::gui
