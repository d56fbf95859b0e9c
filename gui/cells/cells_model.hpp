// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/session.hpp"
#include "gui/words.hpp"

#include <QAbstractTableModel>
#include <vector>

namespace gacsong::gui {

/// The base stations as a table; rows are those of the session's list.
class CellsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { verdict, network, channel, identity, level, score, columns };
    static constexpr int order_role = Qt::UserRole;

    CellsModel(const Session& session, const Words& words, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] const Cell& cell(int row) const { return session_.cells()[static_cast<std::size_t>(row)]; }
    /// Tells that the list is another one.
    void replaced();

private:
    [[nodiscard]] QString text(const Cell& cell, int column) const;
    [[nodiscard]] QVariant order(const Cell& cell, int column) const;

    const Session& session_;
    const Words& words_;
    int shown_ = 0;
};

/// Every channel that was searched, and how the search ended.
class ChannelsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { center, technology, outcome, columns };

    ChannelsModel(const Session& session, const Words& words, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void replaced();

private:
    const Session& session_;
    const Words& words_;
    int shown_ = 0;
};

} // namespace gacsong::gui
