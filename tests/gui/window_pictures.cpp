// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the window for the documents, to be looked at: window_pictures [--every] FOLDER [RECORDING [REGISTER]]
// --every: all sizes, modes and text sizes of screen.md instead; QT_SCALE_FACTOR=2 makes them twice as fine;
// GACSONG_PICTURES=desk-dark takes those alone whose names begin so.
#include "tests/gui/desk.hpp"

#include <QApplication>
#include <QHash>
#include <QImage>
#include <QStyleFactory>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace gacsong;
using namespace gacsong::gui;

struct Shot {
    std::string name;
    QSize size;
    ThemeChoice theme;
    Language language;
    bool car = false;
    int text_percent = 100;
    bool select = true;
    bool cells = false;
};

/// The picture with 256 colours, its own most frequent ones and those of the waterfall, to keep the repository small.
QImage small(const QImage& image, const paint::Theme& theme)
{
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < plain.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(plain.constScanLine(y));
        for (int x = 0; x < plain.width(); ++x)
            ++counts[line[x] | 0xFF000000U];
    }
    QList<QRgb> frequent = counts.keys();
    std::ranges::sort(frequent, [&](QRgb a, QRgb b) { return counts[a] > counts[b]; });
    const paint::ColourMap map(paint::default_map(theme.kind), false, theme);
    QList<QRgb> table = frequent.mid(0, 156);
    for (std::size_t i = 0; i < 100; ++i)
        table << (map.at(i * (paint::ColourMap::steps - 1) / 99) | 0xFF000000U);
    return plain.convertToFormat(QImage::Format_Indexed8, table, Qt::ThresholdDither);
}

bool take(const Shot& shot, const std::string& folder, const std::string& recording, const std::string& licences)
{
    WindowStart start = test::demo_start(shot.language);
    start.settings.theme = shot.theme;
    start.settings.car = shot.car;
    start.settings.text_percent = shot.text_percent;
    start.files.register_file = licences;
    Window window(std::move(start));
    window.resize(shot.size);
    window.show();
    window.open(recording, {});
    if (!test::settled(window))
        return false;
    if (shot.cells)
        window.action(Act::cells_view).trigger();
    if (shot.select) {
        window.action(Act::next).trigger();
        static_cast<void>(test::until([&, count = 0]() mutable { return ++count > 40; }));
    }
    return small(window.grab().toImage(),
                 paint::theme(shot.theme == ThemeChoice::dark ? paint::ThemeKind::dark : paint::ThemeKind::light))
        .save(QString::fromStdString(folder + "/" + shot.name + ".png"), "PNG");
}

std::vector<Shot> every_shot()
{
    std::vector<Shot> all;
    for (const bool dark : {true, false})
        for (const QSize size : {QSize(1280, 720), QSize(1920, 1080), QSize(960, 1000)})
            for (const int percent : {80, 100, 200})
                for (const bool car : {false, true})
                    for (const bool cells : {false, true}) {
                        if (car && (cells || size != QSize(1280, 720)))
                            continue;
                        Shot shot{"", size, dark ? ThemeChoice::dark : ThemeChoice::light,
                                  dark ? Language::vi : Language::en};
                        shot.car = car;
                        shot.text_percent = percent;
                        shot.cells = cells;
                        shot.name = std::string(cells ? "cells-" : (car ? "car-" : "desk-")) +
                                    (dark ? "dark" : "light") + "-" + std::to_string(size.width()) + "-" +
                                    std::to_string(percent);
                        all.push_back(shot);
                    }
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    const bool every = argc > 1 && std::string_view(argv[1]) == "--every";
    if (every) {
        ++argv;
        --argc;
    }
    if (argc < 2) {
        std::cerr << "window_pictures [--every] FOLDER [RECORDING [REGISTER]]\n";
        return 2;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    const std::string recording = argc > 2 ? argv[2] : test::demo_recording();
    const std::string licences =
        argc > 3 ? argv[3] : (argc > 2 ? std::string() : test::demo_start(Language::vi).files.register_file);
    const std::vector<Shot> shots =
        every ? every_shot()
              : std::vector<Shot>{
                    {"main-dark", {1920, 1080}, ThemeChoice::dark, Language::vi},
                    {"main-light", {1920, 1080}, ThemeChoice::light, Language::en},
                    {"small-dark", {1280, 720}, ThemeChoice::dark, Language::en},
                    {"half-light", {960, 1000}, ThemeChoice::light, Language::vi},
                    {"car-light", {1280, 720}, ThemeChoice::light, Language::vi, true},
                    {"cells-dark", {1920, 1080}, ThemeChoice::dark, Language::vi, false, 100, true, true},
                    {"cells-small-light", {1280, 720}, ThemeChoice::light, Language::en, false, 100, true, true},
                    {"large-text", {1920, 1080}, ThemeChoice::dark, Language::vi, false, 200},
                };
    const std::string wanted = qEnvironmentVariable("GACSONG_PICTURES").toStdString();
    for (const Shot& shot : shots) {
        if (!shot.name.starts_with(wanted))
            continue;
        if (!take(shot, argv[1], recording, licences)) {
            std::cerr << "no picture of " << shot.name << '\n';
            return 1;
        }
    }
    return 0;
}
