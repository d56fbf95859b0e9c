// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/notes.hpp"

#include "report/annotate/annotation_file.hpp"

#include <algorithm>

namespace gacsong::gui {
namespace {

constexpr int save_after_ms = 400; ///< a box that is being moved is written once

} // namespace

Notes::Notes(QObject* parent) : QObject(parent)
{
    later_.setSingleShot(true);
    later_.setInterval(save_after_ms);
    connect(&later_, &QTimer::timeout, this, &Notes::save);
}

Notes::~Notes() { close(); }

void Notes::open(const OpenRecording& recording, const std::string& instead)
{
    close();
    if (recording.live())
        return;
    worker_ = std::jthread([this, stream = recording.stream, timeline = recording.timeline, instead, number = number_] {
        auto read = AnnotationFile::open(stream, timeline, "gacsong " GACSONG_VERSION, instead);
        std::shared_ptr<AnnotationFile> file;
        std::vector<Note> notes;
        Status status;
        if (read) {
            notes = read->notes();
            file = std::make_shared<AnnotationFile>(std::move(*read));
        } else {
            status = tl::unexpected(read.error());
        }
        QMetaObject::invokeMethod(
            this,
            [this, number, file, status, found = std::move(notes)] {
                if (number != number_)
                    return;
                file_ = file;
                path_ = file_ ? file_->path() : std::string();
                status_ = status;
                notes_ = found;
                last_id_ = notes_.empty() ? 0 : std::ranges::max(notes_, {}, &Note::id).id;
                Q_EMIT opened();
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

void Notes::close()
{
    finish();
    ++number_;
    worker_ = {};
    file_.reset();
    notes_.clear();
    changes_.clear();
    wanted_path_.clear();
    path_.clear();
    status_ = {};
    dirty_ = false;
    busy_ = false;
    Q_EMIT changed();
}

const Note* Notes::find(std::uint64_t id) const
{
    const auto found = std::ranges::find(notes_, id, &Note::id);
    return found == notes_.end() ? nullptr : &*found;
}

std::uint64_t Notes::put(Note note)
{
    if (!file_) {
        Q_EMIT saved(); // there is no place for it: status() says why
        return 0;
    }
    auto old = std::ranges::find(notes_, note.id, &Note::id);
    if (note.id == 0)
        note.id = ++last_id_;
    if (old == notes_.end())
        notes_.push_back(note);
    else
        *old = note;
    changes_.push_back({note, false});
    save_soon();
    return note.id;
}

void Notes::remove(std::uint64_t id)
{
    const auto found = std::ranges::find(notes_, id, &Note::id);
    if (found == notes_.end())
        return;
    changes_.push_back({*found, true});
    notes_.erase(found);
    save_soon();
}

void Notes::save_soon()
{
    dirty_ = true;
    later_.start();
    Q_EMIT changed();
}

void Notes::save_at(const std::string& path)
{
    wanted_path_ = path;
    dirty_ = true;
    save();
}

Status Notes::write(AnnotationFile& file, const std::vector<Change>& changes)
{
    for (const Change& change : changes) {
        if (change.remove)
            file.remove(change.note.id);
        else
            file.put(change.note);
    }
    return file.save();
}

void Notes::save()
{
    later_.stop();
    if (!file_ || busy_ || !dirty_)
        return;
    busy_ = true;
    dirty_ = false;
    if (!wanted_path_.empty())
        file_->set_path(std::exchange(wanted_path_, {}));
    path_ = file_->path();
    worker_ = std::jthread([this, file = file_, changes = std::exchange(changes_, {}), number = number_] {
        const Status status = write(*file, changes);
        QMetaObject::invokeMethod(
            this,
            [this, number, status] {
                if (number == number_)
                    take_saved(status);
            },
            Qt::QueuedConnection);
    });
}

void Notes::take_saved(const Status& status)
{
    if (!busy_)
        return; // finish() was faster
    busy_ = false;
    status_ = status;
    const bool more = dirty_;
    dirty_ = dirty_ || !status;
    Q_EMIT saved();
    if (more && !later_.isActive())
        save();
}

void Notes::finish()
{
    later_.stop();
    if (worker_.joinable())
        worker_.join();
    // Whether the last writing went well is not known here: what was changed is written once more.
    if (file_ && (dirty_ || busy_)) {
        busy_ = false;
        if (!wanted_path_.empty())
            file_->set_path(std::exchange(wanted_path_, {}));
        path_ = file_->path();
        status_ = write(*file_, std::exchange(changes_, {}));
        dirty_ = !status_;
    }
}

} // namespace gacsong::gui
