// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/captures/demo.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/dmr.hpp"
#include "tests/support/signals/remote.hpp"

namespace gacsong::test {

/// Land mobile, 12.5 kHz raster: one licensed DMR radio, and three that nobody licensed. These lie further from the
/// licensed channel than the clock of a plain dongle can be wrong (50 ppm: 22 kHz).
DemoFolder uhf_mix_demo()
{
    Scene scene;
    scene.sample_rate_hz = 192e3;
    scene.center_hz = 442.0e6;
    scene.start = demo_start;
    scene.duration_s = 1.2;
    scene.noise_dbfs_hz = -97.0;
    scene.seed = 442;
    scene.signals = {
        {.waveform = dmr({.colour_code = 3, .seed = 5}),
         .offset_hz = 62.5e3,
         .level = Level::dbfs(-24.0),
         .start_s = 0.06,
         .end_s = 1.14,
         .label = "licensed DMR radio"},
        {.waveform = nfm({.deviation_hz = 2500.0, .ctcss_hz = 123.0, .seed = 6}),
         .offset_hz = -37.5e3,
         .level = Level::dbfs(-27.0),
         .keying = Keying{{{0.10, 0.62}, {0.80, 1.15}}, 0.0, 3e-3},
         .label = "analogue radio, pressed twice"},
        {.waveform = carrier(), .offset_hz = 12.5e3, .level = Level::dbfs(-37.0), .label = "stuck transmitter"},
        {.waveform = nexus_thermometer({.id = 0x3B, .channel = 1, .tenths_celsius = 291, .humidity = 78}),
         .offset_hz = -70e3,
         .level = Level::dbfs(-22.0),
         .start_s = 0.33,
         .end_s = 0.86,
         .label = "sensor outside its band"},
    };
    return {"uhf_mix",
            "Land mobile at 442 MHz: DMR, analogue voice, a stuck carrier, a sensor. Made by signal builders.",
            {{"uhf_442M_192k",
              "Land mobile, 441.9-442.1 MHz: a licensed DMR radio; an analogue radio, a stuck carrier and a sensor "
              "without licence",
              std::move(scene),
              SampleFormat::of(Component::s8),
              {{.verdict = "licensed", .tolerance_hz = 1000.0},
               {.verdict = "unlicensed", .tolerance_hz = 1000.0},
               {.verdict = "unlicensed", .tolerance_hz = 500.0},
               {.verdict = "unlicensed", .modulation_also = {"ASK", "pulse"}, .system_optional = true}}}},
            {{"AG-LM-12", "Công ty vận tải mẫu", "land mobile", 442.0625e6, 12500.0, "7K60FXW", 25.0}}};
}

} // namespace gacsong::test
