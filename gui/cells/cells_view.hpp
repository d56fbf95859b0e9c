// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/cells/cell_panel.hpp"
#include "gui/cells/cells_model.hpp"
#include "gui/cells/neighbour_graph.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QWidget>
#include <optional>

namespace gacsong::gui {

class RowTable;

/// Base stations: table and searched channels, who lists whom, and everything of the one that is selected.
class CellsView final : public QWidget {
    Q_OBJECT

public:
    /// `large`: tables, graph and the panel of the selected cell side by side; `small`: graph and panel take turns;
    /// `half`: below the cells, where the searched channels take their turn as well.
    enum class Room : std::uint8_t { large, small, half };

    CellsView(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
              const Actions& actions, Room room, QWidget* parent = nullptr);

    void take_cells();
    /// Row of the session's list.
    void select(std::optional<int> row);
    [[nodiscard]] std::optional<int> selected() const { return selected_; }
    [[nodiscard]] QTableView& table() { return *table_; }
    [[nodiscard]] QTableView& channels() { return *channels_; }
    [[nodiscard]] NeighbourGraph& graph() { return *graph_; }
    [[nodiscard]] CellPanel& panel() { return *panel_; }
    /// The selected cell as text.
    [[nodiscard]] QString copied() const;

Q_SIGNALS:
    void picked(std::optional<int> row);

private:
    QWidget* build_table(const Density& density);
    QWidget* build_channels(const Density& density);
    RowTable* make_table(QAbstractItemModel& model, const QString& name, const char* object, const Density& density);
    void say_counts();

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    CellsModel cells_;
    ChannelsModel searched_;
    QSortFilterProxyModel sorted_;
    QSortFilterProxyModel sorted_channels_;
    std::optional<int> selected_;
    bool telling_ = false;
    QLabel* count_ = nullptr;
    QLabel* channel_count_ = nullptr;
    QLabel* empty_ = nullptr;
    QLineEdit* search_ = nullptr;
    QTableView* table_ = nullptr;
    QTableView* channels_ = nullptr;
    NeighbourGraph* graph_ = nullptr;
    CellPanel* panel_ = nullptr;
};

} // namespace gacsong::gui
