// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/settings.hpp"
#include "gui/session/input_text.hpp"
#include "gui/words.hpp"
#include "report/annotate/note.hpp"
#include "report/cases/case_records.hpp"
#include "report/explain/explain.hpp"
#include "sdr/inspection.hpp"

#include <QDialog>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::gui {

/// Asks for what a recording does not say, filled in with what is guessed and where the guess comes from. Nothing where
/// it was left.
[[nodiscard]] std::optional<sdr::InputFlags>
ask_missing_facts(QWidget* parent, const Words& words, const sdr::Inspection& inspection, const sdr::InputFlags& known);

/// What an emission shall be ignored for.
struct IgnoreChoice {
    std::string reason;
    std::string until; ///< `YYYY-MM-DD`, empty: without end
    double width_hz = 0.0;
};
[[nodiscard]] std::optional<IgnoreChoice> ask_ignore(QWidget* parent, const Words& words, const Emission& emission);

/// A new row of the licence register.
struct RegisterChoice {
    std::string id;
    std::string holder;
    std::string note;
};
[[nodiscard]] std::optional<RegisterChoice> ask_register(QWidget* parent, const Words& words, const Emission& emission);

/// What was measured of the clock of a receiver, by its driver and serial number; nothing where nothing was.
using DescribeCalibration = std::function<std::optional<Message>(const std::string& driver, const std::string& serial)>;

/// Which receiver to listen to, and how; filled in as it was the last time. Receivers are looked for beside the dialog,
/// each driver in a process of its own.
[[nodiscard]] std::optional<ReceiverChoice> ask_receiver(QWidget* parent, const Words& words,
                                                         const std::optional<ReceiverChoice>& last,
                                                         const DescribeCalibration& describe);

/// Settings as they were changed; nothing where the dialog was left.
[[nodiscard]] std::optional<Settings> ask_settings(QWidget* parent, const Words& words, const Settings& settings);

/// The case to which something is added: one that is open, or a new one with a title.
struct CaseChoice {
    std::string id; ///< empty: a new one
    std::string title;
};
[[nodiscard]] std::optional<CaseChoice> ask_case(QWidget* parent, const Words& words,
                                                 const std::vector<CaseFile>& open_cases);

/// An annotation: its words and its place. Nothing where the dialog was left.
[[nodiscard]] std::optional<Note> ask_note(QWidget* parent, const Words& words, const Note& note,
                                           std::optional<double> center_hz);

/// A question with yes or no.
[[nodiscard]] bool ask_yes(QWidget* parent, const Words& words, const QString& title, const QString& line,
                           const QString& yes);

/// One line of text.
[[nodiscard]] std::optional<QString> ask_line(QWidget* parent, const Words& words, const QString& title,
                                              const QString& label, const QString& value);

/// Shows headings and sentences, to be read and copied.
void show_sections(QWidget* parent, const Words& words, const QString& title, const std::vector<Section>& sections);

/// All shortcuts in three columns, to be searched.
void show_shortcuts(QWidget* parent, const Words& words, bool single_keys);

} // namespace gacsong::gui
