// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scene.hpp"

#include "tests/support/noise.hpp"
#include "tests/support/quantise.hpp"
#include "tests/support/signals/loop.hpp"
#include "tests/support/transmitter.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gacsong::test {

namespace {

double db(double ratio) { return 10.0 * std::log10(ratio); }

double linear(double decibel) { return std::pow(10.0, decibel / 10.0); }

/// Power that a level stands for. \param bandwidth_hz  99 % width of the signal
double power_of(const Level& level, const std::optional<double>& noise_dbfs_hz, double bandwidth_hz)
{
    if (level.kind == Level::Kind::dbfs)
        return linear(level.value);
    if (!noise_dbfs_hz)
        throw std::invalid_argument("scene: a level relative to noise, but there is none");
    if (level.kind == Level::Kind::cn0_dbhz)
        return linear(level.value + *noise_dbfs_hz);
    if (bandwidth_hz <= 0.0)
        throw std::invalid_argument("scene: a line has no bandwidth; give its level as C/N0");
    return linear(level.value + *noise_dbfs_hz) * bandwidth_hz;
}

/// Power of the rounding error of I and Q together (monitoring.md §2.4).
double quantisation_power(SampleFormat format)
{
    return format.integer() ? 2.0 / 12.0 / (format.full_scale * format.full_scale) : 0.0;
}

} // namespace

struct SceneRenderer::Transmitter {
    PlacedSignal signal;
    double power;             ///< while on
    double cycles_per_sample; ///< as the receiver sees its offset
};

SceneRenderer::SceneRenderer(Scene scene) : scene_(std::move(scene))
{
    const double clock = 1.0 + scene_.receiver.clock_ppm * 1e-6;
    for (const Placed& placed : scene_.signals) {
        PlacedSignal signal(placed, scene_.duration_s);
        const double power = power_of(placed.level, scene_.noise_dbfs_hz, signal.occupied_band().bandwidth_hz());
        const double seen_hz = (placed.offset_hz - scene_.center_hz.value_or(0.0) * (clock - 1.0)) / clock;
        transmitters_.push_back({std::move(signal), power, seen_hz / scene_.sample_rate_hz});
    }
}

SceneRenderer::~SceneRenderer() = default;

void SceneRenderer::render_chunk(std::uint64_t number, std::span<std::complex<float>> out) const
{
    std::fill(out.begin(), out.end(), std::complex<float>{});
    const std::uint64_t first = number * chunk;
    const double dt_s = 1.0 / (scene_.sample_rate_hz * (1.0 + scene_.receiver.clock_ppm * 1e-6));
    std::vector<std::complex<double>> x(chunk);
    for (const Transmitter& transmitter : transmitters_) {
        if (!transmitter.signal.baseband(static_cast<double>(first) * dt_s, dt_s, x))
            continue;
        auto phasor = unit_phasor(wrap(static_cast<double>(first) * transmitter.cycles_per_sample, 1.0)) *
                      std::sqrt(transmitter.power);
        const auto step = unit_phasor(transmitter.cycles_per_sample);
        for (std::size_t i = 0; i < chunk; ++i) {
            const std::complex<double> y{phasor.real() * x[i].real() - phasor.imag() * x[i].imag(),
                                         phasor.real() * x[i].imag() + phasor.imag() * x[i].real()};
            out[i] += static_cast<std::complex<float>>(y);
            phasor = {phasor.real() * step.real() - phasor.imag() * step.imag(),
                      phasor.real() * step.imag() + phasor.imag() * step.real()};
        }
    }
    distort(scene_.receiver, out);
    if (scene_.noise_dbfs_hz)
        add_white_noise(scene_.seed, first, linear(*scene_.noise_dbfs_hz) * scene_.sample_rate_hz, out);
    convert_down(scene_.receiver, out);
}

void SceneRenderer::render(std::uint64_t first, std::span<std::complex<float>> out) const
{
    std::vector<std::complex<float>> whole;
    while (!out.empty()) {
        const std::uint64_t number = first / chunk;
        const std::size_t skip = first % chunk;
        const std::size_t count = std::min(out.size(), chunk - skip);
        if (count == chunk) {
            render_chunk(number, out.first(chunk));
        } else {
            whole.resize(chunk);
            render_chunk(number, whole);
            std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(skip), count, out.begin());
        }
        out = out.subspan(count);
        first += count;
    }
}

TrueEmission SceneRenderer::truth_of(const Transmitter& transmitter, double noise_density) const
{
    const Placed& placed = transmitter.signal.placed();
    const Description& description = placed.waveform->description();
    const Occupied& band = transmitter.signal.occupied_band();
    const double clock = 1.0 + scene_.receiver.clock_ppm * 1e-6;
    const double zero_hz = transmitter.cycles_per_sample * scene_.sample_rate_hz;
    TrueEmission e;
    e.label = placed.label;
    e.bandwidth_hz = band.bandwidth_hz();
    e.offset_hz = zero_hz + (description.asymmetric ? band.center_hz() : 0.0);
    if (scene_.center_hz)
        e.center_hz = *scene_.center_hz + e.offset_hz;
    e.low_hz = zero_hz + band.low_hz;
    e.high_hz = zero_hz + band.high_hz;
    const double power = transmitter.power * std::norm(scene_.receiver.direct());
    e.power_dbfs = db(power);
    e.cn0_dbhz = db(power / noise_density);
    if (e.bandwidth_hz > 0.0)
        e.snr_db = e.cn0_dbhz - db(e.bandwidth_hz);
    double on_s = 0.0;
    for (const Interval& burst : transmitter.signal.on_times()) {
        e.bursts.push_back({burst.start_s * clock, burst.end_s * clock});
        on_s += e.bursts.back().end_s - e.bursts.back().start_s;
    }
    if (!e.bursts.empty()) {
        e.start_s = e.bursts.front().start_s;
        e.end_s = e.bursts.back().end_s;
        e.duty = on_s / (e.end_s - e.start_s);
    }
    e.period_s = transmitter.signal.period_s();
    e.modulation = description.modulation;
    e.system = description.system;
    e.identity = description.identity;
    e.symbol_rate_hz = description.symbol_rate_hz;
    e.deviation_hz = description.deviation_hz;
    return e;
}

Truth SceneRenderer::truth(std::optional<SampleFormat> stored) const
{
    const ReceiverFaults& faults = scene_.receiver;
    double density = scene_.noise_dbfs_hz ? linear(*scene_.noise_dbfs_hz) : 0.0;
    density *= std::norm(faults.direct()) + std::norm(faults.image());
    if (stored)
        density += quantisation_power(*stored) / scene_.sample_rate_hz;
    Truth truth;
    truth.noise_dbfs_hz = db(std::max(density, 1e-30));
    for (const Transmitter& transmitter : transmitters_)
        truth.emissions.push_back(truth_of(transmitter, std::max(density, 1e-30)));
    add_artefacts(truth);
    return truth;
}

void SceneRenderer::add_artefacts(Truth& truth) const
{
    const ReceiverFaults& faults = scene_.receiver;
    if (std::norm(faults.dc) > 0.0)
        truth.artefacts.push_back({"dc", 0.0, 0.0, db(std::norm(faults.dc))});
    for (const TrueEmission& e : truth.emissions) {
        if (std::norm(faults.image()) > 0.0)
            truth.artefacts.push_back(
                {"image", -e.offset_hz, e.bandwidth_hz, e.power_dbfs - db(faults.image_rejection())});
    }
    if (!faults.ip3_dbfs)
        return;
    for (const TrueEmission& a : truth.emissions) {
        for (const TrueEmission& b : truth.emissions) {
            const double offset_hz = 2.0 * a.offset_hz - b.offset_hz;
            const bool together = a.start_s < b.end_s && b.start_s < a.end_s;
            if (&a != &b && together && std::abs(offset_hz) < 0.5 * scene_.sample_rate_hz)
                truth.artefacts.push_back({"third order", offset_hz, 2.0 * a.bandwidth_hz + b.bandwidth_hz,
                                           2.0 * a.power_dbfs + b.power_dbfs - 2.0 * *faults.ip3_dbfs});
        }
    }
}

std::uint64_t Scene::length() const { return static_cast<std::uint64_t>(std::llround(duration_s * sample_rate_hz)); }

std::vector<std::complex<float>> Scene::build() const
{
    std::vector<std::complex<float>> out(length());
    SceneRenderer(*this).render(0, out);
    return out;
}

std::vector<std::byte> Scene::build(SampleFormat format) const { return quantise(build(), format); }

Truth Scene::truth(std::optional<SampleFormat> stored) const { return SceneRenderer(*this).truth(stored); }

} // namespace gacsong::test
