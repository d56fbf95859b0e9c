// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/signatures/look.hpp"
#include "dsp/demod/lines.hpp"

#include <complex>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect {

/// A stretch of the clip in which the transmitter was on, edges left out.
struct On {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// How the envelope is keyed, levels in units of the mean power while on.
struct Keying {
    std::vector<On> on;        ///< at least 4/bandwidth long, edges left out
    std::vector<On> whole;     ///< the same where dips shorter than 8/bandwidth are no pauses
    double on_share = 1.0;     ///< of the clip
    double on_power = 0.0;     ///< absolute, noise taken off
    double off_level = 0.0;    ///< mean power while off, noise taken off, over on_power
    double median_on_s = 0.0;  ///< weighted by length
    double median_off_s = 0.0; ///< of pauses inside pieces; 0: there is none
    double spread_on = 0.0;    ///< standard deviation over mean of the lengths of on-times
    std::size_t pulses = 0;
    std::vector<double> edges_s; ///< places of the edges in the clip, seconds, piece by piece
    std::vector<std::size_t> edges_of_piece;
};

/// Figures that every test of the modulation uses, measured once.
struct Features {
    bool brief = false;        ///< a recording so short that only a line can be told
    double bandwidth_hz = 0.0; ///< the emission's, at least 1 kHz
    double snr = 0.0;          ///< power over noise in the clip, while on
    double noise = 0.0;        ///< power in the clip
    Keying keying;
    double kappa = 0.0;       ///< E|s|⁴/E²|s|² in `stretches`, noise taken off: 1 constant envelope, 2 Gaussian
    double kappa_on = 0.0;    ///< the same in keying.on, where every dip is left out
    double kappa_error = 0.0; ///< standard error from the number of samples and an unsure noise level
    double line_share = 0.0;  ///< power of the strongest line over the power while on
    double line_hz = 0.0;     ///< its frequency in the clip
    double scale = 1.0;       ///< mean power of keying.whole, to which the stretches are normalised
    std::vector<std::vector<std::complex<float>>> stretches; ///< keying.whole, longest first, at most 8
};

/// E|s|⁴/E²|s|² of the signal in these runs of |z|², its noise taken off: E|z|⁴ = κS² + 4SN + 2N². 0 where there are
/// none.
[[nodiscard]] double kappa_of(std::span<const float> power, std::span<const On> runs, double noise);

/// Nothing where the clip is too short to tell anything.
[[nodiscard]] std::optional<Features> measure_features(Look& look);

/// Sum of the spectra of f(stretch) over all stretches.
template <class Make> dsp::LineSpectrum spectrum_of(const Features& features, double rate_hz, const Make& make)
{
    std::size_t longest = 1;
    for (const auto& stretch : features.stretches)
        longest = std::max(longest, stretch.size());
    dsp::LineSpectra spectra(rate_hz, std::min(longest, std::size_t{1} << 18U));
    for (const auto& stretch : features.stretches)
        spectra.add(make(stretch));
    return spectra.sum();
}

} // namespace gacsong::detect
