// SPDX-License-Identifier: GPL-3.0-or-later
// Linear sweeps: z[n]·z*[n−k] of a sweep of slope s is a line at s·k/rate. Where the sweep wraps by its width W, the
// product turns by 2πWk/rate: with a lag of 1/W the line goes on.
#include "detect/signatures/modulation/tests.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

namespace gacsong::detect {

namespace {

constexpr double constant = 0.35;       ///< kurtosis above 1: sweeps are cut at the edges of the band
constexpr double concentrated = 0.6;    ///< share of the product's power in the line
constexpr double one_sided = 0.3;       ///< most that may stand at the mirrored frequency, over the line
constexpr double least_turns = 6.0;     ///< the line must lie away from 0 Hz, in cells
constexpr double gathered = 0.35;       ///< share of a line in half a symbol: about 0.6 where it is spread spectrum
constexpr unsigned least_quartered = 8; ///< spreading factor
constexpr double alike = 0.01;          ///< slopes of one sweep
constexpr std::size_t most_windows = 24;
constexpr double least_windows = 6.0;
constexpr std::array<double, 13> lora_widths_hz{7812.5, 10417., 15625., 20833.,  31250.,  41667., 62500.,
                                                125e3,  250e3,  500e3,  203125., 406250., 812500.};

struct Sweep {
    double line_hz = 0.0;
    double share = 0.0;
    double slope = 0.0; ///< Hz a second
    double cell = 0.0;  ///< of the slope: what the length of the stretches resolves
};

Sweep sweep_with(const Features& f, double rate_hz, std::size_t lag)
{
    const auto spectrum = spectrum_of(f, rate_hz, [lag](const std::vector<std::complex<float>>& z) {
        std::vector<std::complex<float>> product;
        product.reserve(z.size());
        for (std::size_t n = lag; n < z.size(); ++n)
            product.push_back(z[n] * std::conj(z[n - lag]));
        return product;
    });
    double total = 0.0;
    for (const float p : spectrum.power)
        total += static_cast<double>(p);
    Sweep best;
    const double a_hertz = rate_hz / static_cast<double>(lag);
    const double nearest = least_turns * spectrum.step_hz;
    for (const double side : {-1.0, 1.0}) {
        const double low = side < 0.0 ? -0.45 * rate_hz : nearest;
        const double high = side < 0.0 ? -nearest : 0.45 * rate_hz;
        const auto line = dsp::strongest_line(spectrum, low, high);
        if (!line)
            continue;
        const double share = dsp::power_around(spectrum, line->frequency_hz, 3.0 * spectrum.step_hz) / total;
        // Keying to and fro gives a pair of lines, a sweep one.
        const double mirrored = dsp::power_around(spectrum, -line->frequency_hz, 3.0 * spectrum.step_hz) / total;
        if (share > best.share && mirrored < one_sided * share)
            best = {line->frequency_hz, share, line->frequency_hz * a_hertz, spectrum.step_hz * a_hertz};
    }
    return best;
}

/// How much of the power a line has on average in windows of half a symbol, after a sweep of that slope is taken off.
double dechirped_share(const Features& f, double rate_hz, double slope, std::size_t window)
{
    const std::size_t n = std::bit_ceil(window);
    dsp::AlignedArray<std::complex<float>> in(n);
    dsp::AlignedArray<std::complex<float>> out(n);
    const dsp::FftPlan plan(n, dsp::Direction::forward, dsp::Planning::quick);
    std::vector<std::complex<float>> sweep(window);
    for (std::size_t i = 0; i < window; ++i) {
        const double t = static_cast<double>(i) / rate_hz;
        sweep[i] = std::complex<float>(std::polar(1.0, -2.0 * std::numbers::pi * std::fmod(0.5 * slope * t * t, 1.0)));
    }
    double sum = 0.0;
    double count = 0.0;
    for (const auto& z : f.stretches) {
        const std::size_t windows = z.size() / window;
        const std::size_t step = std::max<std::size_t>(1, windows / most_windows);
        for (std::size_t w = 0; w < windows && count < 2.0 * most_windows; w += step) {
            double power = 0.0;
            for (std::size_t i = 0; i < window; ++i) {
                in[i] = z[w * window + i] * sweep[i];
                power += static_cast<double>(std::norm(in[i]));
            }
            plan.execute(in.data(), out.data());
            float highest = 0.0F;
            for (std::size_t k = 0; k < n; ++k)
                highest = std::max(highest, std::norm(out[k]));
            sum += static_cast<double>(highest) / std::max(1e-30, power * static_cast<double>(window));
            count += 1.0;
        }
    }
    return count >= least_windows ? sum / count : 0.0;
}

struct Spread {
    Modulation modulation;
    double slope = 0.0; ///< of its sweeps, Hz a second
};

/// Chirp spread spectrum with a width and a spreading factor that LoRa has.
std::optional<Spread> spread_spectrum(const Features& f, double rate_hz)
{
    double best = 0.0;
    double symbol_rate = 0.0;
    double best_slope = 0.0;
    for (const double width : lora_widths_hz) {
        if (f.bandwidth_hz < 0.75 * width || f.bandwidth_hz > 1.3 * width)
            continue;
        for (unsigned factor = 6; factor <= 12; ++factor) {
            const double symbols_hz = width / static_cast<double>(1U << factor);
            const auto window = static_cast<std::size_t>(0.5 * rate_hz / symbols_hz);
            if (window < 32)
                continue;
            for (const double sign : {1.0, -1.0}) {
                const double slope = sign * width * symbols_hz;
                double share = dechirped_share(f, rate_hz, slope, window);
                // Fewer of the shorter ones hold a border of symbols; a carrier fills 2^factor / 16 cells of them.
                if (factor >= least_quartered)
                    share = std::max(share, dechirped_share(f, rate_hz, slope, window / 2));
                if (share > best) {
                    best = share;
                    symbol_rate = symbols_hz;
                    best_slope = std::abs(slope);
                }
            }
        }
    }
    const double expected = f.snr / (1.0 + f.snr);
    if (best < gathered * expected)
        return std::nullopt;
    Modulation m;
    m.name = "CSS";
    m.confidence = std::clamp(0.5 + 0.6 * best / expected, 0.6, 0.97);
    m.symbol_rate_hz = symbol_rate;
    return Spread{std::move(m), best_slope};
}

/// The preamble of spread spectrum is a sweep as well; its slope tells it apart, as far as the stretches resolve it.
bool same_slope(const Sweep& sweep, const Spread& css)
{
    const double difference = std::abs(std::abs(sweep.slope) - css.slope);
    return difference < std::max(alike * css.slope, sweep.cell) || css.slope < (least_turns + 1.0) * sweep.cell;
}

} // namespace

std::optional<Modulation> is_chirp(const Features& f, Look& look)
{
    if (f.stretches.empty() || f.kappa > 1.0 + constant + f.kappa_error)
        return std::nullopt;
    const double rate = look.clip().rate_hz;
    Sweep best;
    for (const double share : {0.5, 1.0}) {
        const auto lag = static_cast<std::size_t>(std::max(1.0, std::round(share * rate / f.bandwidth_hz)));
        const Sweep sweep = sweep_with(f, rate, lag);
        if (sweep.share > best.share)
            best = sweep;
    }
    // Noise fills the product: a line of full strength has (S/(S+N))² of its power.
    const double expected = std::pow(f.snr / (1.0 + f.snr), 2.0);
    const auto css = spread_spectrum(f, rate);
    if (css && (best.share < concentrated * expected || same_slope(best, *css)))
        return css->modulation;
    if (best.share < concentrated * expected)
        return std::nullopt;
    // It must sweep a good part of its band in one go: others show lines too, near 0 Hz.
    const double turns = static_cast<double>(f.stretches[0].size()) / rate * std::abs(best.slope) / f.bandwidth_hz;
    if (turns < 1.0)
        return std::nullopt;
    Modulation m;
    m.name = "chirp";
    m.confidence = std::clamp(0.6 + best.share / expected * 0.4, 0.6, 0.97);
    m.symbol_rate_hz = std::abs(best.slope) / f.bandwidth_hz;
    return m;
}

} // namespace gacsong::detect
