// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "report/clips/clip.hpp"

namespace gacsong {

/// Writes what a base station broadcasts, and nothing else, as a SigMF pair `path.sigmf-data` and `path.sigmf-meta`:
/// the cell's own channel shifted to 0 Hz, cf32_le, with zeros outside the windows of cell_windows(). So nothing of
/// what phones are told or send is kept, and the recording says so. Before a sample is written the cell's known
/// waveforms are looked for where they should stand, and the windows moved to where they do. `longest_s` is its length
/// from `from_s` on. Gives the path of the metadata. Errors: clip.exists, clip.read, clip.cell_time (the frames are not
/// where they should be, so that nothing can be kept), output.full, output.write.
[[nodiscard]] Result<std::filesystem::path> write_cell_clip(const ClipSource& source, const Cell& cell, double from_s,
                                                            double longest_s, const std::filesystem::path& path,
                                                            const Wording& words);

/// `947.400MHz_20261102T031523Z_c1`: a name for the clip of a cell. `center_hz`: where the receiver was tuned.
[[nodiscard]] std::string clip_name(const Cell& cell, std::optional<double> center_hz);

} // namespace gacsong
