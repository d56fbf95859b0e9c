// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/captures/demo.hpp"
#include "tests/support/signals/broadcast.hpp"

namespace gacsong::test {

namespace {

constexpr double megahertz = 1e6;

Placed station(const char* label, double offset_hz, double level_dbfs, const WfmSettings& settings)
{
    return {.waveform = wfm(settings), .offset_hz = offset_hz, .level = Level::dbfs(level_dbfs), .label = label};
}

WfmSettings licensed(std::uint64_t seed, std::uint16_t pi, const char* name)
{
    return {.rds = RdsSettings{.pi = pi, .ps = name, .programme_type = 10}, .seed = seed};
}

/// Two groups of RDS fit into the recording: the identification of a station is in each, its name takes four.
Expected short_of_name(const char* verdict) { return {.verdict = verdict, .too_short_for = {"rds_ps"}}; }

/// Five stations 300 kHz apart: three as licensed, one 20 kHz off its frequency, one that nobody licensed.
DemoRecording wide()
{
    Scene scene;
    scene.sample_rate_hz = 2.048e6;
    scene.center_hz = 98.05 * megahertz;
    scene.start = demo_start;
    scene.duration_s = 0.215;
    scene.noise_dbfs_hz = -108.0;
    scene.seed = 98;
    scene.signals = {
        station("licensed A", -650e3, -20.0, licensed(1, 0x7A01, "MAU A FM")),
        station("pirate", -350e3, -29.0, {.stereo = false, .seed = 2}),
        station("licensed B", -50e3, -18.0, licensed(3, 0x7A02, "MAU B FM")),
        station("licensed C, 20 kHz too high", 270e3, -23.0, licensed(4, 0x7A03, "MAU C FM")),
        station("licensed D", 550e3, -25.0, licensed(5, 0x7A04, "MAU D FM")),
    };
    return {"fm_98M_2M048",
            "FM broadcasting, 97.0-99.1 MHz: three stations as licensed, one 20 kHz off its frequency, one pirate",
            std::move(scene),
            SampleFormat::of(Component::s8),
            {short_of_name("licensed"), short_of_name("unlicensed"), short_of_name("licensed"),
             short_of_name("violation"), short_of_name("licensed")}};
}

/// A licensed station whose RDS can be read in full, and a pirate that is keyed on and off.
DemoRecording keyed()
{
    Scene scene;
    scene.sample_rate_hz = 640e3;
    scene.center_hz = 99.05 * megahertz;
    scene.start = demo_start;
    scene.duration_s = 0.56;
    scene.noise_dbfs_hz = -103.0;
    scene.seed = 99;
    scene.signals = {station("licensed E", -150e3, -13.0, licensed(6, 0x7A05, "MAU E FM")),
                     station("keyed pirate", 150e3, -21.0, {.deviation_hz = 50e3, .stereo = false, .seed = 7})};
    scene.signals[1].keying = Keying{{{0.04, 0.24}, {0.31, 0.44}, {0.49, 0.54}}, 0.0, 2e-3};
    return {"fm_99M_640k",
            "FM broadcasting, 98.8-99.3 MHz: a licensed station with RDS, and a pirate that goes on and off",
            std::move(scene),
            SampleFormat::of(Component::s8),
            {{.verdict = "licensed"}, {.verdict = "unlicensed"}}};
}

DemoLicence row(const char* id, const char* holder, double mhz, double power_w)
{
    return {id, holder, "broadcasting FM", mhz * megahertz, 256000.0, "256KF8E", power_w};
}

} // namespace

DemoFolder fm_band_demo()
{
    return {
        "fm_band",
        "FM broadcasting around 98 MHz: licensed stations, one off its frequency, pirates. Made by signal builders.",
        {wide(), keyed()},
        {row("AG-FM-01", "Đài Phát thanh mẫu A", 97.4, 5000.0), row("AG-FM-02", "Đài Phát thanh mẫu B", 98.0, 5000.0),
         row("AG-FM-03", "Đài Phát thanh mẫu C", 98.3, 1000.0), row("AG-FM-04", "Đài Phát thanh mẫu D", 98.6, 500.0),
         row("AG-FM-05", "Đài Phát thanh mẫu E", 98.9, 2000.0)}};
}

} // namespace gacsong::test
