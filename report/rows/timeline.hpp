// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/run.hpp"
#include "dsp/sample_source.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gacsong {

/// A run of samples that are stored one after the other and have one tuning.
struct Stretch {
    std::int64_t first = 0;       ///< on the line of time, in samples from the start of the recording
    std::uint64_t stored = 0;     ///< index of its first sample in the History
    std::int64_t count = 0;       ///< samples
    double center_shift_hz = 0.0; ///< its tuned centre minus that of the first stretch

    [[nodiscard]] std::int64_t end() const { return first + count; }
};

/// Where the stored samples lie in time: lost samples take up time, but are not stored.
class Timeline {
public:
    Timeline() = default;
    /// `segments` as SampleSource tells them (empty: one without a gap), `length` stored samples (≥ 0).
    Timeline(std::span<const Segment> segments, std::uint64_t length, double sample_rate_hz);

    [[nodiscard]] double sample_rate_hz() const { return rate_hz_; }
    [[nodiscard]] const std::vector<Stretch>& stretches() const { return stretches_; }
    /// One past the last sample, on the line of time.
    [[nodiscard]] std::int64_t end() const { return stretches_.empty() ? 0 : stretches_.back().end(); }
    [[nodiscard]] double duration_s() const { return static_cast<double>(end()) / rate_hz_; }
    /// Gaps between the stretches.
    [[nodiscard]] const std::vector<Gap>& gaps() const { return gaps_; }

    /// The stretch that holds most of from … to; nothing where none of it is stored.
    [[nodiscard]] std::optional<Stretch> largest_part(std::int64_t from, std::int64_t to) const;
    /// The stretch in which a sample lies; null where it was lost or never was.
    [[nodiscard]] const Stretch* stretch_at(std::int64_t sample) const;

private:
    std::vector<Stretch> stretches_;
    std::vector<Gap> gaps_;
    double rate_hz_ = 1.0;
};

} // namespace gacsong
