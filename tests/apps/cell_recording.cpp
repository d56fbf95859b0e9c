// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/apps/cell_recording.hpp"

#include "tests/support/scene.hpp"
#include "tests/support/signals/gsm.hpp"

#include <fstream>

namespace gacsong::test {

std::filesystem::path cell_recording(const std::filesystem::path& folder, double offset_hz)
{
    GsmSettings cell;
    cell.frames = 416;
    cell.bcch = gsm_system_information();
    cell.ccch = {gsm_empty_paging()};
    Scene scene;
    scene.sample_rate_hz = 13e6 / 24.0;
    scene.duration_s = 1.9;
    scene.noise_dbfs_hz = -110.0;
    scene.signals = {{.waveform = gsm(cell), .offset_hz = offset_hz, .level = Level::dbfs(-20.0)}};
    const auto bytes = scene.build(SampleFormat::of(Component::s8));
    const auto path = folder / "cell.cs8";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path;
}

} // namespace gacsong::test
