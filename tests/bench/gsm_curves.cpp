// SPDX-License-Identifier: GPL-3.0-or-later
// Success of the GSM receiver over SNR, offset, clock error, echo and interference: gsm_curves [multiframes] prints one
// line of CSV for each point. The curves of docs/gsm.md are made from it.
#include "detect/cells/cell_searcher.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/gsm.hpp"
#include "tests/support/sources.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <initializer_list>
#include <string>

namespace {

using namespace gacsong;
using namespace gacsong::test;

struct Point {
    std::string name;
    double snr_db = 10.0;
    double offset_hz = 0.0;
    double clock_ppm = 0.0;
    double echo_us = 0.0;
    double echo_db = -6.0;
    double interferer_db = 0.0; ///< 0: none
    bool centre_known = true;
};

double count(const Message& note, const std::string& name)
{
    for (const Argument& argument : note.arguments)
        if (argument.name == name)
            return static_cast<double>(std::get<std::int64_t>(argument.value));
    return 0.0;
}

void measure(const Point& point, unsigned multiframes)
{
    constexpr double rate_hz = 13e6 / 30.0;
    GsmSettings cell;
    cell.first_frame = 1200000;
    cell.frames = 51 * multiframes;
    cell.bcch = gsm_system_information();
    cell.ccch = {gsm_empty_paging()};
    Scene scene;
    scene.sample_rate_hz = rate_hz;
    scene.center_hz = 947.4e6;
    scene.duration_s = 51.0 * multiframes * 1250.0 * 48.0 / 13e6;
    scene.noise_dbfs_hz = -20.0 - point.snr_db - 10.0 * std::log10(13e6 / 48.0);
    scene.seed = 7 + static_cast<std::uint64_t>(10.0 * (point.snr_db + 20.0));
    Placed placed;
    placed.waveform = gsm(cell);
    placed.offset_hz = point.offset_hz;
    placed.level = Level::dbfs(-20.0);
    placed.symbol_clock_ppm = point.clock_ppm;
    if (point.echo_us > 0.0)
        placed.echo = Echo{point.echo_us * 1e-6, point.echo_db, 73.0};
    scene.signals.push_back(placed);
    if (point.interferer_db < 0.0) {
        GsmSettings other = cell;
        other.bsic = 12;
        other.first_frame = 777003;
        other.sync = false;
        other.ccch = {};
        other.seed = 99;
        Placed second;
        second.waveform = gsm(other);
        second.offset_hz = point.offset_hz + 300.0;
        second.level = Level::dbfs(-20.0 + point.interferer_db);
        scene.signals.push_back(second);
    }
    const auto samples = scene.build();
    const auto bytes = to_bytes(samples);
    detect::CellInput input;
    input.format = SampleFormat::of(Component::f32);
    input.sample_rate_hz = rate_hz;
    if (point.centre_known)
        input.center_hz = scene.center_hz;
    const std::clock_t began = std::clock();
    const auto make = detect::all_cell_searchers().front();
    const auto searcher = make(input);
    constexpr std::size_t piece = 8U << 14U;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        searcher->add(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)));
    searcher->finish();
    const double cpu_s = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    const auto report = searcher->take();
    double syncs = 0.0;
    double blocks = 0.0;
    for (const Message& note : report.notes)
        if (note.key == "cells.received" && count(note, "bsic") == 23.0) {
            syncs = count(note, "syncs");
            blocks = count(note, "blocks");
        }
    double snr_db = 0.0;
    double ppm = 0.0;
    std::size_t wrong = 0;
    for (const Cell& found : report.cells) {
        wrong += found.bsic != 23U || (!found.plmn.empty() && found.plmn != "452-04") ? 1 : 0;
        snr_db = found.snr_db.value_or(0.0);
        ppm = found.ppm.value_or(0.0);
    }
    std::printf("%s,%.1f,%.0f,%.1f,%.1f,%.3f,%.3f,%.2f,%.2f,%zu,%.4f\n", point.name.c_str(), point.snr_db,
                point.offset_hz, point.clock_ppm, point.echo_us, syncs / (5.0 * multiframes),
                blocks / (10.0 * multiframes), snr_db, ppm, wrong, cpu_s / scene.duration_s);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const unsigned multiframes = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 24;
    const std::string only = argc > 2 ? argv[2] : "";
    std::printf("case,snr_db,offset_hz,clock_ppm,echo_us,sch,blocks,snr_measured_db,ppm_measured,wrong,cpu_per_s\n");
    std::vector<Point> points;
    for (int snr = -2; snr <= 12; ++snr)
        points.push_back({"static", static_cast<double>(snr)});
    for (int snr = 0; snr <= 12; ++snr) {
        Point point{"echo 11.1", static_cast<double>(snr)};
        point.echo_us = 11.1;
        points.push_back(point);
    }
    for (const double echo : {3.7, 7.4, 8.3, 9.2, 14.8, 18.5}) {
        Point point{"echoes", 5.0};
        point.echo_us = echo;
        points.push_back(point);
    }
    for (const double ppm : {-40.0, -20.0, 20.0, 40.0}) {
        Point point{"offset", 3.0, ppm * 947.4, ppm};
        points.push_back(point);
        point.name = "offset unknown centre";
        point.centre_known = false;
        points.push_back(point);
    }
    for (const int snr : {3, 5, 7, 9, 12}) {
        Point point{"interferer -9", static_cast<double>(snr)};
        point.interferer_db = -9.0;
        points.push_back(point);
    }
    for (const Point& point : points)
        if (only.empty() || point.name == only)
            measure(point, multiframes);
}
