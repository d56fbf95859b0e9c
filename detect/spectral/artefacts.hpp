// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/spectral/tracker.hpp"
#include "dsp/sample_source.hpp"

#include <complex>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

enum class ArtefactKind { image, intermodulation, clipping };

/// A signal that the receiver made of another one.
struct Artefact {
    ArtefactKind kind = ArtefactKind::image;
    double offset_hz = 0.0; ///< where it was seen, from the tuned centre
    double source_hz = 0.0; ///< the (stronger) emission it was made of
    double coherence = 0.0; ///< 0 … 1
    Band band;              ///< where such a product may lie
    double power = 0.0;     ///< of what was tested
};

/// Tells what a receiver makes of strong emissions by the samples themselves: a signal is the I/Q image of another when
/// it equals that one's complex conjugate but for a factor, a third-order product when it equals a²·b*, and a clipping
/// product when it equals (a*)³ (monitoring.md §3.5). Frequencies and levels alone never decide.
class ArtefactTest {
public:
    ArtefactTest(double sample_rate_hz, const History& history, std::uint64_t base_sample, double base_s);

    /// What `weak` is made of, among `others`; nothing where it stands for itself or cannot be tested.
    [[nodiscard]] std::optional<Artefact> test(const Track& weak, std::span<const Track* const> others);

private:
    using Samples = std::vector<std::complex<float>>;

    [[nodiscard]] std::optional<Interval> common_time(const Track& weak, const Track& a, const Track* b) const;
    [[nodiscard]] bool read(const Interval& time);
    [[nodiscard]] Samples band(const Band& band) const;
    [[nodiscard]] double coherence(const Track& weak, const Samples& product) const;
    [[nodiscard]] double folded(double hz) const;

    double rate_;
    const History& history_;
    std::uint64_t base_sample_;
    double base_s_;
    Samples spectrum_; ///< of the stretch under test
};

} // namespace gacsong::detect
