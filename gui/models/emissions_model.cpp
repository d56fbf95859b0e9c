// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/emissions_model.hpp"

#include "report/explain/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gacsong::gui {

EmissionsModel::EmissionsModel(const std::vector<Emission>& emissions, const Words& words, QObject* parent)
    : QAbstractTableModel(parent), emissions_(emissions), words_(words), shown_(static_cast<int>(emissions.size()))
{
}

int EmissionsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : shown_; }

int EmissionsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(emission_columns().size());
}

QVariant EmissionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Emission& e = emission(index.row());
    const EmissionColumn& column = emission_columns()[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return column.text(e, words_);
    case order_role:
        return column.order(e, words_);
    case Qt::TextAlignmentRole:
        return static_cast<int>((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        if (index.column() == 0)
            return words_.spoken(QString::fromStdString(emission_sentence(e, words_.wording())));
        return words_.spoken(column.text(e, words_));
    case Qt::ToolTipRole:
        return index.column() == 0 ? QString::fromStdString(emission_sentence(e, words_.wording())) : QVariant();
    default:
        return {};
    }
}

QVariant EmissionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const EmissionColumn& column = emission_columns()[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const bool offsets = column.key == "frequency" && !emissions_.empty() && !emissions_.front().center_hz;
    return words_(offsets ? "gui.column.offset" : fmt::format("gui.column.{}", column.key));
}

void EmissionsModel::added()
{
    const auto all = static_cast<int>(emissions_.size());
    if (all <= shown_)
        return;
    beginInsertRows({}, shown_, all - 1);
    shown_ = all;
    endInsertRows();
}

void EmissionsModel::replaced()
{
    beginResetModel();
    shown_ = static_cast<int>(emissions_.size());
    endResetModel();
}

void EmissionsModel::leaving(int row)
{
    leaving_ = row < shown_;
    if (leaving_)
        beginRemoveRows({}, row, row);
}

void EmissionsModel::left()
{
    if (!leaving_)
        return;
    leaving_ = false;
    --shown_;
    endRemoveRows();
}

void EmissionsModel::changed(int row) { Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1)); }

EmissionFilter::EmissionFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(EmissionsModel::order_role);
    setDynamicSortFilter(true);
}

void EmissionFilter::set_verdict(std::optional<Verdict> verdict)
{
    verdict_ = verdict;
    invalidateFilter();
}

void EmissionFilter::set_heard(std::optional<std::vector<Heard>> heard)
{
    heard_ = std::move(heard);
    invalidateFilter();
}

void EmissionFilter::set_search(const QString& text)
{
    text_ = folded(text.trimmed());
    frequency_hz_ = read_frequency(text);
    invalidateFilter();
}

bool EmissionFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const auto* model = static_cast<const EmissionsModel*>(sourceModel());
    const Emission& e = model->emission(row);
    if (verdict_ && e.verdict != *verdict_)
        return false;
    if (heard_ && e.center_hz && heard_before(*heard_, *e.center_hz, e.bandwidth_hz))
        return false;
    if (text_.isEmpty())
        return true;
    if (frequency_hz_) {
        const double reach = std::max({0.5 * e.bandwidth_hz, e.uncertainty.center_hz, 5e-4 * *frequency_hz_});
        if (std::abs(e.center_hz.value_or(e.offset_hz) - *frequency_hz_) <= reach)
            return true;
    }
    for (const int column : {column_of("verdict"), column_of("identified"), column_of("licence"), column_of("id"),
                             column_of("service"), column_of("frequency")}) {
        if (folded(model->index(row, column, parent).data().toString()).contains(text_))
            return true;
    }
    return e.licence && folded(QString::fromStdString(e.licence->holder)).contains(text_);
}

std::optional<double> read_frequency(const QString& text)
{
    QString number = text.trimmed();
    number.replace(',', '.');
    number.remove(QString::fromUtf8("\u00A0"));
    number.remove(' ');
    double factor = 1e6;
    if (number.endsWith("Hz", Qt::CaseInsensitive)) {
        number.chop(2);
        factor = 1.0;
    }
    if (!number.isEmpty()) {
        const QChar last = number.back();
        const bool suffix = last == 'k' || last == 'K' || last == 'M' || last == 'G';
        if (suffix) {
            factor = last == 'G' ? 1e9 : (last == 'M' ? 1e6 : 1e3);
            number.chop(1);
        }
    }
    if (number.contains('e', Qt::CaseInsensitive))
        factor = 1.0;
    bool read = false;
    const double value = number.toDouble(&read) * factor;
    return read && std::isfinite(value) && value >= 0.0 && value <= 1e12 ? std::optional(value) : std::nullopt;
}

QString folded(const QString& text)
{
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_D)) {
        if (c.category() == QChar::Mark_NonSpacing)
            continue;
        out += c == QChar(0x0111) || c == QChar(0x0110) ? QChar('d') : c.toLower();
    }
    return out;
}

} // namespace gacsong::gui
