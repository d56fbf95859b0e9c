// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/built.hpp"

#include "detect/signatures/recogniser.hpp"
#include "tests/detect/signatures/grid.hpp"
#include "tests/support/sources.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace gacsong::test {

namespace {

class Repeated final : public Waveform {
public:
    Repeated(std::vector<std::complex<float>> samples, double rate_hz, double span_hz)
        : Waveform(describe(span_hz)), samples_(std::move(samples)), rate_hz_(rate_hz)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double at = std::max(0.0, (t0_s + static_cast<double>(i) * dt_s) * rate_hz_);
            const auto base = static_cast<std::size_t>(at);
            const double part = at - static_cast<double>(base);
            std::complex<double> sum{};
            for (std::size_t k = 0; k < 2 * half; ++k) {
                const double x = part + static_cast<double>(half) - 1.0 - static_cast<double>(k);
                sum += std::complex<double>(samples_[(base + samples_.size() + k + 1 - half) % samples_.size()]) *
                       kernel(x);
            }
            out[i] = sum;
        }
    }

private:
    static constexpr std::size_t half = 8;

    static constexpr double fineness = 512.0;

    static std::vector<double> make_kernel()
    {
        std::vector<double> out;
        for (double x = -static_cast<double>(half); x <= static_cast<double>(half); x += 1.0 / fineness) {
            const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * x / static_cast<double>(half));
            out.push_back(std::abs(x) < 1e-9 ? 1.0 : window * std::sin(std::numbers::pi * x) / (std::numbers::pi * x));
        }
        return out;
    }

    static double kernel(double x)
    {
        static const auto table = make_kernel();
        const auto at = static_cast<std::size_t>(std::max(0.0, (x + static_cast<double>(half)) * fineness + 0.5));
        return at < table.size() ? table[at] : 0.0;
    }

    static Description describe(double span_hz)
    {
        Description d;
        d.span_hz = span_hz;
        return d;
    }

    std::vector<std::complex<float>> samples_;
    double rate_hz_;
};

} // namespace

Emission named(const Built& built)
{
    Scene scene;
    scene.sample_rate_hz = built.rate_hz;
    scene.duration_s = built.duration_s;
    scene.seed = built.seed;
    scene.noise_dbfs_hz = -40.0 - 10.0 * std::log10(built.rate_hz);
    if (built.center_hz > 0.0)
        scene.center_hz = built.center_hz;
    Placed placed;
    placed.waveform = built.waveform;
    placed.offset_hz = 0.02 * built.rate_hz;
    placed.level = Level::snr_db(built.snr_db);
    placed.symbol_clock_ppm = 15.0;
    scene.signals = {placed};
    scene.receiver.clock_ppm = built.center_hz > 0.0 ? 1.0 : 10.0;
    Emission e = grid_emission(scene, built.seed);
    if (scene.center_hz)
        e.center_hz = *scene.center_hz + e.offset_hz;
    const SceneHistory history(scene, SampleFormat::of(Component::s8));
    detect::recognise(e, {&history, scene.sample_rate_hz, 0, 0.0, scene.center_hz, 0.0});
    return e;
}

WaveformPtr repeated(std::vector<std::complex<float>> samples, double rate_hz, double span_hz)
{
    return std::make_shared<Repeated>(std::move(samples), rate_hz, span_hz);
}

} // namespace gacsong::test
