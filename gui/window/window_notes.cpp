// SPDX-License-Identifier: GPL-3.0-or-later
// Annotations of the recording: shown, made, changed, taken away, and written beside it or elsewhere.
#include "gui/window/window.hpp"
#include "report/annotate/annotations_sink.hpp"
#include "report/cases/audit.hpp"

#include <QFileDialog>
#include <QFileInfo>

namespace gacsong::gui {

void Window::connect_notes()
{
    connect(&notes_, &Notes::changed, this, &Window::show_notes);
    connect(&notes_, &Notes::opened, this, [this] {
        // A recording that cannot be annotated is said when somebody tries.
        if (!notes_.status() && notes_.status().error().fault != Fault::usage)
            say_not_annotated(notes_.status().error());
    });
    connect(&notes_, &Notes::saved, this, &Window::say_annotated);
}

void Window::connect_note_actions()
{
    const auto on = [this](Act act, auto call) { connect(&action(act), &QAction::triggered, this, call); };
    on(Act::annotate, [this] { save_annotations(); });
    on(Act::remark, [this] { add_note(); });
    on(Act::notes, [this] { show_note_list(); });
    on(Act::edit_note, [this] { edit_note(picture_->selected_note()); });
    on(Act::remove_note, [this] { remove_note(picture_->selected_note()); });
    on(Act::next_mark, [this] { picture_->step_mark(true); });
    on(Act::previous_mark, [this] { picture_->step_mark(false); });
    connect(picture_, &PictureView::note_picked, this, [this](quint64 id) { select_note(id, false); });
    connect(picture_, &PictureView::note_wanted, this, &Window::edit_note);
    connect(picture_, &PictureView::note_changed, this, [this](const Note& note) { notes_.put(with_author(note)); });
}

void Window::open_notes()
{
    notes_.open(*session_.recording(),
                settings_.note_files.value(QString::fromStdString(session_.recording()->path)).toStdString());
}

void Window::show_notes()
{
    if (picture_ == nullptr)
        return;
    picture_->take_notes(notes_.all());
    if (note_list_ != nullptr)
        note_list_->refresh(session_.recording() ? session_.recording()->stream.center_hz : std::nullopt);
    select_note(picture_->selected_note(), false);
}

void Window::select_note(std::uint64_t id, bool bring_into_view)
{
    picture_->set_selected_note(id);
    const Note* note = notes_.find(id);
    if (note != nullptr && bring_into_view)
        picture_->bring_into_view(*note);
    if (note_list_ != nullptr)
        note_list_->set_selected(id);
    for (const Act act : {Act::edit_note, Act::remove_note})
        action(act).setEnabled(note != nullptr);
}

void Window::show_note_list()
{
    if (!session_.recording())
        return;
    if (note_list_ == nullptr) {
        note_list_ = new NoteList(notes_, *words_, this);
        connect(note_list_, &NoteList::picked, this, [this](quint64 id) { select_note(id, true); });
        connect(note_list_, &NoteList::add_wanted, this, &Window::add_note);
        connect(note_list_, &NoteList::edit_wanted, this, &Window::edit_note);
        connect(note_list_, &NoteList::remove_wanted, this, &Window::remove_note);
    }
    show_notes();
    note_list_->show();
    note_list_->raise();
    note_list_->activateWindow();
    note_list_->table().setFocus();
}

/// One of ours that a person changed is theirs: the next scan leaves it.
Note Window::with_author(Note note) const
{
    if (note.ours || note.generator.empty())
        note.generator = "person: " + present_hand().who;
    note.ours = false;
    return note;
}

/// A person's words on the box that was drawn, or on the selected emission.
void Window::add_note()
{
    Note note;
    if (const auto& box = picture_->box()) {
        note.edges_hz = std::pair(box->low_hz, box->high_hz);
        note.from_s = box->from_s;
        note.to_s = box->to_s;
    } else if (selected_) {
        const Emission& e = session_.emissions()[static_cast<std::size_t>(*selected_)];
        const double half = 0.5 * e.bandwidth_hz;
        note.edges_hz = std::pair(e.offset_hz - half, e.offset_hz + half);
        note.from_s = e.start_s;
        note.to_s = e.end_s;
        note.label = e.system.name == "unknown" ? std::string() : e.system.name;
    } else {
        banners_->show_message("annotated", Banners::Kind::notice, (*words_)("gui.remark.needs_place"), {}, {});
        return;
    }
    const auto answer = ask_about(note);
    if (!answer)
        return;
    picture_->clear_box();
    if (const std::uint64_t id = notes_.put(with_author(*answer)); id != 0)
        select_note(id, false);
}

std::optional<Note> Window::ask_about(const Note& note)
{
    if (!note_answer_)
        return ask_note(note_list_ != nullptr && note_list_->isActiveWindow() ? static_cast<QWidget*>(note_list_)
                                                                              : this,
                        *words_, note, session_.recording()->stream.center_hz);
    Note answer = note;
    answer.label = note_answer_->label;
    answer.comment = note_answer_->comment;
    return answer;
}

void Window::edit_note(std::uint64_t id)
{
    const Note* note = notes_.find(id);
    if (note == nullptr)
        return;
    if (const auto answer = ask_about(*note); answer && !(*answer == *note))
        notes_.put(with_author(*answer));
}

void Window::remove_note(std::uint64_t id)
{
    const Note* note = notes_.find(id);
    if (note == nullptr)
        return;
    const Note gone = *note;
    notes_.remove(id);
    banners_->show_message("note_removed", Banners::Kind::notice, (*words_)("gui.note.removed"),
                           QString::fromStdString(gone.label.empty() ? gone.comment : gone.label),
                           {{(*words_)("gui.note.bring_back"), [this, gone] {
                                 notes_.put(gone);
                                 banners_->remove("note_removed");
                             }}});
}

void Window::say_not_annotated(const Error& error)
{
    banners_->show_message("annotated", Banners::Kind::warning, (*words_)("gui.banner.not_annotated"),
                           (*words_)(error.message),
                           {{(*words_)("gui.note.elsewhere"), [this] { save_notes_elsewhere(); }}});
}

void Window::say_annotated()
{
    if (!notes_.status())
        return say_not_annotated(notes_.status().error());
    banners_->remove("annotated");
    if (note_list_ != nullptr)
        note_list_->refresh(session_.recording() ? session_.recording()->stream.center_hz : std::nullopt);
}

/// Where the recording's own place cannot be written: the description goes to another, and is read from there when the
/// recording is opened again.
void Window::save_notes_elsewhere()
{
    if (!session_.recording())
        return;
    const QFileInfo recording(QString::fromStdString(session_.recording()->path));
    QString path =
        clip_folder_.isEmpty() ? QString() : clip_folder_ + "/" + recording.completeBaseName() + ".sigmf-meta";
    if (path.isEmpty())
        path = QFileDialog::getSaveFileName(this, (*words_)("gui.note.elsewhere"),
                                            recording.completeBaseName() + ".sigmf-meta", "SigMF (*.sigmf-meta)");
    if (path.isEmpty())
        return;
    settings_.note_files[recording.filePath()] = path;
    save_settings();
    notes_.save_at(path.toStdString());
}

/// As `gacsong scan --annotate`: annotations of others stay, the samples are never touched.
void Window::save_annotations()
{
    if (!session_.recording() || session_.recording()->live())
        return;
    notes_.finish();
    AnnotationsSink sink(words_->wording());
    sink.write_to(settings_.note_files.value(QString::fromStdString(session_.recording()->path)).toStdString());
    Status done = sink.begin(session_.run());
    for (const Emission& emission : session_.emissions()) {
        if (done)
            done = sink.emission(emission);
        for (const Finding& finding : session_.findings_of(emission.id))
            if (done)
                done = sink.finding(finding);
    }
    for (const Gap& gap : session_.gaps())
        if (done)
            done = sink.gap(gap);
    if (done)
        done = sink.end(session_.end().value_or(End{}));
    if (!done)
        return say_not_annotated(done.error());
    banners_->show_message("annotated", Banners::Kind::notice, (*words_)("gui.banner.annotated"),
                           QString::fromStdString(session_.recording()->path), {});
    open_notes();
}

} // namespace gacsong::gui
