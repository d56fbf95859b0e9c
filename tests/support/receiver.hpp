// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <optional>
#include <span>

namespace gacsong::test {

/// What a receiver does to the signals besides adding noise.
struct ReceiverFaults {
    double clock_ppm = 0.0;           ///< its oscillator runs fast: tuning and sample clock are both off by it
    double iq_gain_db = 0.0;          ///< Q is that much stronger than I
    double iq_phase_deg = 0.0;        ///< and turned by that much
    std::complex<double> dc{};        ///< constant added, full scale 1
    std::optional<double> ip3_dbfs{}; ///< third-order input intercept point of the front end, for two equal tones

    /// Image rejection, linear power: (1 + 2g·cosφ + g²)/(1 − 2g·cosφ + g²); infinite for a perfect receiver.
    [[nodiscard]] double image_rejection() const;

    /// y = direct·x + image·conj(x) is what gain and phase error do.
    [[nodiscard]] std::complex<double> direct() const;
    [[nodiscard]] std::complex<double> image() const;
};

/// Third-order distortion y = x − x|x|²/P_ip3: two tones of power P each make products P³/P_ip3² on both sides.
void distort(const ReceiverFaults& faults, std::span<std::complex<float>> samples);

/// I/Q imbalance and DC, after the noise.
void convert_down(const ReceiverFaults& faults, std::span<std::complex<float>> samples);

} // namespace gacsong::test
