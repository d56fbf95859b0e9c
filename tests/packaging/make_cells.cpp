// SPDX-License-Identifier: GPL-3.0-or-later
// make_cells NAME: a recording of four GSM cells around 947.4 MHz as NAME.sigmf-data and NAME.sigmf-meta, for the
// commands of the guide that are about base stations.
#include "tests/support/scene.hpp"
#include "tests/support/signals/gsm.hpp"

#include <array>
#include <fstream>
#include <iostream>

namespace {

using namespace gacsong;

struct Cell {
    double offset_hz;
    unsigned identity;
    unsigned bsic;
    double level_dbfs;
};

/// The system information of the builder with an identity of its own (3GPP TS 44.018 §9.1.35: SI3, octets 4 and 5).
test::WaveformPtr waveform(const Cell& cell)
{
    test::GsmSettings settings;
    settings.frames = 416;
    settings.bsic = cell.bsic;
    settings.seed = cell.identity;
    settings.bcch = test::gsm_system_information();
    for (test::GsmBlock& block : settings.bcch) {
        if (block[2] == 0x1b) {
            block[3] = static_cast<std::uint8_t>(cell.identity >> 8U);
            block[4] = static_cast<std::uint8_t>(cell.identity & 0xffU);
        }
    }
    settings.ccch = {test::gsm_empty_paging()};
    return test::gsm(settings);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_cells NAME\n";
        return 2;
    }
    test::Scene scene;
    scene.sample_rate_hz = 13e6 / 6.0;
    scene.duration_s = 2.0;
    scene.noise_dbfs_hz = -112.0;
    const std::array<Cell, 4> cells{
        {{0.0, 30121, 23, -20.0}, {-600e3, 30122, 11, -27.0}, {400e3, 41007, 38, -33.0}, {800e3, 41008, 52, -38.0}}};
    for (const Cell& one : cells)
        scene.signals.push_back({.waveform = waveform(one),
                                 .offset_hz = one.offset_hz + 947.4e6 * 5e-6,
                                 .level = test::Level::dbfs(one.level_dbfs)});
    const auto bytes = scene.build(SampleFormat::of(Component::s8));
    const std::string name = argv[1];
    std::ofstream data(name + ".sigmf-data", std::ios::binary);
    data.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::ofstream meta(name + ".sigmf-meta");
    meta << R"({"global":{"core:datatype":"ci8","core:sample_rate":2166666.6666666665,"core:version":"1.2.5"},)"
         << R"("captures":[{"core:sample_start":0,"core:frequency":947400000,"core:datetime":"2026-11-02T03:15:00Z"}],)"
         << R"("annotations":[]})" << '\n';
    return data.flush() && meta.flush() ? 0 : 1;
}
