// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/signatures/grid.hpp"

#include "detect/signatures/recogniser.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/chirp.hpp"
#include "tests/support/signals/dmr.hpp"
#include "tests/support/signals/fsk.hpp"
#include "tests/support/signals/linear.hpp"
#include "tests/support/signals/ofdm.hpp"
#include "tests/support/signals/remote.hpp"
#include "tests/support/sources.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <random>

namespace gacsong::test {

namespace {

/// Two signals in one channel: nothing that a test of the modulation may name.
class Sum final : public Waveform {
public:
    Sum(WaveformPtr a, WaveformPtr b, double shift_hz)
        : Waveform(describe(*a, shift_hz)), a_(std::move(a)), b_(std::move(b)), shift_hz_(shift_hz)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        a_->sample(t0_s, dt_s, out);
        std::vector<std::complex<double>> other(out.size());
        b_->sample(t0_s, dt_s, other);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = t0_s + static_cast<double>(i) * dt_s;
            out[i] = std::sqrt(0.5) * (out[i] + other[i] * std::polar(1.0, 6.283185307179586 * shift_hz_ * t));
        }
    }

private:
    static Description describe(const Waveform& a, double shift_hz)
    {
        Description d;
        d.span_hz = a.description().span_hz + 2.0 * shift_hz;
        return d;
    }

    WaveformPtr a_;
    WaveformPtr b_;
    double shift_hz_;
};

GridClass linear_class(const char* name, Constellation constellation)
{
    return {name,
            {name},
            {"BPSK", "QPSK", "DQPSK", "8PSK", "QAM16", "QAM64"},
            200e3,
            0.12,
            [constellation](std::uint64_t seed) {
                LinearSettings s;
                s.constellation = constellation;
                s.symbol_rate_hz = 18000.0 + 500.0 * static_cast<double>(seed % 5);
                s.roll_off = seed % 2 == 0 ? 0.35 : 0.25;
                s.seed = seed;
                return linear(s);
            }};
}

GridClass fsk_class(const char* name, FskSettings base, double rate_hz, double duration_s)
{
    const std::vector<std::string> two{"FSK2", "GFSK", "GMSK"};
    const bool four = base.levels == 4;
    return {name,
            four ? std::vector<std::string>{"FSK4"} : two,
            {"FSK2", "GFSK", "GMSK", "FSK4"},
            rate_hz,
            duration_s,
            [base](std::uint64_t seed) {
                FskSettings s = base;
                s.seed = seed;
                return fsk(s);
            }};
}

GridClass ofdm_class(const char* name, OfdmSettings base, double rate_hz, double duration_s)
{
    return {name, {"OFDM"}, {"OFDM"}, rate_hz, duration_s, [base](std::uint64_t seed) {
                OfdmSettings s = base;
                s.seed = seed;
                return ofdm(s);
            }};
}

std::vector<GridClass> make_classes()
{
    const auto simple = [](const char* name, std::vector<std::string> right, double rate_hz, double duration_s,
                           std::function<WaveformPtr(std::uint64_t)> make) {
        return GridClass{name, right, right, rate_hz, duration_s, std::move(make)};
    };
    FskSettings pager;
    pager.symbol_rate_hz = 1200.0;
    pager.deviation_hz = 4500.0;
    FskSettings remote;
    remote.symbol_rate_hz = 20000.0;
    remote.deviation_hz = 25000.0;
    FskSettings gfsk = remote;
    gfsk.pulse = FskPulse::gauss;
    FskSettings four;
    four.levels = 4;
    four.deviation_hz = 1944.0;
    four.pulse = FskPulse::root_raised_cosine;
    four.shape = 0.2;
    OfdmSettings lte;
    lte.fft_size = 128;
    lte.prefix = 9;
    lte.spacing_hz = 15000.0;
    lte.carriers_each_side = 36;
    lte.symbols = 140;
    return {
        simple("carrier", {"carrier"}, 50e3, 1.0, [](std::uint64_t) { return carrier(); }),
        simple(
            "AM", {"AM"}, 50e3, 2.0,
            [](std::uint64_t seed) { return am({.depth = 0.5 + 0.1 * static_cast<double>(seed % 5), .seed = seed}); }),
        simple("NFM", {"NFM"}, 100e3, 2.0,
               [](std::uint64_t seed) { return nfm({.deviation_hz = seed % 2 == 0 ? 2500.0 : 4500.0, .seed = seed}); }),
        simple("WFM", {"WFM"}, 1e6, 0.4,
               [](std::uint64_t seed) { return wfm({.stereo = seed % 2 == 0, .seed = seed}); }),
        simple("OOK", {"OOK", "ASK", "pulse"}, 250e3, 0.4,
               [](std::uint64_t seed) { return ev1527(static_cast<std::uint32_t>(seed * 7919 % 1048576), 5); }),
        fsk_class("FSK2", pager, 100e3, 1.5),
        fsk_class("FSK2 wide", remote, 500e3, 0.15),
        fsk_class("GFSK", gfsk, 500e3, 0.15),
        fsk_class("GMSK", gmsk_settings(9600.0, 0.4), 100e3, 0.3),
        fsk_class("FSK4", four, 100e3, 0.6),
        linear_class("BPSK", Constellation::bpsk),
        linear_class("QPSK", Constellation::qpsk),
        linear_class("8PSK", Constellation::psk8),
        linear_class("DQPSK", Constellation::dqpsk_pi4),
        linear_class("QAM16", Constellation::qam16),
        linear_class("QAM64", Constellation::qam64),
        ofdm_class("OFDM Wi-Fi", {}, 25e6, 2e-3),
        ofdm_class("OFDM LTE", lte, 3.84e6, 20e-3),
        simple("CSS", {"CSS"}, 1e6, 0.3,
               [](std::uint64_t seed) {
                   return lora({.spreading_factor = 7 + static_cast<unsigned>(seed % 5), .seed = seed});
               }),
        simple("chirp", {"chirp"}, 4e6, 0.05,
               [](std::uint64_t seed) {
                   return chirp({.width_hz = 1e6, .period_s = 50e-6 * static_cast<double>(1 + seed % 4)});
               }),
        simple("SSB", {"SSB", "unknown"}, 50e3, 2.0, [](std::uint64_t seed) { return ssb({.seed = seed}); }),
        simple("noise", {"noise", "unknown"}, 1e6, 0.2, [](std::uint64_t seed) { return noise_band(100e3, seed); }),
        simple("two FM", {"unknown"}, 200e3, 1.0,
               [](std::uint64_t seed) {
                   return std::make_shared<Sum>(nfm({.seed = seed}), nfm({.seed = seed + 1}), 3000.0);
               }),
        simple("two QPSK", {"unknown"}, 200e3, 0.2,
               [](std::uint64_t seed) {
                   return std::make_shared<Sum>(linear({.seed = seed}),
                                                linear({.symbol_rate_hz = 15000.0, .seed = seed + 1}), 4000.0);
               }),
        simple("FSK and QPSK", {"unknown"}, 200e3, 0.2,
               [](std::uint64_t seed) {
                   return std::make_shared<Sum>(fsk({.symbol_rate_hz = 9600.0, .deviation_hz = 4000.0, .seed = seed}),
                                                linear({.seed = seed}), 2000.0);
               }),
    };
}

} // namespace

const std::vector<GridClass>& grid_classes()
{
    static const std::vector<GridClass> classes = make_classes();
    return classes;
}

Scene grid_scene(const GridClass& kind, double snr_db, std::uint64_t number)
{
    Scene scene;
    scene.sample_rate_hz = kind.rate_hz;
    scene.duration_s = kind.duration_s;
    scene.noise_dbfs_hz = -40.0 - 10.0 * std::log10(kind.rate_hz);
    scene.seed = 1000 + number;
    Placed placed;
    placed.waveform = kind.make(number + 1);
    const double room = 0.5 * kind.rate_hz - 0.6 * placed.waveform->description().span_hz;
    placed.offset_hz = std::max(0.0, room) * 0.8 * (static_cast<double>(number % 7) / 3.0 - 1.0);
    placed.level = placed.waveform->description().line ? Level::cn0_dbhz(snr_db + 30.0) : Level::snr_db(snr_db);
    placed.symbol_clock_ppm = 20.0 * (static_cast<double>(number % 3) - 1.0);
    if (number % 4 == 1)
        placed.echo = Echo{0.15 / std::max(1000.0, placed.waveform->description().span_hz), -8.0,
                           static_cast<double>(number * 37 % 360)};
    scene.signals = {placed};
    scene.receiver.clock_ppm = 10.0;
    if (number % 4 == 2) {
        scene.receiver.iq_gain_db = 0.5;
        scene.receiver.iq_phase_deg = 2.0;
    }
    return scene;
}

Emission grid_emission(const Scene& scene, std::uint64_t number)
{
    const TrueEmission truth = scene.truth().emissions.at(0);
    const double wobble = static_cast<double>(number % 5) / 2.0 - 1.0; // −1 … 1
    Emission e;
    e.bandwidth_hz = truth.bandwidth_hz * (1.0 + 0.05 * wobble);
    e.offset_hz = truth.offset_hz + 0.01 * wobble * truth.bandwidth_hz;
    e.power_dbfs = truth.power_dbfs;
    const double width = std::max(1.0, e.bandwidth_hz);
    e.snr_db = truth.cn0_dbhz - 10.0 * std::log10(width) + 0.4 * wobble;
    e.start_s = truth.start_s;
    e.end_s = truth.end_s;
    e.duty = truth.duty;
    e.bursts = std::max<std::size_t>(1, truth.bursts.size());
    for (const auto& burst : truth.bursts)
        e.burst_list.push_back({burst.start_s, burst.end_s});
    return e;
}

Emission recognised(const Scene& scene, std::uint64_t number)
{
    Emission e = grid_emission(scene, number);
    const auto format = SampleFormat::of(number % 2 == 0 ? Component::s8 : Component::s16);
    const SceneHistory history(scene, format);
    const detect::Replay replay{&history, scene.sample_rate_hz, 0, 0.0, scene.center_hz, 0.0};
    detect::recognise(e, replay);
    return e;
}

} // namespace gacsong::test
