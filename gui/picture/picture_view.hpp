// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/settings.hpp"
#include "gui/session/session.hpp"
#include "gui/words.hpp"
#include "report/picture/scene.hpp"

#include <QPixmap>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// A time–frequency mark that the user set (M); at most eight.
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

    void toggle_cursor(); ///< at the pointer
    [[nodiscard]] const std::vector<Cursor>& cursors() const { return cursors_; }
    /// One line for each mark after the first: how far it lies from that.
    [[nodiscard]] QStringList cursor_lines() const;
    /// The box that was drawn with Shift and the mouse.
    [[nodiscard]] const std::optional<paint::View>& box() const { return box_; }
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
    enum class Drag { none, pan, box, level_low, level_high };

    void refresh();
    void update_scene();
    void update_grid();
    void paint_scene();
    void paint_pointer(QPainter& painter) const;
    void paint_box(QPainter& painter) const;
    void paint_cursors(QPainter& painter) const;
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
    QPixmap painted_;
    bool dirty_ = true;
    std::optional<int> selected_;
    std::optional<QPoint> pointer_;
    std::optional<paint::View> box_;
    std::optional<paint::BoxMeasure> box_measure_;
    std::vector<Cursor> cursors_;
    Drag drag_ = Drag::none;
    QPoint drag_from_;
    paint::View drag_view_;
    bool moved_ = false;
};

/// Makes the picture a table of its emissions for screen readers. To be called once, before the first window.
void install_picture_access();

} // namespace gacsong::gui
