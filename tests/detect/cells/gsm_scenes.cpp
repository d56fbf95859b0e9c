// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/cells/gsm_scenes.hpp"

#include "tests/support/sources.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::test {

namespace {

constexpr double multiframe_s = 51.0 * 1250.0 * 48.0 / 13e6;
constexpr double level_dbfs = -20.0;

} // namespace

GsmSettings plain_gsm_cell(unsigned multiframes)
{
    GsmSettings cell;
    cell.first_frame = 1200000;
    cell.frames = 51 * multiframes;
    cell.bcch = gsm_system_information();
    cell.ccch = {gsm_empty_paging()};
    return cell;
}

std::int64_t note_number(const Message& note, const std::string& name)
{
    for (const Argument& argument : note.arguments)
        if (argument.name == name)
            return std::get<std::int64_t>(argument.value);
    return -1;
}

detect::CellReport search_gsm(const Scene& scene, bool centre_known, unsigned threads, std::size_t piece)
{
    const auto bytes = to_bytes(scene.build());
    detect::CellInput input;
    input.format = SampleFormat::of(Component::f32);
    input.sample_rate_hz = scene.sample_rate_hz;
    if (centre_known)
        input.center_hz = scene.center_hz;
    input.threads = threads;
    const auto searcher = detect::all_cell_searchers().front()(input);
    if (!searcher)
        return {};
    const std::size_t step = piece * input.format.bytes_per_sample();
    for (std::size_t at = 0; at < bytes.size(); at += step)
        searcher->add(std::span(bytes).subspan(at, std::min(step, bytes.size() - at)));
    searcher->finish();
    return searcher->take();
}

GsmHeard hear(const GsmScene& wanted)
{
    Scene scene;
    scene.sample_rate_hz = 13e6 / 30.0;
    scene.center_hz = wanted.center_hz;
    scene.duration_s = wanted.multiframes * multiframe_s;
    scene.noise_dbfs_hz = level_dbfs - wanted.snr_db - 10.0 * std::log10(13e6 / 48.0);
    scene.seed = 7 + static_cast<std::uint64_t>(10.0 * (wanted.snr_db + 20.0));
    Placed placed;
    placed.waveform = gsm(plain_gsm_cell(wanted.multiframes));
    placed.offset_hz = wanted.offset_hz;
    placed.level = Level::dbfs(level_dbfs);
    placed.symbol_clock_ppm = wanted.clock_ppm;
    placed.echo = wanted.echo;
    scene.signals.push_back(placed);
    if (wanted.interferer_db < 0.0) {
        GsmSettings other = plain_gsm_cell(wanted.multiframes);
        other.bsic = 12;
        other.first_frame = 777003;
        other.sync = false;
        other.ccch = {};
        other.seed = 99;
        Placed second;
        second.waveform = gsm(other);
        second.offset_hz = wanted.offset_hz + 300.0;
        second.level = Level::dbfs(level_dbfs + wanted.interferer_db);
        scene.signals.push_back(second);
    }
    GsmHeard heard;
    heard.report = search_gsm(scene, wanted.centre_known);
    for (const Message& note : heard.report.notes) {
        if (note.key != "cells.received" || note_number(note, "bsic") != 23)
            continue;
        heard.syncs = static_cast<double>(note_number(note, "syncs")) / (5.0 * wanted.multiframes);
        heard.blocks = static_cast<double>(note_number(note, "blocks")) / (10.0 * wanted.multiframes);
    }
    return heard;
}

} // namespace gacsong::test
