// SPDX-License-Identifier: GPL-3.0-or-later
// make_cells NAME: a recording of one GSM cell on 947.4 MHz as NAME.sigmf-data and NAME.sigmf-meta, for the commands of
// the guide that are about base stations.
#include "tests/support/scene.hpp"
#include "tests/support/signals/gsm.hpp"

#include <fstream>
#include <iostream>

int main(int argc, char** argv)
{
    using namespace gacsong;
    if (argc != 2) {
        std::cerr << "usage: make_cells NAME\n";
        return 2;
    }
    test::GsmSettings cell;
    cell.frames = 416;
    cell.bcch = test::gsm_system_information();
    cell.ccch = {test::gsm_empty_paging()};
    test::Scene scene;
    scene.sample_rate_hz = 13e6 / 24.0;
    scene.duration_s = 2.0;
    scene.noise_dbfs_hz = -110.0;
    scene.signals = {{.waveform = test::gsm(cell), .offset_hz = 947.4e6 * 5e-6, .level = test::Level::dbfs(-20.0)}};
    const auto bytes = scene.build(SampleFormat::of(Component::s8));
    const std::string name = argv[1];
    std::ofstream data(name + ".sigmf-data", std::ios::binary);
    data.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::ofstream meta(name + ".sigmf-meta");
    meta << R"({"global":{"core:datatype":"ci8","core:sample_rate":541666.6666666666,"core:version":"1.2.5"},)"
         << R"("captures":[{"core:sample_start":0,"core:frequency":947400000,"core:datetime":"2026-11-02T03:15:00Z"}],)"
         << R"("annotations":[]})" << '\n';
    return data.flush() && meta.flush() ? 0 : 1;
}
