// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/annotate/description.hpp"
#include "report/annotate/note.hpp"
#include "report/rows/timeline.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// The annotations of one recording, to be read, changed and written back. Fields that nobody here knows stay, in
/// annotations as in the rest of the description; so do annotations that make no sense. The samples are never touched.
class AnnotationFile {
public:
    /// \param instead  a description at another place, for a recording that cannot be written beside; empty: beside
    /// Errors: as describe_recording().
    [[nodiscard]] static Result<AnnotationFile> open(const StreamInfo& stream, const Timeline& timeline,
                                                     const std::string& program, const std::string& instead = {});

    /// In the order of the file.
    [[nodiscard]] std::vector<Note> notes() const;

    /// Makes `note` part of the file: instead of the one with its id, or as a new one; id 0 gets the next one. Gives
    /// the note as it is now, at whole samples.
    Note put(const Note& note);
    /// Until it is put again, which brings back also what nobody here knows of it.
    void remove(std::uint64_t id);

    /// Where save() writes.
    [[nodiscard]] const std::string& path() const { return description_.path; }
    void set_path(std::string path) { description_.path = std::move(path); }
    /// Writes the file whole or not at all, in the order of samples. Errors: output.full, output.write.
    [[nodiscard]] Status save();

private:
    /// An annotation as it stands in the file; `note` is empty where it has no place.
    struct Entry {
        nlohmann::ordered_json json;
        std::optional<Note> note;
        bool removed = false;
    };
    [[nodiscard]] std::optional<Note> read(const nlohmann::ordered_json& json) const;
    void write_place(nlohmann::ordered_json& json, const Note& note) const;
    [[nodiscard]] double seconds_of(std::uint64_t sample_start) const;
    [[nodiscard]] std::uint64_t sample_of(double at_s) const;
    [[nodiscard]] std::uint64_t capture_end(std::uint64_t sample_start) const;

    Description description_;
    Timeline timeline_;
    std::optional<double> center_hz_; ///< of the recording
    std::vector<Entry> entries_;
    std::uint64_t last_id_ = 0;
};

} // namespace gacsong
