// SPDX-License-Identifier: GPL-3.0-or-later
// OFDM found blind: a cyclic prefix repeats the end of each symbol one useful symbol earlier, so the autocorrelation
// has a peak there, and the product that makes it comes and goes with the whole symbol.
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace gacsong::detect {

namespace {

constexpr double least_kappa = 1.55; ///< few carriers are less than Gaussian
constexpr double most_kappa = 2.6;
constexpr double first_lag = 12.0;          ///< in 1/bandwidth: shorter ones are the spectrum's own shape
constexpr double clear_peak = 7.0;          ///< standard deviations of the autocorrelation of noise
constexpr double least_correlation = 0.012; ///< a prefix of 1/64
constexpr std::size_t most_points = std::size_t{1} << 20U;

struct Peak {
    std::size_t lag = 0;
    double correlation = 0.0;
    double deviations = 0.0;
};

/// Normalised autocorrelation |r(lag)| of the longest stretch by way of its power spectrum; index is the lag.
std::vector<float> autocorrelation(const std::vector<std::complex<float>>& z)
{
    const std::size_t length = std::min(z.size(), most_points / 2);
    const std::size_t n = std::bit_ceil(2 * length);
    dsp::AlignedArray<std::complex<float>> a(n);
    dsp::AlignedArray<std::complex<float>> b(n);
    std::copy_n(z.begin(), length, a.data());
    dsp::FftPlan(n, dsp::Direction::forward, dsp::Planning::quick).execute(a.data(), b.data());
    for (std::size_t k = 0; k < n; ++k)
        b[k] = std::norm(b[k]);
    dsp::FftPlan(n, dsp::Direction::inverse, dsp::Planning::quick).execute(b.data(), a.data());
    const float whole = std::abs(a[0]);
    std::vector<float> out(length / 2);
    for (std::size_t lag = 0; lag < out.size(); ++lag)
        out[lag] = std::abs(a[lag]) / whole * static_cast<float>(length) / static_cast<float>(length - lag);
    return out;
}

std::optional<Peak> prefix_peak(const std::vector<float>& r, double cell)
{
    const auto first = static_cast<std::size_t>(first_lag * cell);
    if (r.size() < first + 64)
        return std::nullopt;
    double squares = 0.0;
    for (std::size_t lag = first; lag < r.size(); ++lag)
        squares += static_cast<double>(r[lag]) * static_cast<double>(r[lag]) / static_cast<double>(r.size() - first);
    const auto top = std::max_element(r.begin() + static_cast<std::ptrdiff_t>(first), r.end());
    Peak peak;
    peak.lag = static_cast<std::size_t>(top - r.begin());
    peak.correlation = static_cast<double>(*top);
    peak.deviations = peak.correlation / std::sqrt(std::max(1e-20, squares));
    return peak;
}

/// The step at which z[n]·z*[n+lag] comes back, in samples, and how clearly; it is looked for between lag·(1 + 1/64)
/// and lag·1.5.
struct Symbol {
    double length = 0.0;
    double ratio = 0.0;
};

Symbol symbol_of(const std::vector<std::complex<float>>& z, std::size_t lag)
{
    const std::size_t n = std::min(z.size() - lag, most_points);
    // Only differences from the mean matter.
    std::vector<std::complex<float>> product(n);
    std::complex<double> mean{};
    for (std::size_t i = 0; i < n; ++i) {
        product[i] = z[i] * std::conj(z[i + lag]);
        mean += std::complex<double>(product[i]) / static_cast<double>(n);
    }
    const std::complex<double> turn = std::conj(mean) / std::max(1e-20, std::abs(mean));
    Symbol symbol;
    std::vector<float> real(n);
    for (std::size_t i = 0; i < n; ++i)
        real[i] = static_cast<float>((std::complex<double>(product[i]) * turn).real() - std::abs(mean));
    dsp::LineSpectra spectra(1.0, std::min(n, std::size_t{1} << 18U));
    spectra.add(real);
    const double low = 1.0 / (1.5 * static_cast<double>(lag));
    const double high = 1.0 / (1.01 * static_cast<double>(lag));
    const auto line = dsp::strongest_line(spectra.sum(), low, high);
    if (!line)
        return symbol;
    symbol.length = 1.0 / line->frequency_hz;
    symbol.ratio = line->ratio;
    return symbol;
}

} // namespace

std::optional<Modulation> is_multicarrier(const Features& f, Look& look)
{
    if (f.stretches.empty() || f.kappa < least_kappa || f.kappa > most_kappa)
        return std::nullopt;
    const double rate = look.clip().rate_hz;
    const double cell = rate / f.bandwidth_hz;
    const auto& z = f.stretches.front();
    const auto peak = prefix_peak(autocorrelation(z), cell);
    if (!peak || peak->deviations < clear_peak || peak->correlation < least_correlation)
        return std::nullopt;
    const Symbol symbol = symbol_of(z, peak->lag);
    const bool returns = symbol.ratio > 12.0;
    if (!returns && peak->correlation < 0.1)
        return std::nullopt;
    Modulation m;
    m.name = "OFDM";
    m.confidence = std::clamp(0.6 + 0.01 * peak->deviations + (returns ? 0.2 : 0.0), 0.6, 0.98);
    if (returns)
        m.symbol_rate_hz = rate / symbol.length;
    return m;
}

} // namespace gacsong::detect
