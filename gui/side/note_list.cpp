// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/side/note_list.hpp"

#include "gui/look/row_table.hpp"
#include "report/text/utf8.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace gacsong::gui {

NoteList::NoteList(Notes& notes, const Words& words, QWidget* parent)
    : QDialog(parent), notes_(notes), words_(words), model_(words)
{
    setObjectName("note_list");
    setWindowTitle(words("gui.act.notes").remove(QString::fromUtf8("…")));
    resize(820, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    place_ = new QLabel;
    place_->setWordWrap(true);
    place_->setProperty("hint", true);
    column->addWidget(place_);
    table_ = new RowTable;
    table_->setObjectName("notes");
    table_->setAccessibleName(windowTitle());
    table_->setModel(&model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->setStretchLastSection(false);
    table_->horizontalHeader()->setSectionResizeMode(NotesModel::comment, QHeaderView::Stretch);
    table_->setColumnWidth(NotesModel::label, 150);
    table_->setColumnWidth(NotesModel::made_by, 120);
    table_->installEventFilter(this);
    column->addWidget(table_, 1);
    auto* row = new QHBoxLayout;
    const auto button = [&](const QString& text) {
        auto* made = new QPushButton(text);
        made->setAutoDefault(false);
        row->addWidget(made);
        return made;
    };
    QPushButton* const add = button(words("gui.note.add"));
    edit_ = button(words("gui.note.edit"));
    remove_ = button(words("gui.note.remove"));
    row->addStretch(1);
    QPushButton* const leave = button(words("gui.dialog.close"));
    column->addLayout(row);
    connect(add, &QPushButton::clicked, this, &NoteList::add_wanted);
    connect(edit_, &QPushButton::clicked, this, [this] { Q_EMIT edit_wanted(selected()); });
    connect(remove_, &QPushButton::clicked, this, [this] { Q_EMIT remove_wanted(selected()); });
    connect(leave, &QPushButton::clicked, this, &QDialog::close);
    connect(table_, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT edit_wanted(model_.note(index.row()).id); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        enable();
        if (!setting_ && selected() != 0)
            Q_EMIT picked(selected());
    });
    enable();
}

std::uint64_t NoteList::selected() const
{
    const QModelIndex at = table_->currentIndex();
    return at.isValid() ? model_.note(at.row()).id : 0;
}

void NoteList::enable()
{
    edit_->setEnabled(selected() != 0);
    remove_->setEnabled(selected() != 0);
}

void NoteList::refresh(std::optional<double> center_hz)
{
    const std::uint64_t kept = selected();
    setting_ = true;
    model_.set_notes(notes_.all(), center_hz);
    setting_ = false;
    set_selected(kept);
    if (notes_.all().empty())
        place_->setText(words_("gui.note.none"));
    else
        place_->setText(words_(Message("gui.note.place", {{"n", static_cast<std::int64_t>(notes_.all().size())},
                                                          {"file", printable(notes_.path())}})));
}

void NoteList::set_selected(std::uint64_t id)
{
    setting_ = true;
    const int row = model_.row_of(id);
    table_->setCurrentIndex(row < 0 ? QModelIndex() : model_.index(row, 0));
    setting_ = false;
    enable();
}

bool NoteList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == table_ && event->type() == QEvent::KeyPress && selected() != 0) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2) {
            Q_EMIT edit_wanted(selected());
            return true;
        }
        if (key == Qt::Key_Delete) {
            Q_EMIT remove_wanted(selected());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace gacsong::gui
