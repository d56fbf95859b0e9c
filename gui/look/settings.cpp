// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/settings.hpp"

#include "report/wording/data_paths.hpp"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>
#include <algorithm>

namespace gacsong::gui {
namespace {

QString text_of(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString text_of(ThemeChoice choice)
{
    return choice == ThemeChoice::dark ? "dark" : (choice == ThemeChoice::light ? "light" : "system");
}

ThemeChoice theme_of(const QString& name)
{
    return name == "dark" ? ThemeChoice::dark : (name == "light" ? ThemeChoice::light : ThemeChoice::system);
}

/// The switches by their keys, in one place for reading and writing.
template <class Visit> void each_switch(Settings& s, Visit visit)
{
    visit("car", s.car);
    visit("single_keys", s.single_keys);
    visit("map_reversed", s.map_reversed);
    visit("max_hold", s.max_hold);
    visit("plan", s.plan);
    visit("licences", s.licences);
    visit("markers", s.markers);
    visit("minimum", s.minimum);
    visit("notes", s.notes);
    visit("sound", s.sound);
    visit("first_run", s.first_run);
}

} // namespace

QString SettingsFile::usual_path()
{
    const auto folder = user_config_folder();
    return folder.empty() ? QString() : QString::fromStdString((folder / "gacsong" / "window.ini").string());
}

Settings SettingsFile::load() const
{
    Settings s;
    if (path_.isEmpty() || !QFile::exists(path_))
        return s;
    const QSettings file(path_, QSettings::IniFormat);
    if (file.status() != QSettings::NoError) {
        QFile::remove(path_ + ".broken");
        QFile::rename(path_, path_ + ".broken");
        return s;
    }
    s.language = parse_language(file.value("language").toString().toStdString());
    s.theme = theme_of(file.value("theme").toString());
    s.text_percent = std::clamp(file.value("text_percent", 100).toInt(), 80, 200);
    s.map = paint::parse_map(file.value("map").toString().toStdString());
    each_switch(s, [&](const char* key, bool& value) { value = file.value(key, value).toBool(); });
    s.register_file = file.value("register").toString();
    s.ignore_file = file.value("ignore").toString();
    s.plan_name = file.value("plan_name").toString();
    s.recent = file.value("recent").toStringList();
    s.session_file = file.value("session_file").toString();
    s.session_recording = file.value("session_recording").toString();
    s.session_live = file.value("session_live", false).toBool();
    s.session_view = file.value("session_view").toString();
    s.session_receiver = file.value("session_receiver").toString();
    const QMap<QString, QVariant> note_files = file.value("note_files").toMap();
    for (auto at = note_files.begin(); at != note_files.end(); ++at)
        s.note_files[at.key()] = at.value().toString();
    s.geometry = file.value("geometry").toByteArray();
    const QMap<QString, QVariant> layouts = file.value("layouts").toMap();
    for (auto at = layouts.begin(); at != layouts.end(); ++at)
        s.layouts[at.key()] = at.value().toByteArray();
    return s;
}

void SettingsFile::save(const Settings& settings) const
{
    if (path_.isEmpty())
        return;
    QDir().mkpath(QFileInfo(path_).absolutePath());
    Settings s = settings;
    QSettings file(path_, QSettings::IniFormat);
    file.setValue("language", s.language ? text_of(code(*s.language)) : QString());
    file.setValue("theme", text_of(s.theme));
    file.setValue("text_percent", s.text_percent);
    file.setValue("map", s.map ? text_of(paint::code(*s.map)) : QString());
    each_switch(s, [&](const char* key, bool& value) { file.setValue(key, value); });
    file.setValue("register", s.register_file);
    file.setValue("ignore", s.ignore_file);
    file.setValue("plan_name", s.plan_name);
    file.setValue("recent", s.recent);
    file.setValue("session_file", s.session_file);
    file.setValue("session_recording", s.session_recording);
    file.setValue("session_live", s.session_live);
    file.setValue("session_view", s.session_view);
    file.setValue("session_receiver", s.session_receiver);
    QMap<QString, QVariant> note_files;
    for (auto at = s.note_files.begin(); at != s.note_files.end(); ++at)
        note_files[at.key()] = at.value();
    file.setValue("note_files", note_files);
    file.setValue("geometry", s.geometry);
    QMap<QString, QVariant> layouts;
    for (auto at = s.layouts.begin(); at != s.layouts.end(); ++at)
        layouts[at.key()] = at.value();
    file.setValue("layouts", layouts);
    // QSettings writes to a temporary file and renames it.
    file.sync();
}

paint::ThemeKind theme_kind(ThemeChoice choice)
{
    // Asked once, before the program sets colours of its own.
    static const paint::ThemeKind system = [] {
        return QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5F ? paint::ThemeKind::dark
                                                                                      : paint::ThemeKind::light;
    }();
    if (choice == ThemeChoice::system)
        return system;
    return choice == ThemeChoice::dark ? paint::ThemeKind::dark : paint::ThemeKind::light;
}

} // namespace gacsong::gui
