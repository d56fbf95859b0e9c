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

namespace gacsong::papers {

/// Averaged spectrum around one emission while it was on; hertz from the centre of the recording, dBFS in a bin.
struct SpectrumData {
    std::vector<float> mean_db;
    std::vector<float> max_db;
    double low_hz = 0.0;
    double high_hz = 0.0;
    double bin_hz = 1.0;
    std::size_t bins = 0;   ///< length of the transforms
    std::size_t frames = 0; ///< transforms that were averaged
};

/// Reads the samples of an emission again: three times its width, at most some millions of samples. Nothing where they
/// cannot be read.
[[nodiscard]] std::optional<SpectrumData> measure_spectrum(const Emission& emission, const History& history,
                                                           const Timeline& timeline);

/// Two frequencies between which a text stands: a licence's width, a measured one. From the centre of the recording.
struct Edges {
    double low_hz = 0.0;
    double high_hz = 0.0;
    std::string text;
};

/// What a figure of a spectrum on paper shows (documents.md §4).
struct SpectrumFigureInput {
    SpectrumData data;
    std::optional<double> center_hz;   ///< of the recording
    std::optional<double> floor_db;    ///< mean level of noise in a bin
    std::optional<Edges> limits;       ///< of the licence or the plan
    bool hatch = false;                ///< what lies outside the limits
    std::optional<Edges> measured;     ///< 99 % edges
    bool channel = false;              ///< `measured` are those of a channel instead
    std::vector<std::string> settings; ///< lines burnt in below the axis
};

/// The drawing: white ground, every line named, dashes that differ in black and white.
[[nodiscard]] std::shared_ptr<const typeset::Drawing> spectrum_figure(SpectrumFigureInput input, const Wording& words);

} // namespace gacsong::papers
