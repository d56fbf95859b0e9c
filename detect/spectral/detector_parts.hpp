// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/detector.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

// What the detector is made of; for its own source files only.

namespace gacsong::detect {

inline constexpr double margin = 1.122; ///< 0.5 dB for the floor's own uncertainty (monitoring.md §4.1)
inline constexpr std::uint64_t fine_budget = 1U << 21U; ///< samples that the fine spectrum of one patch may use
inline constexpr double close_gap_s = 2e-3;

inline constexpr std::size_t join_gap = 2; ///< cells (LAD-ACC, monitoring.md §4.2)

/// What is kept beside a patch while it is open.
struct Extra {
    FineSpectrum spectrum;
    std::uint64_t next_sample = 0; ///< up to here the spectrum has been taken
    std::uint64_t used = 0;
    std::uint64_t next_brief_row = 0; ///< up to here the brief rows have been looked at
    bool on = false;
    double on_since_s = 0.0;
    std::vector<Interval> bursts; ///< when the brief rows show it on
    bool sharp = false;           ///< strong enough for that
    bool told = false;            ///< take_begun() has looked at it
};

struct Detector::Sky {
    Sky(const dsp::SpectrumShape& shape_, double rate, DetectionLevel level_, std::size_t patience)
        : shape(shape_), bin_hz(rate / static_cast<double>(shape_.bins)), level(level_), builder(patience),
          finder(join_gap)
    {
    }
    dsp::SpectrumShape shape;
    double bin_hz;
    DetectionLevel level;
    PatchBuilder builder;
    RunFinder finder;
    std::uint64_t next_row = 0;
    std::map<std::uint64_t, Extra> extra;

    [[nodiscard]] double edge_hz(double bin) const
    {
        return (bin - static_cast<double>(shape.bins) / 2.0 - 0.5) * bin_hz;
    }
};

struct Detector::Sighting {
    std::unique_ptr<Patch> patch;
    bool fresh = true; ///< closed in the latest window: its bursts may still be open
};

} // namespace gacsong::detect
