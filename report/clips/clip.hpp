// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/result.hpp"
#include "dsp/sample_source.hpp"
#include "report/rows/timeline.hpp"
#include "report/wording/wording.hpp"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace gacsong {

/// What a clip is cut from, and how.
struct ClipSource {
    StreamInfo stream;
    Timeline timeline;
    const History* history = nullptr;
    std::string program;
    double before_s = 0.5; ///< of the recording before the emission begins
    double after_s = 0.5;
};

/// Writes the stretch of the recording in which an emission lies, its whole band, as a SigMF pair
/// `path.sigmf-data` and `path.sigmf-meta` with the emission as annotation. Samples keep the recording's type where
/// SigMF has a name for it (otherwise cf32_le) and are the same to the last bit. At most 2^28 samples.
/// `rules`: those that fired on it. Gives the path of the metadata.
/// Errors: clip.exists, clip.read, clip.stopped, output.full, output.write.
[[nodiscard]] Result<std::filesystem::path> write_clip(const ClipSource& source, const Emission& emission,
                                                       const std::vector<std::string>& rules,
                                                       const std::filesystem::path& path, const Wording& words,
                                                       const std::stop_token& stop);

/// `98.710MHz_20261102T031523Z`: a name for the clip of an emission.
[[nodiscard]] std::string clip_name(const Emission& emission);

} // namespace gacsong
