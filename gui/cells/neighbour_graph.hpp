// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/session.hpp"
#include "gui/words.hpp"
#include "report/paint/theme.hpp"

#include <QPointF>
#include <QRectF>
#include <QWidget>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// Who lists whom: a group an operator, a node a carrier, an arrow from the one that lists. Places depend only on what
/// was decoded, so a cell that is heard again stands where it stood. Everything in it is in the tables too.
class NeighbourGraph final : public QWidget {
    Q_OBJECT

public:
    NeighbourGraph(Session& session, const Words& words, const paint::Theme& theme, const QFont& font,
                   QWidget* parent = nullptr);

    void take_cells();
    void set_selected(std::optional<int> row);

    /// A carrier: decoded, or only listed by another.
    struct Node {
        std::optional<int> row; ///< of the session's cells; nothing: listed only
        QString label;          ///< its channel
        QString technology;
        QPointF place;
        bool isolated = false; ///< lists nobody and is listed by nobody
    };
    struct Group {
        QString name;
        QRectF frame;
    };
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    /// Pairs of nodes, the one that lists first.
    [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& arrows() const { return arrows_; }

Q_SIGNALS:
    void picked(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void place();
    void place_group(const std::vector<std::size_t>& members, const QRectF& frame);
    void paint_arrow(QPainter& painter, QPointF from, QPointF to, bool listed_only) const;
    void paint_node(QPainter& painter, const Node& node) const;
    [[nodiscard]] double radius() const;
    void describe();

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    std::vector<Node> nodes_;
    std::vector<QString> network_of_; ///< of each node
    std::vector<std::pair<std::size_t, std::size_t>> arrows_;
    std::vector<Group> groups_;
    std::optional<int> selected_;
};

} // namespace gacsong::gui
