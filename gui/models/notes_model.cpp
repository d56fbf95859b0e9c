// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/notes_model.hpp"

#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <algorithm>
#include <array>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

constexpr std::array<const char*, NotesModel::columns> titles{"gui.note.label",  "gui.note.comment",   "gui.note.start",
                                                              "gui.note.length", "gui.note.frequency", "gui.note.width",
                                                              "gui.note.made_by"};

} // namespace

QString note_sentence(const Note& note, std::optional<double> center_hz, const Words& words)
{
    const std::string name = note.label.empty() ? note.comment : note.label;
    const std::string rest = note.label.empty() ? std::string() : note.comment;
    QString sentence = words(Message("gui.note.sentence", {{"label", printable(name)},
                                                           {"start", Quantity{note.from_s, Unit::seconds}},
                                                           {"end", Quantity{note.to_s, Unit::seconds}}}));
    if (note.edges_hz) {
        const double center = center_hz.value_or(0.0);
        sentence += " " + words(Message("gui.note.sentence_band",
                                        {{"low", Quantity{center + note.edges_hz->first, Unit::frequency, 1e3}},
                                         {"high", Quantity{center + note.edges_hz->second, Unit::frequency, 1e3}}}));
    }
    return rest.empty() ? sentence : sentence + " " + qt(printable(rest));
}

void NotesModel::set_notes(std::vector<Note> notes, std::optional<double> center_hz)
{
    beginResetModel();
    notes_ = std::move(notes);
    std::ranges::stable_sort(notes_, {}, &Note::from_s);
    center_hz_ = center_hz;
    endResetModel();
}

int NotesModel::row_of(std::uint64_t id) const
{
    const auto found = std::ranges::find(notes_, id, &Note::id);
    return found == notes_.end() ? -1 : static_cast<int>(found - notes_.begin());
}

int NotesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(notes_.size());
}

int NotesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QString NotesModel::text(const Note& note, int column) const
{
    const Language language = words_.language();
    switch (column) {
    case label:
        return qt(printable(note.label)).simplified();
    case comment:
        return qt(printable(note.comment)).simplified();
    case start:
        return qt(number_text(note.from_s, 3, language));
    case length:
        return qt(number_text(note.to_s - note.from_s, 3, language));
    case frequency:
        if (!note.edges_hz)
            return words_("gui.note.whole_band");
        return center_hz_ ? qt(number_text((*center_hz_ + 0.5 * (note.edges_hz->first + note.edges_hz->second)) / 1e6,
                                           4, language))
                          : qt(number_text(0.5 * (note.edges_hz->first + note.edges_hz->second) / 1e6, 4, language));
    case width:
        return note.edges_hz ? qt(number_text((note.edges_hz->second - note.edges_hz->first) / 1e3, 1, language))
                             : QString();
    case made_by:
        return qt(printable(note.generator)).simplified();
    default:
        return {};
    }
}

QVariant NotesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columns)
        return {};
    const Note& note = this->note(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(note, index.column());
    case Qt::ToolTipRole:
        return note_sentence(note, center_hz_, words_);
    case Qt::AccessibleTextRole:
        return index.column() == label ? QVariant(words_.spoken(note_sentence(note, center_hz_, words_))) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() >= start && index.column() <= width ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                  : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant NotesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    return words_(titles[static_cast<std::size_t>(section)]);
}

} // namespace gacsong::gui
