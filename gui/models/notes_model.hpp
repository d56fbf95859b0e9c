// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/words.hpp"
#include "report/annotate/note.hpp"

#include <QAbstractTableModel>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// One annotation as a sentence, for a screen reader.
[[nodiscard]] QString note_sentence(const Note& note, std::optional<double> center_hz, const Words& words);

/// The annotations of a recording as a table, in the order of time.
class NotesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { label, comment, start, length, frequency, width, made_by, columns };

    /// `words` must outlive the model.
    explicit NotesModel(const Words& words, QObject* parent = nullptr) : QAbstractTableModel(parent), words_(words) {}

    void set_notes(std::vector<Note> notes, std::optional<double> center_hz);
    [[nodiscard]] const Note& note(int row) const { return notes_[static_cast<std::size_t>(row)]; }
    /// Row of an annotation, −1 where it is not there.
    [[nodiscard]] int row_of(std::uint64_t id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const Note& note, int column) const;

    const Words& words_;
    std::vector<Note> notes_;
    std::optional<double> center_hz_;
};

} // namespace gacsong::gui
