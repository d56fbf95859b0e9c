// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/captures/demo.hpp"
#include "tests/support/signals/dect.hpp"

namespace gacsong::test {

/// A DECT 6.0 telephone (US band) in a call: base and handset take turns on 1924.992 MHz, in the uplink of the
/// 2100 MHz networks. Not permitted in Viet Nam.
DemoFolder dect6_demo()
{
    Scene scene;
    scene.sample_rate_hz = 2.304e6;
    scene.center_hz = 1925.2e6;
    scene.start = demo_start;
    scene.duration_s = 0.107;
    scene.noise_dbfs_hz = -108.5;
    scene.seed = 1925;
    const auto part = [](bool fixed, unsigned slot, double level_dbfs, const char* label) {
        return Placed{
            .waveform = dect({.fixed_part = fixed, .slot = slot, .rfpi = 0x00A5B1C2D8, .american = true, .seed = slot}),
            .offset_hz = -208e3,
            .level = Level::dbfs(level_dbfs),
            .label = label};
    };
    scene.signals = {part(true, 4, -18.5, "base"), part(false, 16, -23.5, "handset")};
    const Expected expected{.verdict = "unlicensed|protected|violation",
                            .tolerance_hz = 60e3,
                            .modulation_also = {"GMSK", "FSK2"},
                            .system_also = {"DECT"},
                            .may_be = 2};
    return {"dect6",
            "A DECT 6.0 cordless telephone at 1925 MHz, not permitted in Viet Nam. Made by signal builders.",
            {{"dect6_1925M_2M304",
              "DECT 6.0 telephone, base and handset, 1924.992 MHz",
              std::move(scene),
              SampleFormat::of(Component::s8),
              {expected, expected}}}};
}

} // namespace gacsong::test
