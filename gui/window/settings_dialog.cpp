// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/dialogs.hpp"

#include <fmt/format.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace gacsong::gui {
namespace {

/// A line for a file's name and a button that looks for it.
QWidget* file_row(QLineEdit*& line, const Words& words, const QString& value, const QString& name)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    line = new QLineEdit(value);
    line->setAccessibleName(name);
    auto* browse = new QPushButton(words("gui.settings.browse"));
    browse->setAccessibleName(name + ": " + browse->text());
    QObject::connect(browse, &QPushButton::clicked, row, [row, line, name] {
        const QString file = QFileDialog::getOpenFileName(row, name, line->text(), "CSV (*.csv);;* (*)");
        if (!file.isEmpty())
            line->setText(file);
    });
    layout->addWidget(line, 1);
    layout->addWidget(browse);
    return row;
}

} // namespace

std::optional<Settings> ask_settings(QWidget* parent, const Words& words, const Settings& settings)
{
    QDialog dialog(parent);
    dialog.setObjectName("settings_dialog");
    dialog.setWindowTitle(words("gui.settings.title"));
    dialog.setMinimumWidth(560);
    auto* column = new QVBoxLayout(&dialog);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(10);
    column->addLayout(form);
    const auto add = [&](const char* key, QWidget* widget) {
        if (widget->accessibleName().isEmpty())
            widget->setAccessibleName(words(key));
        form->addRow(words(key), widget);
    };
    auto* language = new QComboBox;
    language->addItem(QString::fromUtf8("Tiếng Việt"), "vi");
    language->addItem("English", "en");
    language->setCurrentIndex(words.language() == Language::vi ? 0 : 1);
    add("gui.settings.language", language);
    auto* theme = new QComboBox;
    for (const char* key : {"gui.settings.theme_system", "gui.settings.theme_dark", "gui.settings.theme_light"})
        theme->addItem(words(key));
    theme->setCurrentIndex(static_cast<int>(settings.theme));
    add("gui.settings.theme", theme);
    auto* text = new QSpinBox;
    text->setRange(80, 200);
    text->setSingleStep(10);
    text->setSuffix("%");
    text->setValue(settings.text_percent);
    add("gui.settings.text", text);
    auto* map = new QComboBox;
    map->addItem(words("gui.settings.map_default"), QString());
    for (const paint::MapKind kind : paint::all_maps)
        map->addItem(words(fmt::format("picture.map.{}", code(kind))), static_cast<int>(kind));
    map->setCurrentIndex(settings.map ? 1 + static_cast<int>(*settings.map) : 0);
    add("gui.settings.map", map);
    auto* reversed = new QCheckBox(words("gui.settings.reversed"));
    reversed->setChecked(settings.map_reversed);
    form->addRow(QString(), reversed);
    QLineEdit* register_file = nullptr;
    QLineEdit* ignore_file = nullptr;
    add("gui.settings.register",
        file_row(register_file, words, settings.register_file, words("gui.settings.register")));
    add("gui.settings.ignore", file_row(ignore_file, words, settings.ignore_file, words("gui.settings.ignore")));
    auto* keys = new QCheckBox(words("gui.settings.single_keys"));
    keys->setChecked(settings.single_keys);
    form->addRow(QString(), keys);
    auto* sound = new QCheckBox(words("gui.settings.sound"));
    sound->setChecked(settings.sound);
    form->addRow(QString(), sound);
    auto* buttons = new QDialogButtonBox;
    auto* good = buttons->addButton(words("gui.dialog.apply"), QDialogButtonBox::AcceptRole);
    good->setProperty("primary", true);
    buttons->addButton(words("gui.dialog.cancel"), QDialogButtonBox::RejectRole);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    column->addWidget(buttons);
    if (dialog.exec() != QDialog::Accepted)
        return std::nullopt;
    Settings changed = settings;
    changed.language = language->currentIndex() == 0 ? Language::vi : Language::en;
    changed.theme = static_cast<ThemeChoice>(theme->currentIndex());
    changed.text_percent = text->value();
    changed.map = map->currentIndex() == 0 ? std::nullopt
                                           : std::optional(static_cast<paint::MapKind>(map->currentData().toInt()));
    changed.map_reversed = reversed->isChecked();
    changed.register_file = register_file->text().trimmed();
    changed.ignore_file = ignore_file->text().trimmed();
    changed.single_keys = keys->isChecked();
    changed.sound = sound->isChecked();
    return changed;
}

} // namespace gacsong::gui
