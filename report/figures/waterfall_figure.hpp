// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/sample_source.hpp"
#include "report/rows/timeline.hpp"
#include "report/typeset/paper.hpp"
#include "report/wording/wording.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gacsong::figures {

/// Levels around one emission over time: rows from from_s to to_s, columns from low_hz to high_hz (hertz from the
/// centre of the recording), dBFS in a bin; the largest of what was looked at in each row. Where samples were lost a
/// row is not finite.
struct WaterfallData {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> levels_db; ///< row after row
    double from_s = 0.0;
    double to_s = 0.0;
    double low_hz = 0.0;
    double high_hz = 0.0;
    double bin_hz = 1.0;
    std::size_t bins = 0; ///< length of the transforms
};

/// Reads the samples of an emission again, three times its width and a tenth of its time before and after; some
/// millions of samples at most. Nothing where they cannot be read.
[[nodiscard]] std::optional<WaterfallData> measure_waterfall(const Emission& emission, const History& history,
                                                             const Timeline& timeline);

struct WaterfallFigureInput {
    WaterfallData data;
    std::optional<double> center_hz; ///< of the recording
    std::optional<Instant> start;    ///< of the recording
    double left_hz = 0.0;            ///< edges of the emission, from the centre of the recording
    double right_hz = 0.0;
    std::vector<std::string> settings; ///< lines burnt in below the axis
};

/// The drawing (documents.md §4): cividis, time downwards, lost samples hatched, a scale of levels.
[[nodiscard]] std::shared_ptr<const typeset::Drawing> waterfall_figure(WaterfallFigureInput input,
                                                                       const Wording& words);

} // namespace gacsong::figures
