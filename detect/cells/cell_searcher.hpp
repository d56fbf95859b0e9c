// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "dsp/message.hpp"
#include "dsp/sample_format.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// A stretch of samples without a hole, before its first sample.
struct CellInput {
    SampleFormat format;
    double sample_rate_hz = 0.0;
    std::optional<double> center_hz;
    double start_s = 0.0;         ///< of the first sample, seconds from the start of the recording
    std::optional<Instant> start; ///< UTC of the first sample
    double clock_correction_ppm = 0.0;
    unsigned threads = 1; ///< results do not depend on it
};

/// What a searcher has found since it was last asked, each list in the order of the output.
struct CellReport {
    std::vector<BroadcastBlock> blocks;
    std::vector<Cell> cells;    ///< without their ids
    std::vector<Message> notes; ///< why each channel that was looked at ended as it did
};

/// Looks for the base stations of one technology.
class CellSearcher {
public:
    virtual ~CellSearcher() = default;

    /// Raw samples of the segment, in order; whole samples.
    virtual void add(std::span<const std::byte> bytes) = 0;

    /// The segment has ended: cells are given out.
    virtual void finish() = 0;

    [[nodiscard]] virtual CellReport take() = 0;

    /// The cells of the segment so far, as they would be given out if it ended now.
    [[nodiscard]] virtual std::vector<Cell> heard() const = 0;
};

/// A searcher for the input, or null where its span cannot hold the technology.
using MakeCellSearcher = std::unique_ptr<CellSearcher> (*)(const CellInput&);

/// One for each technology.
[[nodiscard]] std::span<const MakeCellSearcher> all_cell_searchers();

} // namespace gacsong::detect
