// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/modulation_error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::detect::gsm {

namespace {

using Value = std::complex<double>;

constexpr double pi = std::numbers::pi;
constexpr double bandwidth_time = 0.3;
constexpr std::size_t pulse_symbols = 4;
constexpr std::size_t per_symbol = 2;   ///< values of the ideal signal
constexpr std::size_t taps = 16;        ///< half a symbol each
constexpr std::size_t first_symbol = 8; ///< of those compared: before and behind, power rises and falls
constexpr std::size_t last_symbol = burst_bits - 8;
constexpr double clear = 0.5; ///< of the mean power, below which a sample says little of the phase
/// From the beginning of a bit to the middle of its pulse.
constexpr double pulse_middle = 0.5 * static_cast<double>(pulse_symbols) + 0.5;

double gauss_integral(double x)
{
    // ∫ of the normal distribution from −∞ to x, integrated once more.
    return x * 0.5 * std::erfc(-x / std::numbers::sqrt2) + std::exp(-0.5 * x * x) / std::sqrt(2.0 * pi);
}

/// Phase, in quarter turns, that a bit has brought t symbols after its pulse began (3GPP TS 45.004 §2.5).
double phase_pulse(double t)
{
    const double sigma = std::sqrt(std::numbers::ln2) / (2.0 * pi * bandwidth_time);
    const double from_middle = t - 0.5 * static_cast<double>(pulse_symbols);
    return sigma * (gauss_integral((from_middle + 0.5) / sigma) - gauss_integral((from_middle - 0.5) / sigma));
}

/// Values of the pulse at half symbols, 0 … 4 symbols, made to end at one quarter turn.
const std::array<double, pulse_symbols * per_symbol + 1>& phase_steps()
{
    static const auto steps = [] {
        std::array<double, pulse_symbols * per_symbol + 1> out{};
        const double first = phase_pulse(0.0);
        const double whole = phase_pulse(static_cast<double>(pulse_symbols)) - first;
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = (phase_pulse(static_cast<double>(i) / per_symbol) - first) / whole;
        return out;
    }();
    return steps;
}

/// The ideal signal at half symbols from the beginning of the first bit, turned back by a quarter turn a symbol as the
/// receiver's samples are.
std::vector<Value> ideal(std::span<const std::uint8_t, burst_bits> bits)
{
    const auto& steps = phase_steps();
    std::vector<double> turns((burst_bits + pulse_symbols) * per_symbol + 1);
    unsigned before = 1; // bits before a burst are taken for ones
    for (std::size_t i = 0; i < burst_bits; ++i) {
        const double sign = (bits[i] ^ before) != 0 ? -1.0 : 1.0;
        before = bits[i];
        for (std::size_t n = i * per_symbol; n < turns.size(); ++n)
            turns[n] += sign * steps[std::min(n - i * per_symbol, steps.size() - 1)];
    }
    std::vector<Value> out;
    for (std::size_t n = 0; n < turns.size(); ++n)
        out.push_back(std::polar(1.0, 0.5 * pi * (turns[n] - static_cast<double>(n) / per_symbol)));
    return out;
}

/// The channel of least squares: rows of `taps` values of the ideal signal against samples.
std::array<Value, taps> fitted(const std::vector<std::array<Value, taps>>& rows, const std::vector<Value>& samples)
{
    std::array<std::array<Value, taps + 1>, taps> a{};
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < taps; ++i) {
            for (std::size_t j = i; j < taps; ++j)
                a[i][j] += std::conj(rows[r][i]) * rows[r][j];
            a[i][taps] += std::conj(rows[r][i]) * samples[r];
        }
    // Half symbols see nearly the same: a little on the diagonal keeps the taps small.
    constexpr double ridge = 1e-5;
    for (std::size_t i = 0; i < taps; ++i) {
        for (std::size_t j = 0; j < i; ++j)
            a[i][j] = std::conj(a[j][i]);
        a[i][i] *= 1.0 + ridge;
    }
    for (std::size_t i = 0; i < taps; ++i) {
        const Value pivot = a[i][i];
        for (std::size_t j = i; j <= taps; ++j)
            a[i][j] /= pivot;
        for (std::size_t k = 0; k < taps; ++k) {
            const Value factor = a[k][i];
            if (k == i || factor == Value{})
                continue;
            for (std::size_t j = i; j <= taps; ++j)
                a[k][j] -= factor * a[i][j];
        }
    }
    std::array<Value, taps> channel{};
    for (std::size_t i = 0; i < taps; ++i)
        channel[i] = a[i][taps];
    return channel;
}

/// Takes mean and slope out of phases at places.
void straighten(std::vector<double>& phases, const std::vector<double>& places)
{
    double n = 0.0;
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double xy = 0.0;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        n += 1.0;
        x += places[i];
        y += phases[i];
        xx += places[i] * places[i];
        xy += places[i] * phases[i];
    }
    const double slope = (n * xy - x * y) / std::max(n * xx - x * x, 1e-9);
    const double start = (y - slope * x) / std::max(n, 1.0);
    for (std::size_t i = 0; i < phases.size(); ++i)
        phases[i] -= start + slope * places[i];
}

} // namespace

void ModulationError::add(const BurstSamples& y, std::span<const std::uint8_t, burst_bits> bits, double delay)
{
    const auto x = ideal(bits);
    // Tap 0 looks as far ahead as tap 15 looks back, from the middle of the channel.
    const double middle = pulse_middle - delay + 0.25 * static_cast<double>(taps - 1);
    const auto ahead = static_cast<std::ptrdiff_t>(std::lround(middle * per_symbol));
    std::vector<std::array<Value, taps>> rows;
    std::vector<Value> samples;
    for (std::size_t k = first_symbol; k < last_symbol; ++k) {
        std::array<Value, taps> row{};
        for (std::size_t tap = 0; tap < taps; ++tap) {
            const std::ptrdiff_t at =
                static_cast<std::ptrdiff_t>(k * per_symbol) + ahead - static_cast<std::ptrdiff_t>(tap);
            if (at >= 0 && at < static_cast<std::ptrdiff_t>(x.size()))
                row.at(tap) = x[static_cast<std::size_t>(at)];
        }
        rows.push_back(row);
        samples.emplace_back(y[k]);
    }
    const auto channel = fitted(rows, samples);
    std::vector<Value> model;
    double power = 0.0;
    for (const auto& row : rows) {
        Value sum{};
        for (std::size_t tap = 0; tap < taps; ++tap)
            sum += channel[tap] * row[tap];
        model.push_back(sum);
        power += std::norm(sum);
    }
    power /= static_cast<double>(model.size());
    if (!(power > 0.0))
        return;
    std::vector<double> phases;
    std::vector<double> places;
    double along = 0.0;
    for (std::size_t i = 0; i < model.size(); ++i) {
        const double size = std::norm(model[i]);
        if (size < clear * power)
            continue;
        const Value error = samples[i] * std::conj(model[i]) / size;
        phases.push_back(std::arg(error));
        places.push_back(static_cast<double>(i));
        along += (std::abs(error) - 1.0) * (std::abs(error) - 1.0);
    }
    if (phases.size() < model.size() / 4)
        return;
    straighten(phases, places);
    double across = 0.0;
    double peak = 0.0;
    for (const double phase : phases) {
        across += phase * phase;
        peak = std::max(peak, std::abs(phase));
    }
    // What the fit has taken for the channel's.
    const double rest =
        static_cast<double>(phases.size()) * (1.0 - static_cast<double>(taps) / static_cast<double>(model.size()));
    across_ += across / rest;
    along_ += along / rest;
    peaks_deg_ += peak * 180.0 / pi;
    ++bursts_;
}

double ModulationError::rms_deg() const
{
    const double n = static_cast<double>(std::max<std::size_t>(bursts_, 1));
    return std::sqrt(std::max(0.0, across_ - along_) / n) * 180.0 / pi;
}

double ModulationError::peak_deg() const { return peaks_deg_ / static_cast<double>(std::max<std::size_t>(bursts_, 1)); }

double ModulationError::noise_share() const
{
    return 2.0 * along_ / static_cast<double>(std::max<std::size_t>(bursts_, 1));
}

std::array<std::uint8_t, burst_bits> sync_burst_bits(const SyncInfo& info)
{
    std::array<std::uint8_t, burst_bits> bits{};
    const auto coded = encode_sync(info.bsic, info.frame_number);
    constexpr std::size_t half = sync_soft_bits / 2;
    std::copy_n(coded.begin(), half, bits.begin() + tail_bits);
    for (std::size_t i = 0; i < sync_training.size(); ++i)
        bits.at(sync_training_at + i) = sync_training[i] == '1' ? 1 : 0;
    std::copy_n(coded.begin() + half, half, bits.begin() + sync_training_at + sync_training.size());
    return bits;
}

} // namespace gacsong::detect::gsm
