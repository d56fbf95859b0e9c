// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/models/notes_model.hpp"
#include "gui/session/notes.hpp"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

namespace gacsong::gui {

/// All annotations of the recording in a window beside the picture. What is selected here is selected there.
class NoteList final : public QDialog {
    Q_OBJECT

public:
    NoteList(Notes& notes, const Words& words, QWidget* parent);

    void refresh(std::optional<double> center_hz);
    void set_selected(std::uint64_t id);
    [[nodiscard]] QTableView& table() { return *table_; }

Q_SIGNALS:
    void picked(quint64 id);
    void add_wanted();
    void edit_wanted(quint64 id);
    void remove_wanted(quint64 id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] std::uint64_t selected() const;
    void enable();

    Notes& notes_;
    const Words& words_;
    NotesModel model_;
    QLabel* place_ = nullptr;
    QTableView* table_ = nullptr;
    QPushButton* edit_ = nullptr;
    QPushButton* remove_ = nullptr;
    bool setting_ = false;
};

} // namespace gacsong::gui
