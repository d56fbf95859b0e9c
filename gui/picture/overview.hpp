// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/session.hpp"
#include "gui/words.hpp"
#include "report/paint/colour_map.hpp"
#include "report/paint/view.hpp"

#include <QImage>
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong::gui {

/// The whole recording on a strip: time to the right, frequency upward, bins joined by maximum. Shows where the picture
/// stands, where the findings are, and lets it be moved.
class Overview final : public QWidget {
    Q_OBJECT

public:
    Overview(Session& session, const Words& words, const paint::Theme& theme, const QFont& font, int gutter,
             QWidget* parent = nullptr);

    void reset();
    void take_rows();
    void take_view(const paint::View& view);
    void set_loop(std::optional<std::pair<double, double>> loop);
    [[nodiscard]] std::optional<Session::Range> wanted() const;

Q_SIGNALS:
    void jump(double middle_s);
    void zoom(double factor, double at_s);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void paint_rows();
    /// The gravest of those that stand on each other, and where.
    [[nodiscard]] std::vector<std::pair<double, Verdict>> placed_findings() const;
    void paint_times(QPainter& painter, const std::vector<std::pair<double, Verdict>>& findings) const;
    void paint_frame(QPainter& painter) const;
    void colour_rows(const std::vector<std::int16_t>& levels);
    [[nodiscard]] QRect strip() const;
    [[nodiscard]] paint::Scale scale() const;
    [[nodiscard]] TileGrid grid() const;

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    int gutter_;
    paint::View view_;
    std::optional<std::pair<double, double>> loop_;
    QImage image_;
    std::uint64_t generation_ = 0;
    double grab_s_ = 0.0; ///< from the middle of the frame to where it was taken
};

} // namespace gacsong::gui
