// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cells/cells_model.hpp"

#include "gui/cells/cell_text.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <array>

namespace gacsong::gui {
namespace {

const QString dash = QString::fromUtf8("—");

QString qt(const std::string& text) { return QString::fromStdString(text); }

QVariant alignment(bool number)
{
    return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

CellsModel::CellsModel(const Session& session, const Words& words, QObject* parent)
    : QAbstractTableModel(parent), session_(session), words_(words), shown_(static_cast<int>(session.cells().size()))
{
}

int CellsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : shown_; }

int CellsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QString CellsModel::text(const Cell& cell, int column) const
{
    switch (column) {
    case verdict:
        return cell_verdict(cell, words_);
    case network:
        return cell_network(cell, session_.network_name(cell.plmn));
    case channel:
        return cell.channel ? QString::number(*cell.channel) : dash;
    case identity:
        return cell_identity(cell);
    case level:
        return cell.level_dbfs ? qt(number_text(*cell.level_dbfs, 1, words_.language())) : dash;
    default:
        return cell.score ? QString::number(*cell.score) : dash;
    }
}

QVariant CellsModel::order(const Cell& cell, int column) const
{
    switch (column) {
    case verdict:
        return cell_urgency(cell);
    case channel:
        return static_cast<qulonglong>(cell.channel.value_or(0));
    case identity:
        return static_cast<qulonglong>(cell.cell.value_or(0));
    case level:
        return cell.level_dbfs.value_or(-999.0);
    case score:
        return static_cast<qulonglong>(cell.score.value_or(0));
    default:
        return text(cell, column);
    }
}

QVariant CellsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Cell& one = cell(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(one, index.column());
    case order_role:
        return order(one, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column() != verdict && index.column() != network);
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? cell_sentence(one, session_.network_name(one.plmn), words_)
                                   : words_.spoken(text(one, index.column()));
    case Qt::ToolTipRole:
        return one.reason ? words_(*one.reason) : QVariant();
    default:
        return {};
    }
}

QVariant CellsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    constexpr std::array keys{"verdict", "network", "channel", "identity", "level", "score"};
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section != verdict && section != network);
    if (role != Qt::DisplayRole)
        return {};
    return words_(fmt::format("gui.cells.column.{}", keys.at(static_cast<std::size_t>(section))));
}

void CellsModel::replaced()
{
    beginResetModel();
    shown_ = static_cast<int>(session_.cells().size());
    endResetModel();
}

ChannelsModel::ChannelsModel(const Session& session, const Words& words, QObject* parent)
    : QAbstractTableModel(parent), session_(session), words_(words),
      shown_(static_cast<int>(session.searched_channels().size()))
{
}

int ChannelsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : shown_; }

int ChannelsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant ChannelsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SearchedChannel& one = session_.searched_channels()[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column() == center);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != CellsModel::order_role)
        return {};
    if (index.column() == center)
        return role == CellsModel::order_role ? QVariant(one.center_hz)
                                              : QVariant(qt(number_text(one.center_hz / 1e6, 3, words_.language())));
    if (index.column() == technology)
        return qt(one.technology);
    const QString why = qt(words_.wording().term(one.outcome));
    return why.isEmpty() ? why : QString(why.at(0).toUpper()) + why.mid(1);
}

QVariant ChannelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    constexpr std::array keys{"frequency", "technology", "outcome"};
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section == center);
    if (role != Qt::DisplayRole)
        return {};
    return words_(fmt::format("gui.cells.column.{}", keys.at(static_cast<std::size_t>(section))));
}

void ChannelsModel::replaced()
{
    beginResetModel();
    shown_ = static_cast<int>(session_.searched_channels().size());
    endResetModel();
}

} // namespace gacsong::gui
