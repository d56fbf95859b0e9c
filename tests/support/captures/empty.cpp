// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/captures/demo.hpp"

namespace gacsong::test {

namespace {

/// Noise as a plain receiver shows it: a constant in I and Q, and gain and phase a little unequal.
DemoRecording silent(const char* name, Component component, double center_hz, double duration_s, std::uint64_t seed)
{
    Scene scene;
    scene.sample_rate_hz = 240e3;
    scene.center_hz = center_hz;
    scene.start = demo_start;
    scene.duration_s = duration_s;
    scene.noise_dbfs_hz = -90.0;
    scene.seed = seed;
    scene.receiver = {.iq_gain_db = 0.4, .iq_phase_deg = 2.0, .dc = {0.012, -0.008}};
    return {name, "Receiver noise with a DC offset and unequal I and Q: nothing to find", std::move(scene),
            SampleFormat::of(component)};
}

} // namespace

DemoFolder empty_demo()
{
    return {"empty",
            "Noise only; a scan must stay silent. Made by signal builders.",
            {silent("noise_446M_240k_cu8", Component::u8, 446.0e6, 0.25, 1),
             silent("noise_162M_240k_cs8", Component::s8, 162.0e6, 0.25, 2),
             silent("noise_1090M_240k_cs16", Component::s16, 1090.0e6, 0.125, 3)}};
}

} // namespace gacsong::test
