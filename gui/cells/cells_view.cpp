// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cells/cells_view.hpp"

#include "gui/cells/cell_text.hpp"
#include "gui/look/row_delegate.hpp"
#include "gui/look/row_table.hpp"
#include "gui/look/search_field.hpp"
#include "report/picture/sheet.hpp"

#include <QHeaderView>
#include <QPainter>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <map>

namespace gacsong::gui {
namespace {

class CellRows final : public RowDelegate {
public:
    CellRows(const Words& words, const paint::Theme& theme, int marker, QObject* parent)
        : RowDelegate(theme, marker, parent), words_(words)
    {
    }

private:
    [[nodiscard]] RowLook look_of(const QModelIndex& index) const override
    {
        const auto* sorted = static_cast<const QSortFilterProxyModel*>(index.model());
        const auto* model = static_cast<const CellsModel*>(sorted->sourceModel());
        const Cell& cell = model->cell(sorted->mapToSource(index).row());
        return {cell_marker(cell, words_), false, index.column() > CellsModel::network};
    }

    const Words& words_;
};

QHBoxLayout* heading(const QString& title, QLabel*& count)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 4);
    row->setSpacing(8);
    auto* name = new QLabel(title);
    name->setProperty("section", true);
    count = new QLabel;
    count->setProperty("dim", true);
    row->addWidget(name);
    row->addWidget(count);
    row->addStretch(1);
    return row;
}

/// What is put into it stands below one another, without a space.
QVBoxLayout* close_column(QWidget* widget)
{
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

} // namespace

CellsView::CellsView(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
                     const Actions& actions, Room room, QWidget* parent)
    : QWidget(parent), session_(session), words_(words), theme_(theme), cells_(session, words),
      searched_(session, words)
{
    setObjectName("cells_view");
    auto* row = new QVBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    auto* across = new QSplitter(room == Room::half ? Qt::Vertical : Qt::Horizontal);
    across->setHandleWidth(1);
    across->setChildrenCollapsible(false);
    auto* middle = new QWidget;
    auto* column = close_column(middle);
    QLabel* who = nullptr;
    column->addLayout(heading(words("gui.cells.neighbours"), who));
    who->setText(words("gui.cells.who_lists"));
    graph_ = new NeighbourGraph(session, words, theme, picture::text_font(density.label()));
    column->addWidget(graph_, 1);
    panel_ = new CellPanel(session, words, theme, density, actions);
    QWidget* table = build_table(density);
    QWidget* channels = build_channels(density);
    if (room == Room::half) {
        across->addWidget(table);
    } else {
        auto* tables = new QWidget;
        auto* both = close_column(tables);
        both->addWidget(table, 3);
        both->addWidget(channels, 2);
        across->addWidget(tables);
    }
    if (room != Room::large) {
        auto* tabs = new QTabWidget;
        tabs->setAccessibleName(words("gui.cells.details"));
        tabs->setDocumentMode(true);
        tabs->addTab(panel_, words("gui.cells.details"));
        tabs->addTab(middle, words("gui.cells.neighbours"));
        if (room == Room::half)
            tabs->addTab(channels, words("gui.cells.searched"));
        across->addWidget(tabs);
    } else {
        across->addWidget(middle);
        across->addWidget(panel_);
    }
    for (int i = 0; i < across->count(); ++i)
        across->setStretchFactor(i, room == Room::half && i > 0 ? 2 : 1);
    if (room == Room::large)
        across->setSizes({700, 580, 620}); // the sentences of the ledger need the room more than the tables
    row->addWidget(across);
    connect(graph_, &NeighbourGraph::picked, this, [this](int at) {
        select(at);
        Q_EMIT picked(at);
    });
    take_cells();
}

RowTable* CellsView::make_table(QAbstractItemModel& model, const QString& name, const char* object,
                                const Density& density)
{
    auto* table = new RowTable;
    table->setObjectName(object);
    table->setAccessibleName(name);
    table->setModel(&model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setSortingEnabled(true);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(density.row());
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

QWidget* CellsView::build_table(const Density& density)
{
    auto* part = new QWidget;
    auto* column = close_column(part);
    QHBoxLayout* head = heading(words_("gui.cells.name"), count_);
    search_ = new SearchField(words_("gui.cells.search"), words_("gui.search.short"), density);
    search_->setObjectName("cell_search");
    head->addWidget(search_, 1);
    column->addLayout(head);
    empty_ = new QLabel(words_("gui.cells.none"));
    empty_->setObjectName("cells_state");
    empty_->setWordWrap(true);
    empty_->setContentsMargins(16, 16, 16, 16);
    empty_->setProperty("dim", true);
    column->addWidget(empty_);
    sorted_.setSourceModel(&cells_);
    sorted_.setSortRole(CellsModel::order_role);
    sorted_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    sorted_.setFilterKeyColumn(-1);
    RowTable* table = make_table(sorted_, words_("gui.cells.name"), "cells", density);
    table_ = table;
    table_->setMinimumHeight(3 * density.row()); // headings and two whole rows
    table_->setItemDelegate(new CellRows(words_, theme_, density.scaled(density.car ? 24 : 17), table_));
    for (int i = 0; i < CellsModel::columns; ++i)
        table_->horizontalHeader()->setSectionResizeMode(i, i == CellsModel::network ? QHeaderView::Stretch
                                                                                     : QHeaderView::Interactive);
    constexpr std::array widths{168, 0, 62, 104, 72, 60};
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (widths.at(i) > 0)
            table_->setColumnWidth(static_cast<int>(i),
                                   column_width(*table_, static_cast<int>(i), density.scaled(widths.at(i))));
    }
    // The identity stands in the details as well, the channel in their title.
    table->give_way({CellsModel::identity, CellsModel::channel}, CellsModel::network, density.scaled(96));
    table_->sortByColumn(CellsModel::verdict, Qt::AscendingOrder);
    column->addWidget(table_, 1);
    connect(search_, &QLineEdit::textChanged, &sorted_, &QSortFilterProxyModel::setFilterFixedString);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (telling_ || !now.isValid())
            return;
        select(sorted_.mapToSource(now).row());
        Q_EMIT picked(selected_);
    });
    return part;
}

QWidget* CellsView::build_channels(const Density& density)
{
    auto* part = new QWidget;
    auto* column = close_column(part);
    column->addLayout(heading(words_("gui.cells.searched"), channel_count_));
    sorted_channels_.setSourceModel(&searched_);
    sorted_channels_.setSortRole(CellsModel::order_role);
    channels_ = make_table(sorted_channels_, words_("gui.cells.searched"), "searched_channels", density);
    channels_->horizontalHeader()->setSectionResizeMode(ChannelsModel::outcome, QHeaderView::Stretch);
    for (const int i : {ChannelsModel::center, ChannelsModel::technology})
        channels_->setColumnWidth(i, column_width(*channels_, i, density.scaled(90)));
    channels_->sortByColumn(ChannelsModel::center, Qt::AscendingOrder);
    column->addWidget(channels_, 1);
    return part;
}

void CellsView::say_counts()
{
    std::int64_t grave = 0;
    for (const Cell& cell : session_.cells())
        grave += cell.verdict == "fake" || cell.verdict == "suspect" ? 1 : 0;
    const auto all = static_cast<std::int64_t>(session_.cells().size());
    count_->setText(QString::number(all) + QString::fromUtf8(" · ") +
                    words_(Message("gui.table.count", {{"n", grave}})));
    std::map<std::string, int> outcomes;
    for (const SearchedChannel& one : session_.searched_channels())
        ++outcomes[one.outcome];
    QStringList parts;
    for (const auto& [outcome, n] : outcomes)
        parts << QString("%1 %2").arg(n).arg(QString::fromStdString(words_.wording().term(outcome)));
    channel_count_->setText(QString::number(session_.searched_channels().size()));
    channel_count_->setToolTip(parts.join('\n'));
    empty_->setVisible(session_.cells().empty());
    table_->setVisible(!session_.cells().empty());
}

void CellsView::take_cells()
{
    telling_ = true;
    cells_.replaced();
    searched_.replaced();
    telling_ = false;
    graph_->take_cells();
    say_counts();
    if (!selected_ && !session_.cells().empty())
        selected_ = sorted_.mapToSource(sorted_.index(0, 0)).row();
    select(selected_);
}

void CellsView::select(std::optional<int> row)
{
    if (row && *row >= static_cast<int>(session_.cells().size()))
        row.reset();
    selected_ = row;
    telling_ = true;
    const QModelIndex at = row ? sorted_.mapFromSource(cells_.index(*row, 0)) : QModelIndex();
    if (at.isValid())
        table_->setCurrentIndex(at);
    else
        table_->selectionModel()->clear();
    telling_ = false;
    graph_->set_selected(row);
    panel_->show_cell(row);
}

QString CellsView::copied() const
{
    if (!selected_)
        return {};
    const Cell& cell = session_.cells()[static_cast<std::size_t>(*selected_)];
    QString text = cell_title(cell, words_) + "\t" + cell_network(cell, session_.network_name(cell.plmn)) + "\t" +
                   cell_identity(cell) + "\t" + cell_verdict(cell, words_) + "\n";
    if (cell.reason)
        text += words_(*cell.reason) + "\n";
    for (const CellIndicator& one : cell.indicators)
        text += QString::fromStdString(one.code) + "\t" + words_(one.reason) + "\n";
    return text;
}

} // namespace gacsong::gui
