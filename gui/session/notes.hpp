// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/session/session.hpp"
#include "report/annotate/note.hpp"

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gacsong {
class AnnotationFile;
}

namespace gacsong::gui {

/// The annotations of the recording that is open. A change counts at once and is written a moment later, by a thread;
/// what could not be written stays here until it can, there or elsewhere.
class Notes final : public QObject {
    Q_OBJECT

public:
    explicit Notes(QObject* parent = nullptr);
    ~Notes() override;

    /// Reads the annotations of a recording; answers by changed(). `instead`: the description that was written
    /// elsewhere; empty: beside the recording.
    void open(const OpenRecording& recording, const std::string& instead);
    /// Writes what is left to write and forgets the recording.
    void close();

    [[nodiscard]] const std::vector<Note>& all() const { return notes_; }
    [[nodiscard]] const Note* find(std::uint64_t id) const;
    /// Adds a note, or changes the one with its id; gives its id.
    std::uint64_t put(Note note);
    void remove(std::uint64_t id);

    /// Writes to another place from now on.
    void save_at(const std::string& path);
    /// Writes now what is left to write, and waits for it.
    void finish();
    /// There are changes that are written nowhere.
    [[nodiscard]] bool unsaved() const { return dirty_ || busy_; }
    [[nodiscard]] const Status& status() const { return status_; } ///< of the last reading or writing
    [[nodiscard]] const std::string& path() const { return path_; }

Q_SIGNALS:
    void changed();
    void saved();  ///< or not: see status()
    void opened(); ///< or not: see status()

private:
    struct Change {
        Note note;
        bool remove = false;
    };
    void save_soon();
    void save();
    void take_saved(const Status& status);
    /// Applies changes and writes the file; in any thread.
    static Status write(AnnotationFile& file, const std::vector<Change>& changes);

    std::vector<Note> notes_;
    std::uint64_t last_id_ = 0;
    std::vector<Change> changes_; ///< not yet in the file
    std::shared_ptr<AnnotationFile> file_;
    std::string path_;
    std::string wanted_path_; ///< to be written to from the next time on
    Status status_;
    QTimer later_;
    bool dirty_ = false;
    bool busy_ = false;
    std::uint64_t number_ = 0; ///< of the recording
    std::jthread worker_;
};

} // namespace gacsong::gui
