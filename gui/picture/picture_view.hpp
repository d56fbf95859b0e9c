// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/settings.hpp"
#include "gui/session/session.hpp"
#include "gui/words.hpp"
#include "report/annotate/note.hpp"
#include "report/picture/scene.hpp"

#include <QImage>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

namespace gacsong::gui {

constexpr std::size_t most_cursors = 8;

/// A time–frequency mark that the user set (M); at most most_cursors.
struct Cursor {
    double hz = 0.0; ///< from the centre
    double at_s = 0.0;
    double level_db = 0.0;
};

/// Spectrum and waterfall on one frequency axis, with the emissions in boxes. Shows rows that the session has, asks for
/// those it lacks, and lets hands zoom, pan, select and measure (screen.md, peers.md §3).
class PictureView final : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the view.
    PictureView(Session& session, const Words& words, const paint::Theme& theme, const Settings& settings,
                QWidget* parent = nullptr);

    /// Takes over a recording that was opened: everything in view.
    void reset();
    [[nodiscard]] const paint::View& view() const { return view_; }
    void set_view(paint::View view);
    /// Whole span in frequency and the usual one in time.
    void show_all();
    void zoom_frequency(double factor, double at_hz);
    void zoom_time(double factor, double at_s);
    void pan(double part_of_width, double part_of_height);

    [[nodiscard]] const paint::Levels& levels() const { return levels_; }
    void set_levels(const paint::Levels& levels);
    /// Sets the levels by what is in view, now.
    void automatic_levels();

    void set_sizes(const picture::LayoutSizes& sizes);
    void set_switches(const Settings& settings);

    /// Row of the emission in the session's list.
    void set_selected(std::optional<int> row);
    [[nodiscard]] std::optional<int> selected() const { return selected_; }
    /// Moves the view so that an emission is in it.
    void bring_into_view(const Emission& emission);

    void take_emissions(); ///< the session's list has changed
    void take_rows();      ///< so have its rows

    /// What the picture shows, for the session to make.
    [[nodiscard]] Session::Range wanted() const;
    [[nodiscard]] double resolution_hz() const;
    [[nodiscard]] bool unfinished() const { return waterfall_.unfinished(); }
    [[nodiscard]] const picture::Scene& scene() const { return scene_; }
    [[nodiscard]] Session& session() const { return session_; }
    [[nodiscard]] const Words& words() const { return words_; }
    [[nodiscard]] const picture::Layout& parts() const { return layout_; }

    /// The annotations of the recording; those that this program wrote are left out once it has found its own.
    void take_notes(const std::vector<Note>& notes);
    void set_selected_note(std::uint64_t id); ///< 0: none
    [[nodiscard]] std::uint64_t selected_note() const { return selected_note_; }
    /// Annotation under a point, 0: none. On its label or its frame, or within it where no emission is.
    [[nodiscard]] std::uint64_t note_at(QPointF where) const;
    [[nodiscard]] const std::vector<Note>& notes() const { return notes_; }
    /// Where an annotation lies in the picture.
    [[nodiscard]] QRectF note_box(const Note& note) const;
    void bring_into_view(const Note& note);
    /// Goes to the next of all markers and annotations, in the order of time; false: there are none.
    bool step_mark(bool forward);
    [[nodiscard]] std::optional<std::size_t> active_cursor() const { return active_cursor_; }

    void toggle_cursor(); ///< at the pointer
    [[nodiscard]] const std::vector<Cursor>& cursors() const { return cursors_; }
    /// View, levels and markers as one line of text for the settings file.
    [[nodiscard]] QString view_text() const;
    /// Shows again what such a text says; text that says nothing changes nothing.
    void restore_view(const QString& text);
    /// Emission under the pointer, or where a marker stands that was gone to; row of the session's list.
    [[nodiscard]] std::optional<int> pointed() const;
    /// One line for each mark after the first: how far it lies from that.
    [[nodiscard]] QStringList cursor_lines() const;
    /// The box that was drawn with Shift and the mouse or the arrow keys.
    [[nodiscard]] const std::optional<paint::View>& box() const { return box_; }
    void set_box(const paint::View& box);
    void clear_box();

    /// Asked when Tab is pressed in the picture: select the next (or previous) emission; false at the end of the list.
    std::function<bool(bool forward)> step;

    /// The picture as it is, for a file.
    [[nodiscard]] QImage image() const;

Q_SIGNALS:
    void view_changed();
    void grid_changed();  ///< other rows are needed for the same view: the picture has another size
    void picked(int row); ///< −1: nothing
    void details_wanted(int row);
    void menu_wanted(QPoint where, int row);
    void note_picked(quint64 id);
    void note_wanted(quint64 id); ///< its words shall be changed
    void note_changed(const gacsong::Note& note);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool event(QEvent* event) override;

private:
    enum class Drag { none, pan, box, level_low, level_high, note };
    /// Sides of an annotation that move with the pointer; all of them: it moves as a whole.
    struct Grip {
        bool left = false;
        bool right = false;
        bool top = false;
        bool bottom = false;
        [[nodiscard]] bool any() const { return left || right || top || bottom; }
    };
    /// A place that step_mark() goes to.
    struct Stop {
        double at_s = 0.0;
        double hz = 0.0;
        std::uint64_t note = 0; ///< or
        std::size_t cursor = 0;
    };

    void refresh();
    void update_scene();
    void update_grid();
    void paint_scene();
    void paint_pointer(QPainter& painter) const;
    void paint_box(QPainter& painter) const;
    void paint_cursors(QPainter& painter) const;
    void paint_notes(QPainter& painter);
    void paint_note_label(QPainter& painter, const Note& note, const QRectF& box);
    [[nodiscard]] bool shown(const Note& note) const;
    [[nodiscard]] Grip grip_at(QPointF where) const;
    [[nodiscard]] Note* chosen_note();
    void shift_note(Note& note, const Grip& grip, double hz, double s) const;
    void show_grip(QPointF where);
    /// Moves what is selected by pixels: the annotation, otherwise the box, which is made where there is none.
    void nudge(QPoint by, bool resize);
    [[nodiscard]] bool take_arrow(const QKeyEvent& event);
    void bring(double low_hz, double high_hz, double from_s, double to_s);
    void activate_cursor(std::size_t index);
    void paint_readout(QPainter& painter, QPoint beside, const QStringList& lines) const;
    [[nodiscard]] QString tip_at(QPoint where) const;
    [[nodiscard]] std::optional<int> emission_at(QPointF where) const;
    [[nodiscard]] std::optional<double> level_at(double hz, double at_s) const;
    [[nodiscard]] QString frequency_text(double hz) const;
    [[nodiscard]] double hz_at(double x) const { return layout_.frequency_scale(view_).value(x); }
    [[nodiscard]] double time_at(double y) const { return layout_.time_scale(view_).value(y); }

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    Settings settings_;
    paint::View view_;
    paint::Levels levels_;
    std::uint8_t levels_bins_ = 0; ///< transform length for which levels_ hold
    bool levels_pending_ = true;
    TileGrid grid_;
    picture::LayoutSizes sizes_;
    picture::Layout layout_;
    picture::Scene scene_;
    std::vector<int> mark_rows_; ///< row of the session's list of each mark of the scene
    paint::ColourMap map_;
    paint::WaterfallImage waterfall_;
    paint::TraceMaker traces_;
    std::uint64_t traces_generation_ = 0;
    paint::View traces_view_;
    QImage painted_; ///< whose pixels are written to (paint/fill.hpp)
    bool dirty_ = true;
    std::optional<int> selected_;
    std::optional<QPoint> pointer_;
    std::optional<paint::View> box_;
    std::optional<paint::BoxMeasure> box_measure_;
    std::vector<Cursor> cursors_;
    std::optional<std::size_t> active_cursor_;
    std::vector<Note> notes_;
    std::uint64_t selected_note_ = 0;
    std::vector<std::pair<QRectF, std::uint64_t>> note_labels_; ///< as they were painted
    Grip grip_;
    std::optional<Note> note_before_; ///< it was dragged
    Drag drag_ = Drag::none;
    QPoint drag_from_;
    paint::View drag_view_;
    bool moved_ = false;
};

/// Makes the picture a table of its emissions for screen readers. To be called once, before the first window.
void install_picture_access();

} // namespace gacsong::gui
