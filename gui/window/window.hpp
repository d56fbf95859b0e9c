// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/cells/cells_view.hpp"
#include "gui/look/settings.hpp"
#include "gui/picture/overview.hpp"
#include "gui/picture/picture_view.hpp"
#include "gui/session/archive.hpp"
#include "gui/session/live_recorder.hpp"
#include "gui/session/notes.hpp"
#include "gui/session/session.hpp"
#include "gui/side/car_card.hpp"
#include "gui/side/details_panel.hpp"
#include "gui/side/emission_table.hpp"
#include "gui/side/note_list.hpp"
#include "gui/sound/listener.hpp"
#include "gui/window/dialogs.hpp"
#include "gui/window/parts.hpp"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <memory>
#include <optional>
#include <string>

namespace gacsong::gui {

/// With what a window begins.
struct WindowStart {
    Settings settings;
    QString settings_path; ///< empty: nothing is kept
    ComparisonFiles files; ///< stated on the command line; they beat the settings
    LoadComparison load;
    std::optional<double> ppm; ///< clock error stated on the command line
    UseCalibration calibration;
    UseLevels levels;
    DescribeCalibration describe_calibration;
    std::optional<StoreAddress> store; ///< where runs and cases are kept; nothing: nowhere
    std::string sample;                ///< demo recording; empty: there is none
    std::string sample_register;
};

/// How much room there is (screen.md §1).
enum class SizeClass { large, small, half, car };

/// The window: a session and its views. It is built anew when language, theme, text size or mode change; what is open
/// stays.
class Window final : public QMainWindow {
    Q_OBJECT

public:
    explicit Window(WindowStart start);
    ~Window() override;

    /// With the clock error of the command line.
    void open(const std::string& path, const sdr::InputFlags& flags) { open({path, flags, start_.ppm}); }
    void open(const RecordingChoice& choice);

    void listen(const ReceiverChoice& choice);

    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] PictureView& picture() { return *picture_; }
    [[nodiscard]] EmissionTable& table() { return *table_; }
    [[nodiscard]] DetailsPanel& details() { return *details_; }
    [[nodiscard]] CellsView& cells() { return *cells_; }
    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] const Words& words() const { return *words_; }
    [[nodiscard]] const CarCard& card() const { return *card_; }
    [[nodiscard]] QAction& action(Act act) { return (*actions_)[act]; }
    void change_settings(const Settings& settings);
    /// Where clips go without asking; for tests and scripts.
    void set_clip_folder(const QString& folder) { clip_folder_ = folder; }
    /// Answers the question for a case without a dialog: its id, or empty and the title of a new one; for tests.
    void set_case_answer(const CaseChoice& choice) { case_answer_ = choice; }
    /// Answers the question for an annotation without a dialog, by its label and comment; for tests.
    void set_note_answer(const Note& note) { note_answer_ = note; }
    [[nodiscard]] Notes& notes() { return notes_; }
    [[nodiscard]] Archive& archive() { return archive_; }
    [[nodiscard]] LiveRecorder& recorder() { return recorder_; }
    [[nodiscard]] Listener& listener() { return listener_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // window.cpp: building
    void build();
    void build_menus();
    void build_centre();
    void connect_parts();
    void connect_session();
    void save_settings();

    // window_sizes.cpp
    void apply_size_class();
    [[nodiscard]] SizeClass size_class() const;
    [[nodiscard]] picture::LayoutSizes picture_sizes() const;
    [[nodiscard]] bool room_for_overview() const;

    // window_actions.cpp: what actions do
    void connect_actions();
    void connect_view_actions();
    void connect_finding_actions();
    void connect_replay_actions();
    void switch_setting(bool Settings::*which, bool on);
    void choose_file();
    void open_sample();
    void show_source_menu(QPoint where);
    void save_picture();
    void go_to_frequency();
    void go_to_time();
    void show_why(int row);
    void save_clip();
    void ignore_selected();
    void add_selected_to_register();
    void copy_selected();
    void show_menu(QPoint where, int row);
    void next_region(bool forward);
    void show_guide();
    void show_about();
    void ask_center();
    void offer_last();
    void remember_receiver();
    void remember_view();

    // window_notes.cpp: annotations
    void connect_notes();
    void connect_note_actions();
    void open_notes();
    void show_notes();
    void select_note(std::uint64_t id, bool bring_into_view);
    void show_note_list();
    [[nodiscard]] Note with_author(Note note) const;
    [[nodiscard]] std::optional<Note> ask_about(const Note& note);
    void add_note();
    void edit_note(std::uint64_t id);
    void remove_note(std::uint64_t id);
    void say_annotated();
    void say_not_annotated(const Error& error);
    void save_notes_elsewhere();
    void save_annotations();

    // window_state.cpp: what the session says
    void take_opened();
    void take_failed();
    void take_emissions(int first, int count);
    void take_withdrawn(int row);
    void take_ended();
    void take_warnings(int first);
    void take_growth();
    void say_clip();
    void show_page();
    void show_cells(bool shown);
    void select(std::optional<int> row, bool bring_into_view);
    void show_details(int row);
    void step_finding(bool forward);
    void request_rows();
    void show_state();
    void remember_file(const QString& path);

    // window_office.cpp: the store, cases, alarms
    void connect_office();
    void add_selected_to_report();
    [[nodiscard]] std::vector<ItemAddress> report_items() const;
    void ask_for_case();
    void say_added();
    void show_new_since(std::optional<int> days);
    void take_danger(const std::string& subject);
    [[nodiscard]] QString danger_line(const std::string& subject) const;
    void show_subject(const std::string& subject);

    // window_sound.cpp
    enum class Sound { none, content, level };
    void connect_sound();
    void show_sound();
    void sound(Sound what);

    // window_live.cpp: recording what a receiver gives
    void connect_live();
    void record(bool on);
    void save_last_seconds();
    [[nodiscard]] QString recording_path(Act act);
    void say_recorded();

    // window_state.cpp: replay
    void set_playing(bool playing);
    void advance();
    void move_to(double end_s);

    Settings settings_;
    SettingsFile file_;
    WindowStart start_;
    Session session_;
    Archive archive_;
    LiveRecorder recorder_;
    Notes notes_;
    Listener listener_{session_};
    std::vector<ItemAddress> to_report_; ///< waits for the choice of a case
    std::unique_ptr<Words> words_;
    const paint::Theme* theme_ = nullptr;
    std::unique_ptr<Actions> actions_;
    QWidget* centre_ = nullptr;
    ToolBar* tools_ = nullptr;
    Banners* banners_ = nullptr;
    QStackedWidget* pages_ = nullptr; ///< welcome, picture, base stations
    QSplitter* across_ = nullptr;
    QSplitter* side_ = nullptr;
    PictureView* picture_ = nullptr;
    Overview* overview_ = nullptr;
    EmissionTable* table_ = nullptr;
    DetailsPanel* details_ = nullptr;
    CellsView* cells_ = nullptr;
    NoteList* note_list_ = nullptr; ///< once it was asked for
    Transport* transport_ = nullptr;
    CarButtons* car_ = nullptr;
    CarCard* card_ = nullptr;
    HealthLine* health_ = nullptr;
    SizeClass class_ = SizeClass::large;
    std::optional<int> selected_;
    QString clip_folder_;
    std::optional<CaseChoice> case_answer_;
    std::optional<Note> note_answer_;
    QTimer clock_;
    QTimer remember_;                 ///< what is shown is written down a moment after it changed
    std::optional<QString> restored_; ///< view to show once the recording is open
    std::optional<RecordingChoice> opened_;
    std::optional<ReceiverChoice> receiver_;
    QElapsedTimer since_;
    bool playing_ = false;
    bool cells_shown_ = false;
    std::optional<double> loop_from_;
    std::optional<double> loop_to_;
    bool building_ = false;
};

} // namespace gacsong::gui
