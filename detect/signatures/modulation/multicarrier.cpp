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
constexpr double most_kappa = 2.2;   ///< speech is more
constexpr double speech_hz = 10e3;   ///< bandwidth of speech, which stays below
constexpr double most_narrow_kappa = 2.08;
constexpr double first_lag = 20.0;  ///< in 1/bandwidth: shorter ones are the spectrum's own shape
constexpr double steep_edges = 2.5; ///< times what a spectrum with steep edges has at a lag: 1/(π·bandwidth·lag)
constexpr double clear_peak = 4.5;  ///< in its root mean square; noise: 2e-9 a lag
constexpr double lonely_peak = 7.0; ///< … without a second witness
constexpr double repetition = 0.45; ///< a prefix is a quarter at most: more is content that repeats
constexpr double echo = 0.4;        ///< of the peak, at twice its lag: a pitch comes back, a prefix does not
constexpr double least_correlation = 0.012; ///< a prefix of 1/64
constexpr double long_prefix = 0.1;         ///< that much needs no second witness
constexpr std::size_t most_points = std::size_t{1} << 20U;
constexpr std::size_t most_peaks = 8;
constexpr std::size_t harmonics = 6;
constexpr double clear_return = 27.0; ///< sum of six exponential cells in units of their mean: noise has 3e-7 each

struct Peak {
    std::size_t lag = 0;
    double correlation = 0.0;
    double deviations = 0.0;
};

using Pieces = std::vector<std::span<const std::complex<float>>>;

/// The clip's pieces: dips of the envelope are no pauses here, and what noise stands in pauses does no harm.
Pieces pieces_of(const Clip& clip)
{
    Pieces pieces;
    for (std::size_t i = 0; i < clip.pieces.size(); ++i) {
        const auto piece = clip.piece(i);
        pieces.push_back(piece.first(std::min(piece.size(), most_points / 2)));
    }
    return pieces;
}

/// Normalised autocorrelation |r(lag)| of all pieces by way of their power spectra; index is the lag.
std::vector<float> autocorrelation(const Pieces& pieces)
{
    std::size_t longest = 0;
    std::size_t all = 0;
    for (const auto& piece : pieces) {
        longest = std::max(longest, piece.size());
        all += piece.size();
    }
    if (longest < 64)
        return {};
    const std::size_t n = std::bit_ceil(2 * longest);
    dsp::AlignedArray<std::complex<float>> a(n);
    dsp::AlignedArray<std::complex<float>> b(n);
    std::vector<float> power(n, 0.0F);
    const dsp::FftPlan forward(n, dsp::Direction::forward, dsp::Planning::quick);
    for (const auto& piece : pieces) {
        std::fill_n(a.data(), n, std::complex<float>{});
        std::copy(piece.begin(), piece.end(), a.data());
        forward.execute(a.data(), b.data());
        for (std::size_t k = 0; k < n; ++k)
            power[k] += std::norm(b[k]);
    }
    std::copy(power.begin(), power.end(), b.data());
    dsp::FftPlan(n, dsp::Direction::inverse, dsp::Planning::quick).execute(b.data(), a.data());
    std::vector<float> out(longest / 2);
    const float scale = static_cast<float>(all) / std::abs(a[0]);
    for (std::size_t lag = 0; lag < out.size(); ++lag) {
        std::size_t pairs = 0;
        for (const auto& piece : pieces)
            pairs += piece.size() > lag ? piece.size() - lag : 0;
        out[lag] = 2 * pairs > all ? std::abs(a[lag]) * scale / static_cast<float>(pairs) : 0.0F;
    }
    return out;
}

/// Peaks beyond the spectrum's own shape, shortest lag first: content that repeats makes longer ones, a prefix is the
/// first.
std::vector<Peak> prefix_peaks(const std::vector<float>& r, double cell)
{
    const auto first = static_cast<std::size_t>(first_lag * cell);
    std::vector<Peak> peaks;
    if (r.size() < first + 64)
        return peaks;
    std::vector<float> sorted(r.begin() + static_cast<std::ptrdiff_t>(first), r.end());
    std::erase(sorted, 0.0F);
    if (sorted.size() < 64)
        return peaks;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double deviation = std::max(1e-10, static_cast<double>(*middle) / std::sqrt(std::numbers::ln2));
    const auto reach = static_cast<std::size_t>(std::ceil(cell));
    for (std::size_t lag = first; lag < r.size(); ++lag) {
        const auto value = static_cast<double>(r[lag]);
        const double shape = steep_edges * cell / (std::numbers::pi * static_cast<double>(lag));
        if (value < clear_peak * deviation || value < least_correlation || value < shape)
            continue;
        if (!peaks.empty() && lag - peaks.back().lag <= reach) {
            if (value > peaks.back().correlation)
                peaks.back() = {lag, value, value / deviation};
        } else {
            peaks.push_back({lag, value, value / deviation});
        }
    }
    const auto all = peaks;
    std::erase_if(peaks, [&](const Peak& peak) {
        const bool skirt = std::any_of(all.begin(), all.end(), [&](const Peak& other) {
            const std::size_t away = other.lag > peak.lag ? other.lag - peak.lag : peak.lag - other.lag;
            return away < 2 * first && other.correlation > 2.0 * peak.correlation;
        });
        if (skirt)
            return true;
        if (peak.correlation > repetition)
            return true;
        const std::size_t twice = 2 * peak.lag;
        const auto from = r.begin() + static_cast<std::ptrdiff_t>(std::min(r.size(), twice - reach));
        const auto to = r.begin() + static_cast<std::ptrdiff_t>(std::min(r.size(), twice + reach + 1));
        return from<to&& static_cast<double>(*std::max_element(from, to))> echo * peak.correlation + 3.0 * deviation;
    });
    const auto weaker = [](const Peak& a, const Peak& b) { return a.correlation > b.correlation; };
    std::stable_sort(peaks.begin(), peaks.end(), weaker);
    peaks.resize(std::min(peaks.size(), most_peaks));
    std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.lag < b.lag; });
    return peaks;
}

/// Spectrum of the real part of z[n]·z*[n+lag], turned so that its mean is real, without that mean.
dsp::LineSpectrum product_spectrum(const Pieces& pieces, std::size_t lag)
{
    std::complex<double> mean{};
    double count = 0.0;
    std::size_t longest = 1;
    for (const auto& piece : pieces) {
        for (std::size_t i = 0; i + lag < piece.size(); ++i)
            mean += std::complex<double>(piece[i] * std::conj(piece[i + lag]));
        count += piece.size() > lag ? static_cast<double>(piece.size() - lag) : 0.0;
        longest = std::max(longest, piece.size() > lag ? piece.size() - lag : 0);
    }
    mean /= std::max(1.0, count);
    const auto turn = std::complex<float>(std::conj(mean) / std::max(1e-20, std::abs(mean)));
    const auto level = static_cast<float>(std::abs(mean));
    dsp::LineSpectra spectra(1.0, std::min(longest, std::size_t{1} << 18U));
    std::vector<float> real;
    for (const auto& piece : pieces) {
        real.clear();
        for (std::size_t i = 0; i + lag < piece.size(); ++i)
            real.push_back((piece[i] * std::conj(piece[i + lag]) * turn).real() - level);
        if (!real.empty())
            spectra.add(real);
    }
    return spectra.sum();
}

/// The step at which the product comes back, in samples: its line and five multiples of it together, looked for between
/// lag·(1 + 1/100) and lag·1.5. 0 where there is none.
double symbol_length(const dsp::LineSpectrum& spectrum, std::size_t lag)
{
    const double low = 1.0 / (1.5 * static_cast<double>(lag));
    const double high = std::min(1.0 / (1.01 * static_cast<double>(lag)), 0.45 / static_cast<double>(harmonics));
    const std::size_t first = spectrum.cell(low);
    const std::size_t last = spectrum.cell(std::min(0.45, high * static_cast<double>(harmonics)));
    if (last < first + 16)
        return 0.0;
    std::vector<float> cells(spectrum.power.begin() + static_cast<std::ptrdiff_t>(first),
                             spectrum.power.begin() + static_cast<std::ptrdiff_t>(last));
    const auto middle = cells.begin() + static_cast<std::ptrdiff_t>(cells.size() / 2);
    std::nth_element(cells.begin(), middle, cells.end());
    const double mean = std::max(1e-30, static_cast<double>(*middle) / std::numbers::ln2);
    double best = 0.0;
    double length = 0.0;
    for (double f = low; f < high; f += 0.5 * spectrum.step_hz / static_cast<double>(harmonics)) {
        double sum = 0.0;
        for (std::size_t k = 1; k <= harmonics; ++k)
            sum += static_cast<double>(spectrum.power[spectrum.cell(f * static_cast<double>(k))]);
        if (sum > best) {
            best = sum;
            length = 1.0 / f;
        }
    }
    return best > clear_return * mean ? length : 0.0;
}

} // namespace

std::optional<Modulation> is_multicarrier(const Features& f, Look& look)
{
    if (f.kappa < least_kappa || f.kappa > most_kappa)
        return std::nullopt;
    if (f.bandwidth_hz < speech_hz && f.kappa > most_narrow_kappa)
        return std::nullopt;
    const double rate = look.clip().rate_hz;
    const Pieces pieces = pieces_of(look.clip());
    Modulation m;
    for (const Peak& peak : prefix_peaks(autocorrelation(pieces), rate / f.bandwidth_hz)) {
        const double length = symbol_length(product_spectrum(pieces, peak.lag), peak.lag);
        if (length == 0.0 && (peak.correlation < long_prefix || peak.deviations < lonely_peak))
            continue;
        m.name = "OFDM";
        m.confidence = std::clamp(0.6 + 0.01 * peak.deviations + (length > 0.0 ? 0.2 : 0.0), 0.6, 0.98);
        if (length > 0.0)
            m.symbol_rate_hz = rate / length;
        return m;
    }
    return std::nullopt;
}

} // namespace gacsong::detect
