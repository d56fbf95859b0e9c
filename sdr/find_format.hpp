// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/formats.hpp"
#include "sdr/formats/draft.hpp"
#include "sdr/recording.hpp"

namespace gacsong::sdr {

/// The file that a user means by `path`: itself, or the SigMF recording of that name where there is no such file.
/// Errors: those of opening a file.
[[nodiscard]] Result<Candidate> find_recording(const std::string& path);

/// The format that claims a file; headerless where no other does.
[[nodiscard]] const FormatInfo& format_of(const Candidate& candidate);

/// Lets the format that claims the file read its header. A packed file is refused (`file.packed`). Where that fails and
/// the flags state type and rate, the file is read as headerless, with a warning.
[[nodiscard]] Result<Draft> read_draft(const Candidate& candidate, const InputFlags& flags);

/// The error for a headerless file whose type nobody states; names the compression where it is a packed file.
[[nodiscard]] Error unknown_type(const Candidate& candidate);

/// The warning for a recording whose centre nobody states: results are offsets then.
[[nodiscard]] Message needs_center(const std::string& name);

/// Now, by the computer's clock.
[[nodiscard]] Instant wall_clock();

} // namespace gacsong::sdr
