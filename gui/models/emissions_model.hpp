// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/emission_columns.hpp"
#include "gui/session/archive.hpp"
#include "gui/session/session.hpp"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// The emissions of a list as a table; rows are those of the list. The first column also has the whole sentence for a
/// screen reader.
class EmissionsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int order_role = Qt::UserRole; ///< what a column is sorted by

    /// Both must outlive the model.
    EmissionsModel(const std::vector<Emission>& emissions, const Words& words, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const Emission& emission(int row) const { return emissions_[static_cast<std::size_t>(row)]; }

    /// Tells that emissions were added to the end of the list.
    void added();
    /// Tells that the list is another one.
    void replaced();
    void changed(int row);
    /// Tells that a row is about to go, and that it has gone.
    void leaving(int row);
    void left();

private:
    const std::vector<Emission>& emissions_;
    const Words& words_;
    int shown_ = 0; ///< rows that views know of
    bool leaving_ = false;
};

/// Which emissions are shown and in what order.
class EmissionFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit EmissionFilter(QObject* parent = nullptr);

    /// Only those with this verdict; nothing: all.
    void set_verdict(std::optional<Verdict> verdict);
    [[nodiscard]] std::optional<Verdict> verdict() const { return verdict_; }

    /// Only what is not among what was heard before; nothing: all.
    void set_heard(std::optional<std::vector<Heard>> heard);

    /// A frequency (bare numbers are megahertz, a decimal comma is read), or part of a name, licence or id.
    void set_search(const QString& text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::optional<Verdict> verdict_;
    std::optional<std::vector<Heard>> heard_;
    QString text_;
    std::optional<double> frequency_hz_;
};

/// Reads a frequency as people type it: `98,7` and `98.7` are megahertz, `938k`, `2.4e6 Hz`, `446.00625M`.
[[nodiscard]] std::optional<double> read_frequency(const QString& text);

/// Text folded for comparing: lower case, without marks of tone and letter, whichever way they were placed.
[[nodiscard]] QString folded(const QString& text);

} // namespace gacsong::gui
