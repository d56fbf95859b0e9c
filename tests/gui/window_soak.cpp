// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a window that listens for hours stays as small as it was: window_soak [HOURS]. A replayed receiver of 50 kHz
// gives its samples as fast as they are taken, so that two hours pass in minutes; the window shows the newest all the
// time, zooms, selects and draws. Prints its memory every ten simulated minutes and ends with 1 where the second half
// grew by more than a tenth.
#include "sdr/receivers/address.hpp"
#include "tests/gui/desk.hpp"

#include <unistd.h>

#include <QApplication>
#include <QTemporaryDir>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <numbers>
#include <random>

namespace {

using namespace gacsong;
using namespace gacsong::gui;

constexpr double rate_hz = 50e3;
constexpr double report_every_s = 600.0;

/// A minute of noise, a carrier that stays and one that is keyed for half a second every five.
void write_minute(const std::string& path)
{
    std::mt19937 random(7); // NOLINT: the same minute in every run
    std::normal_distribution<double> noise(0.0, 60.0);
    std::ofstream out(path, std::ios::binary);
    std::string block;
    for (std::int64_t k = 0; k < static_cast<std::int64_t>(60.0 * rate_hz); ++k) {
        const double t = static_cast<double>(k) / rate_hz;
        const double keyed = std::fmod(t, 5.0) < 0.5 ? 1'500.0 : 0.0;
        const double a = 2.0 * std::numbers::pi * 10e3 * t + 2.0 * std::sin(2.0 * std::numbers::pi * 400.0 * t);
        const double b = -2.0 * std::numbers::pi * 8e3 * t;
        for (const double value : {2'000.0 * std::cos(a) + keyed * std::cos(b) + noise(random),
                                   2'000.0 * std::sin(a) + keyed * std::sin(b) + noise(random)}) {
            const auto word = static_cast<std::uint16_t>(static_cast<std::int16_t>(std::lround(value)));
            block += static_cast<char>(word & 0xFFU);
            block += static_cast<char>(word >> 8U);
        }
    }
    out << block;
}

double resident_mb()
{
    std::ifstream statm("/proc/self/statm");
    double all = 0.0;
    double resident = 0.0;
    statm >> all >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
    QApplication application(argc, argv);
    const double hours = argc > 1 ? std::stod(argv[1]) : 2.0;
    const QTemporaryDir folder;
    const std::string path = folder.filePath("minute.cs16").toStdString();
    write_minute(path);
    Window window(gui::test::demo_start(Language::vi));
    window.resize(1920, 1080);
    window.show();
    const std::string address = "soapy:driver=replay,loop=1,speed=0,rate=50000,center=446000000,type=cs16,file=" + path;
    const auto args = sdr::parse_receiver(address);
    if (!args)
        return 2;
    sdr::ReceiverSettings settings;
    settings.args = *args;
    settings.program = GACSONG_RECEIVER;
    window.listen({address, settings});
    if (!gui::test::until([&] { return window.session().recording().has_value(); }))
        return 2;
    double middle_mb = 0.0;
    double next_s = report_every_s;
    for (double seen_s = 0.0; seen_s < 3600.0 * hours;) {
        if (!gui::test::until([&] { return window.session().recording()->timeline.duration_s() > seen_s + 20.0; })) {
            std::cerr << "nothing more was received after " << seen_s << " s\n";
            return 1;
        }
        seen_s = window.session().recording()->timeline.duration_s();
        window.action(Act::next).trigger();
        window.action(Act::zoom_in).trigger();
        window.action(Act::show_all).trigger();
        static_cast<void>(window.grab());
        if (seen_s < next_s)
            continue;
        next_s += report_every_s;
        std::cout << static_cast<int>(seen_s / 60.0) << " min: " << resident_mb() << " MB, "
                  << window.session().emissions().size() << " emissions\n"
                  << std::flush;
        if (middle_mb == 0.0 && seen_s >= 1800.0 * hours)
            middle_mb = resident_mb();
    }
    const double grown = resident_mb() / std::max(middle_mb, 1.0);
    window.session().stop();
    return grown > 1.1 ? 1 : 0;
}
