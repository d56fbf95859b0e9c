// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/sidebands.hpp"
#include "detect/signatures/modulation/tests.hpp"

#include <algorithm>

namespace gacsong::detect {

namespace {
constexpr double nearly_all = 0.9;       ///< of the power in the line
constexpr double more = 0.97;            ///< where noise may hide sidebands
constexpr double all = 0.995;            ///< where the emission is wider than a line
constexpr std::uint64_t many_bursts = 6; ///< of a carrier that is off between them: it is keyed
constexpr double keyed_duty = 0.9;
constexpr double unsure_noise = 0.15;   ///< relative error of the noise level
constexpr double doubtful = 2.5;        ///< standard deviations of noise
constexpr double sidebands_show = 20.0; ///< SNR from which on they would be seen
constexpr double narrow_hz = 1000.0;
} // namespace

std::optional<Modulation> is_carrier(const Features& f, Look& look)
{
    const double narrow = f.snr < sidebands_show ? more : nearly_all;
    const double least = look.emission().bandwidth_hz > narrow_hz ? all : narrow;
    if (f.line_share < least || f.keying.on_share < 0.5)
        return std::nullopt;
    // A wide one at low SNR may have sidebands that an unsure noise level hides.
    if (look.emission().bandwidth_hz > narrow_hz && unsure_noise / std::max(1e-3, f.snr) > 1.0 - all)
        return Modulation{};
    // … and so may one that has a little in phase with it.
    if (f.snr < sidebands_show) {
        const auto phase = sideband_phase(f, look, look.clip().rate_hz);
        if (phase && phase->difference > doubtful * phase->sigma)
            return Modulation{};
    }
    Modulation m;
    const Emission& e = look.emission();
    m.name = e.bursts >= many_bursts && e.duty < keyed_duty ? "OOK" : "carrier";
    m.confidence = f.line_share;
    return m;
}

} // namespace gacsong::detect
