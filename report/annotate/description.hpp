// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "sdr/sigmf.hpp"

#include <optional>
#include <string>

namespace gacsong {

/// The SigMF description of a recording, everything in it kept.
struct Description {  // NOLINT(bugprone-exception-escape): moving JSON does not throw, its assertions only look so
    std::string path; ///< where it stands or will stand
    sdr::SigmfMeta meta;
    sdr::SigmfFacts facts;

    /// Frequency of the capture that holds a sample, counted as `core:sample_start` does.
    [[nodiscard]] std::optional<double> frequency_at(std::uint64_t sample) const;
};

/// Reads the description beside a recording, or makes one that names it where it is of another form; nothing is
/// written. Errors: annotate.stream (no file), annotate.datatype (SigMF cannot name its samples),
/// annotate.taken (the place belongs to another recording), those of reading.
[[nodiscard]] Result<Description> describe_recording(const StreamInfo& stream, const std::string& program);

/// Takes another file in its place, with what stands there if it exists: for a recording that cannot be written beside.
/// Errors: those of reading.
[[nodiscard]] Status move_description(Description& description, const std::string& path);

/// Writes it whole or not at all, with the namespace `gacsong` declared as one that may be ignored.
/// Errors: output.full, output.write.
[[nodiscard]] Status write_description(Description& description);

} // namespace gacsong
