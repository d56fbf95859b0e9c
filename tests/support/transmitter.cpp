// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/transmitter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr std::size_t measuring_frame = 4096;
constexpr std::size_t measuring_samples = 1U << 19U;

std::size_t index_at(double t_s, double t0_s, double dt_s, std::size_t size)
{
    const double position = std::ceil((t_s - t0_s) / dt_s);
    return static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(size)));
}

} // namespace

PlacedSignal::PlacedSignal(Placed placed, double scene_end_s)
    : placed_(std::move(placed)), end_s_(std::min(placed_.end_s, scene_end_s))
{
    if (placed_.keying)
        keying_ = *placed_.keying;
    else if (placed_.waveform->description().keying)
        keying_ = *placed_.waveform->description().keying;
    else
        keying_ = {{{0.0, placed_.end_s - placed_.start_s}}, 0.0, placed_.ramp_s};
    measure();
}

bool PlacedSignal::add_path(double t0_s, double dt_s, std::complex<double> gain, std::span<std::complex<double>> out,
                            std::span<double> envelope) const
{
    const double from_s = t0_s - placed_.start_s;
    const double to_s = from_s + dt_s * static_cast<double>(out.size());
    const double last_s = placed_.end_s - placed_.start_s;
    bool any = false;
    std::vector<std::complex<double>> x;
    for (Interval span : keying_.between(std::max(from_s, 0.0), std::min(to_s, last_s))) {
        span.end_s = std::min(span.end_s, last_s);
        const std::size_t first = index_at(span.start_s, from_s, dt_s, out.size());
        const std::size_t last = index_at(span.end_s, from_s, dt_s, out.size());
        if (first >= last)
            continue;
        any = true;
        x.resize(last - first);
        const double speed = 1.0 + placed_.symbol_clock_ppm * 1e-6;
        placed_.waveform->sample((from_s + dt_s * static_cast<double>(first)) * speed, dt_s * speed, x);
        for (std::size_t i = first; i < last; ++i) {
            const double amplitude = ramped(span, keying_.ramp_s, from_s + dt_s * static_cast<double>(i));
            out[i] += amplitude * gain * x[i - first];
            envelope[i] = std::max(envelope[i], amplitude);
        }
    }
    return any;
}

bool PlacedSignal::raw(double t0_s, double dt_s, std::span<std::complex<double>> out, std::span<double> envelope) const
{
    std::fill(out.begin(), out.end(), 0.0);
    std::fill(envelope.begin(), envelope.end(), 0.0);
    bool any = add_path(t0_s, dt_s, 1.0, out, envelope);
    if (placed_.echo) {
        const auto gain = std::polar(std::pow(10.0, placed_.echo->gain_db / 20.0),
                                     placed_.echo->phase_deg * std::numbers::pi / 180.0);
        any = add_path(t0_s - placed_.echo->delay_s, dt_s, gain, out, envelope) || any;
    }
    return any;
}

bool PlacedSignal::baseband(double t0_s, double dt_s, std::span<std::complex<double>> out) const
{
    const double tail_s = placed_.echo ? placed_.echo->delay_s : 0.0;
    if (t0_s >= placed_.end_s + tail_s || t0_s + dt_s * static_cast<double>(out.size()) < placed_.start_s)
        return false;
    std::vector<double> envelope(out.size());
    if (!raw(t0_s, dt_s, out, envelope))
        return false;
    for (auto& x : out)
        x *= scale_;
    return true;
}

/// Reads the signal alone at twice its span: all of it, or 128 frames spread evenly where it is long.
void PlacedSignal::measure()
{
    const Description& description = placed_.waveform->description();
    if (description.line && !placed_.echo)
        return;
    const double rate_hz = 2.0 * description.span_hz;
    const double length_s = std::max(end_s_ - placed_.start_s, 0.0);
    const double samples = length_s * rate_hz;
    const bool all = samples <= static_cast<double>(measuring_samples);
    const std::size_t pieces = all ? 1 : measuring_samples / measuring_frame;
    const std::size_t size = all ? std::max(static_cast<std::size_t>(samples), std::size_t{16}) : measuring_frame;
    std::vector<double> spectrum(measuring_frame, 0.0);
    std::vector<std::complex<double>> x(size);
    std::vector<double> envelope(size);
    double energy = 0.0;
    double on = 0.0;
    for (std::size_t piece = 0; piece < pieces; ++piece) {
        const double t0_s = placed_.start_s + length_s * static_cast<double>(piece) / static_cast<double>(pieces);
        if (!raw(t0_s, 1.0 / rate_hz, x, envelope))
            continue;
        for (std::size_t i = 0; i < size; ++i) {
            energy += std::norm(x[i]);
            on += envelope[i] * envelope[i];
        }
        const auto part = welch(std::span<const std::complex<double>>{x}, measuring_frame);
        for (std::size_t k = 0; k < measuring_frame; ++k)
            spectrum[k] += part[k];
    }
    if (energy <= 0.0)
        return;
    scale_ = std::sqrt(on / energy);
    if (!description.line)
        occupied_ = occupied(spectrum, rate_hz);
}

std::vector<Interval> PlacedSignal::on_times() const
{
    std::vector<Interval> out;
    const double last_s = end_s_ - placed_.start_s;
    for (const Interval& span : keying_.between(0.0, last_s)) {
        if (out.size() == 2000)
            break;
        out.push_back({placed_.start_s + span.start_s, placed_.start_s + std::min(span.end_s, last_s)});
    }
    return out;
}

std::optional<double> PlacedSignal::period_s() const
{
    if (keying_.period_s > 0.0 && keying_.period_s < end_s_ - placed_.start_s)
        return keying_.period_s;
    return std::nullopt;
}

} // namespace gacsong::test
