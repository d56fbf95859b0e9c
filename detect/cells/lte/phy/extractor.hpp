// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/sequences.hpp"
#include "dsp/sample_format.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// A stretch of a recording in memory.
struct Stretch {
    SampleFormat format;
    std::span<const std::byte> bytes;
    double rate_hz = 0.0;
    Sample mean{}; ///< what receivers leave in the middle of their span; it is taken away

    [[nodiscard]] std::size_t samples() const { return bytes.size() / format.bytes_per_sample(); }
    [[nodiscard]] double seconds() const { return static_cast<double>(samples()) / rate_hz; }
};

/// The mean of the begin of a stretch.
[[nodiscard]] Sample mean_of(const Stretch& stretch);

/// Converts samples `first` … of a stretch, its mean taken away.
void load(const Stretch& stretch, std::size_t first, std::span<Sample> out);

/// Where a cell lies in a stretch. With the receiver's clock slow by p, its frequency is seen p too high and its frames
/// last 1 − p of their time.
struct Place {
    double frame_s = 0.0;        ///< begin of the prefix of a frame's first symbol
    double shift_hz = 0.0;       ///< of the carrier from the centre of the recording
    double lasting = 1.0;        ///< seen duration of a second
    std::int64_t late_first = 0; ///< half frame, counted from the frame's begin, of the first of
    std::vector<double> late;    ///< how much later than so half frames begin, seconds
};

/// Paces that carriers near the frequency of a cell would have, beside the one it was found with.
struct OtherPaces {
    std::vector<double> lasting;
    double middle_s = 0.0; ///< of what was searched: there the begin of the frames is right with any pace
};

/// Reads pieces of a stretch at another rate, around another frequency, from any instant, with a clock of its own
/// (windowed sinc, 60 dB). Not thread-safe.
class Extractor {
public:
    Extractor(const Stretch& stretch, double rate_hz);

    [[nodiscard]] double rate_hz() const { return rate_hz_; }
    [[nodiscard]] const Stretch& stretch() const { return stretch_; }

    /// Samples from at_s on, lasting·n / rate_hz apart, `shift_hz` moved to 0. Outside of the stretch it is silent.
    void read(double at_s, double shift_hz, double lasting, std::span<Sample> out);

private:
    Stretch stretch_;
    double rate_hz_;
    std::size_t half_;        ///< taps on either side
    std::size_t phases_ = 1;  ///< places between two samples
    std::vector<float> taps_; ///< for each phase, each of them twice
    std::vector<Sample> mixed_;
};

} // namespace gacsong::detect::lte
