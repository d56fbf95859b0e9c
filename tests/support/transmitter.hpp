// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/scene.hpp"
#include "tests/support/spectrum.hpp"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::test {

/// A placed signal made ready: keying resolved, own bandwidth and power measured without noise.
class PlacedSignal {
public:
    /// \param scene_end_s  where the recording ends: nothing later is measured or listed
    PlacedSignal(Placed placed, double scene_end_s);

    /// out[i] = envelope · waveform at t0_s + i·dt_s, about the signal's own 0 Hz, mean power 1 while on.
    /// \return false where the transmitter is off for all of it; `out` is then not written
    bool baseband(double t0_s, double dt_s, std::span<std::complex<double>> out) const;

    [[nodiscard]] const Placed& placed() const { return placed_; }
    [[nodiscard]] const Occupied& occupied_band() const { return occupied_; } ///< about its own 0 Hz; empty for a line
    [[nodiscard]] double end_s() const { return end_s_; }
    /// When it is on within the recording, seconds of the scene.
    [[nodiscard]] std::vector<Interval> on_times() const;
    [[nodiscard]] std::optional<double> period_s() const;

private:
    bool raw(double t0_s, double dt_s, std::span<std::complex<double>> out, std::span<double> envelope) const;
    bool add_path(double t0_s, double dt_s, std::complex<double> gain, std::span<std::complex<double>> out,
                  std::span<double> envelope) const;
    void measure();

    Placed placed_;
    Keying keying_;
    double end_s_;
    double scale_ = 1.0;
    Occupied occupied_;
};

} // namespace gacsong::test
