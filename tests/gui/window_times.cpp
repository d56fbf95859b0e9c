// SPDX-License-Identifier: GPL-3.0-or-later
// How long a large capture takes: window_times [GIGABYTES]. Makes a sparse file with signal in its first and last
// pages, opens it, waits for the first picture, and jumps. Prints milliseconds; a machine with others on it says more.
#include "tests/gui/desk.hpp"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <numbers>
#include <string>

namespace {

using namespace gacsong;
using namespace gacsong::gui;

constexpr double rate_hz = 20e6;
constexpr std::int64_t page_bytes = 4 << 20;

/// A carrier at a quarter of the band, 12 dB below full scale.
std::string page()
{
    std::string out;
    for (std::int64_t k = 0; k < page_bytes / 2; ++k) {
        const double angle = 0.5 * std::numbers::pi * static_cast<double>(k);
        out += static_cast<char>(std::lround(32.0 * std::cos(angle)));
        out += static_cast<char>(std::lround(32.0 * std::sin(angle)));
    }
    return out;
}

/// Rough rows, of which each shows a part of its samples, are a picture as well.
bool shows_signal(Window& window)
{
    const auto& traces = window.picture().scene().traces;
    return !traces.empty() && *std::ranges::max_element(traces.maximum) > -60.0F;
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const double gigabytes = argc > 1 ? std::stod(argv[1]) : 10.0;
    const auto bytes = static_cast<std::int64_t>(gigabytes * 1e9) / 2 * 2;
    const QTemporaryDir folder;
    const std::string path = folder.filePath("large_98M_20M.cs8").toStdString();
    {
        std::ofstream out(path, std::ios::binary);
        const std::string signal = page();
        out.write(signal.data(), page_bytes);
        out.seekp(bytes - page_bytes);
        out.write(signal.data(), page_bytes);
    }
    Window window(gui::test::demo_start(Language::en));
    window.resize(1920, 1080);
    window.show();
    gui::test::calm();
    QElapsedTimer time;
    time.start();
    sdr::InputFlags flags;
    flags.rate_hz = rate_hz;
    flags.center_hz = 98e6;
    flags.type = parse_sample_format("cs8");
    window.open(path, flags);
    if (!gui::test::until([&] { return window.session().recording().has_value(); }))
        return 1;
    std::cout << "open " << time.elapsed() << " ms\n";
    if (!gui::test::until([&] { return shows_signal(window); }))
        return 1;
    std::cout << "first picture " << time.elapsed() << " ms\n";
    const double duration = window.session().recording()->timeline.duration_s();
    constexpr double span_s = 0.1; // what the signal of the last page fills
    for (const double share : {1.0, 0.5, 0.0, 1.0}) {
        const paint::View view = window.picture().view();
        time.restart();
        const double end = std::max(span_s, share * duration);
        window.picture().set_view({view.low_hz, view.high_hz, end - span_s, end});
        const bool signal = share != 0.5;
        if (!gui::test::until([&] {
                return !window.picture().scene().traces.empty() && window.picture().view().to_s == end &&
                       (!signal || shows_signal(window));
            }))
            return 1;
        std::cout << "jump to " << end << " s: picture " << time.elapsed() << " ms";
        if (!gui::test::until([&] { return !window.picture().unfinished(); }))
            return 1;
        std::cout << ", every sample " << time.elapsed() << " ms\n";
    }
    return 0;
}
