// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/acquisition.hpp"
#include "detect/cells/gsm/raster.hpp"

#include <complex>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect::gsm {

/// Bins in which the tone of one carrier may lie, as offsets from the centre of the recording (of either sign).
struct ToneGroup {
    std::ptrdiff_t low = 0;
    std::ptrdiff_t high = 0;        ///< the last one
    std::optional<Channel> channel; ///< unknown where the centre is
};

/// The groups of a recording: one for each carrier of a GSM band in it, or, with an unknown centre, one for each
/// 200 kHz. Empty where no carrier fits.
[[nodiscard]] std::vector<ToneGroup> tone_groups(double sample_rate_hz, std::optional<double> center_hz, double bin_hz);

/// Where a frequency correction burst may have been.
struct ToneCandidate {
    std::size_t frame = 0;  ///< the first of those that it fills
    std::ptrdiff_t bin = 0; ///< of the tone
    float share = 0.0F;     ///< of the carrier's power that is in the tone
};

struct GroupResult {
    Outcome outcome = Outcome::no_energy;
    std::vector<ToneCandidate> candidates; ///< the best first
};

/// Looks for the pure tone of frequency correction bursts in the spectra of one chunk. The power of a carrier is spread
/// over 200 kHz for all the time but half a millisecond out of 46, when it stands in one bin; the share of the power
/// that does needs neither a noise floor nor a level.
class ToneSearch {
public:
    ToneSearch(std::vector<ToneGroup> groups, double bin_hz, std::size_t transform);

    [[nodiscard]] const std::vector<ToneGroup>& groups() const { return groups_; }

    /// Room for the spectra of a chunk.
    void begin(std::size_t frames);

    /// Takes the spectrum of frame `frame` of the chunk; frames may be added by several threads at once.
    void add(std::size_t frame, std::span<const std::complex<float>> spectrum);

    /// After all frames: leaves out lines that stand in the chunk all the time, and learns the floor.
    void prepare();

    [[nodiscard]] GroupResult search(std::size_t group) const;

private:
    [[nodiscard]] const float* row(std::size_t frame) const { return power_.data() + frame * width_; }

    std::vector<ToneGroup> groups_;
    std::size_t transform_;
    std::ptrdiff_t below_; ///< bins of a carrier's band below its tone
    std::ptrdiff_t above_;
    std::ptrdiff_t first_ = 0; ///< bin of the first column
    std::size_t width_ = 0;
    std::size_t frames_ = 0;
    std::vector<float> power_;
    std::vector<float> mean_;
    double floor_ = 0.0; ///< mean power of the emptiest groups; 0 where too few to tell
};

} // namespace gacsong::detect::gsm
