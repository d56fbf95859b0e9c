// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/cells/lte/phy/identify.hpp"

#include <optional>
#include <vector>

namespace gacsong::detect::lte {

/// How far a carrier may be seen from where it belongs.
struct SearchSpan {
    double offset_hz = 100e3; ///< this much, or …
    double ppm = 60.0;        ///< … this, whichever is more
};

/// Finds what may be LTE cells in a stretch, wherever its span holds the middle of a carrier: synchronisation signals
/// that noise would not show in any of many recordings. The best first; the same cell only once.
class ChannelSearch {
public:
    ChannelSearch(const CellInput& input, SearchSpan span);

    /// Whether there is anything to look for.
    [[nodiscard]] bool possible() const { return limit_hz_ > 0.0 && any_; }

    [[nodiscard]] std::vector<Candidate> search(const Stretch& stretch) const;

private:
    void search_wide(const Stretch& stretch, std::vector<Candidate>& found) const;
    /// What the begin of a channel promises.
    [[nodiscard]] std::vector<PrimaryPeak> begin_of(std::span<const Sample> samples, double rate_hz, double middle_hz,
                                                    double reach_hz) const;
    void identify_all(std::span<const Sample> samples, double rate_hz, double middle_hz,
                      std::span<const PrimaryPeak> peaks, std::vector<Candidate>& found) const;
    [[nodiscard]] std::vector<double> paces(double baseband_hz) const;
    [[nodiscard]] std::vector<Hypothesis> fine_hypotheses(double bin_hz, double middle_hz, double reach_hz) const;
    [[nodiscard]] std::vector<Hypothesis> coarse_hypotheses(double bin_hz, double middle_hz, double reach_hz) const;

    CellInput input_;
    SearchSpan span_;
    double limit_hz_; ///< of a carrier from the centre of the recording
    bool any_ = false;
};

} // namespace gacsong::detect::lte
