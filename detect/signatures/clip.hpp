// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/sample_source.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Where samples that have passed can be read again, and how they lie in time.
struct Replay {
    const History* history = nullptr;
    double sample_rate_hz = 0.0;
    std::uint64_t first_sample = 0; ///< of the segment
    double origin_s = 0.0;          ///< time of first_sample, seconds from the start of the recording
    std::optional<double> center_hz;
    double clock_correction_ppm = 0.0; ///< already taken out of the emission's frequencies
};

/// What to cut out for an emission. Every limit holds: the look at one emission is bounded in time and memory.
struct Cut {
    double offset_hz = 0.0;                                 ///< centre of the channel in the recording
    double half_width_hz = 0.0;                             ///< flat up to here
    double rate_hz = 0.0;                                   ///< at least; the recording's rate where that is less
    double most_s = 0.4;                                    ///< seconds of signal
    std::size_t most_samples = std::size_t{1} << 19U;       ///< of the clip
    std::size_t most_input = std::size_t{12} * 1000 * 1000; ///< of the recording
    double margin_s = 0.0;                                  ///< before and after each burst
    double join_s = 0.0;                                    ///< pauses up to here stay in
    bool spread = true; ///< of a long transmission two parts: from its start and from its middle
};

/// A stretch of a clip without a break.
struct Piece {
    double start_s = 0.0; ///< of its first sample, seconds from the start of the recording
    std::size_t first = 0;
    std::size_t count = 0;
};

/// The samples of an emission in its own baseband: 0 Hz is Cut::offset_hz, full scale 1.
struct Clip {
    double rate_hz = 0.0;
    double half_width_hz = 0.0;
    double noise_bandwidth_hz = 0.0;
    std::vector<std::complex<float>> samples;
    std::vector<Piece> pieces; ///< in order of time

    [[nodiscard]] bool empty() const { return samples.empty(); }
    [[nodiscard]] double seconds() const { return static_cast<double>(samples.size()) / rate_hz; }
    [[nodiscard]] std::span<const std::complex<float>> piece(std::size_t i) const
    {
        return std::span(samples).subspan(pieces[i].first, pieces[i].count);
    }
    /// The longest piece; empty where there is none.
    [[nodiscard]] std::span<const std::complex<float>> longest() const;
};

/// Centre of the emission in the recording, before any correction of the clock.
[[nodiscard]] double raw_offset_hz(const Emission& emission, const Replay& replay);

/// Reads the bursts of an emission again. Empty where the samples are no longer at hand.
[[nodiscard]] Clip cut(const Emission& emission, const Replay& replay, const Cut& wanted);

} // namespace gacsong::detect
