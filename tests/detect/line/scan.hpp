// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/line/line.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/sources.hpp"

#include <string>
#include <vector>

namespace gacsong::test {

/// Everything that a scan told its sinks.
struct Scanned {
    std::vector<Emission> emissions;
    std::vector<Message> warnings;
    std::vector<Gap> gaps;
    std::vector<std::string> started;   ///< ids that were told of before their end
    std::vector<std::string> withdrawn; ///< and those that were taken back
    std::vector<Cell> heard;            ///< while they were being received, in the order of the telling
    std::vector<Cell> cells;
    End end;

    /// Emissions that may become findings.
    [[nodiscard]] std::vector<Emission> solid() const;
    [[nodiscard]] bool warned(const std::string& key) const;
};

/// Scans a source with an empty plan.
[[nodiscard]] Scanned scan(SampleSource& source, const History& history, const LineSettings& settings = {});

/// Looks for emissions and leaves base stations alone.
[[nodiscard]] LineSettings emissions_only();

/// Scans a scene as a receiver of that sample format would record it.
[[nodiscard]] Scanned scan(const Scene& scene, const std::string& format = "cs16",
                           const LineSettings& settings = emissions_only());

/// A scene of which stretches are missing, as a receiver that overflows hands it out; tuned elsewhere behind each gap
/// where `other_center` says so.
[[nodiscard]] MemoryRecording with_gaps(const Scene& scene, const std::vector<double>& gaps_s, double missing_s,
                                        std::optional<double> other_center = {});

/// Scans a recording in memory.
[[nodiscard]] Scanned scan(const MemoryRecording& recording, const LineSettings& settings = {});

/// Number of trials of a statistical test: fewer under the sanitizers (GACSONG_TRIALS_SCALE), at least `least`.
[[nodiscard]] int trials(int full, int least = 5);

} // namespace gacsong::test
