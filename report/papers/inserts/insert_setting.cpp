// SPDX-License-Identifier: GPL-3.0-or-later
// Where was measured, and with what.
#include "report/figures/map_figure.hpp"
#include "report/papers/builder.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gacsong::papers {
namespace {

using typeset::Align;

constexpr std::size_t most_track_points = 2'000;
constexpr double map_mm = 90.0;

figures::MapFigureInput map_of(const Builder& b)
{
    figures::MapFigureInput map;
    for (const auto& [number, run] : b.input.material.runs) {
        const StreamInfo& stream = run.stored.run.stream;
        if (!run.track.empty()) {
            std::vector<Place> way;
            const std::size_t step = 1 + run.track.size() / most_track_points;
            for (std::size_t i = 0; i < run.track.size(); i += step)
                way.push_back({run.track[i].latitude, run.track[i].longitude});
            way.push_back({run.track.back().latitude, run.track.back().longitude});
            const std::string from = clock_text(run.track.front().when, b.language());
            map.points.push_back({way.front(), fmt::format("{}: {}", number, from)});
            map.tracks.push_back(std::move(way));
        } else if (stream.latitude && stream.longitude) {
            const std::string when = stream.start ? ": " + clock_text(*stream.start, b.language()) : std::string{};
            const Place place{*stream.latitude, *stream.longitude};
            // Runs at one place share one mark.
            const auto same = std::ranges::find(map.points, place, &figures::MapPoint::place);
            if (same != map.points.end())
                same->label += fmt::format("; {}", number) + when;
            else
                map.points.push_back({place, std::to_string(number) + when});
        }
    }
    return map;
}

} // namespace

/// `@map`: a sketch of the places; nothing where none is known.
void insert_map(Builder& b, const std::string& /*told*/)
{
    auto map = map_of(b);
    if (map.empty())
        return;
    std::string places = b.text("papers.map_alternative");
    for (const figures::MapPoint& point : map.points)
        places += fmt::format(" {} ({})", coordinates_text(point.place.latitude, point.place.longitude, b.language()),
                              point.label);
    typeset::Figure figure;
    figure.drawing = figures::map_figure(std::move(map), b.words);
    figure.height_mm = map_mm;
    figure.caption = b.figure_caption(b.text("papers.map"));
    figure.alternative = std::move(places);
    b.add(std::move(figure));
}

/// `@instruments`: a row for each run.
void insert_instruments(Builder& b, const std::string& /*told*/)
{
    typeset::Table table;
    table.widths_mm = {12.0, 42.0, 37.0, 37.0, 37.0};
    for (const char* head : {"run", "receiver", "tuning", "time_source", "calibration"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    const auto lines = [](std::initializer_list<std::string> parts) {
        std::string text;
        for (const std::string& part : parts)
            text += part.empty() ? "" : (text.empty() ? "" : "\n") + part;
        return text;
    };
    for (const auto& [number, run] : b.input.material.runs) {
        const StreamInfo& stream = run.stored.run.stream;
        const std::string rate = quantity_text(Quantity{stream.sample_rate_hz, Unit::sample_rate}, b.language());
        const std::string center = stream.center_hz
                                       ? quantity_text(Quantity{*stream.center_hz, Unit::frequency}, b.language())
                                       : b.text("table.head.no_center");
        const bool levels =
            std::ranges::any_of(run.emissions, [](const Emission& e) { return e.power_dbm.has_value(); });
        const std::string source = stream.start_origin == Origin::unknown ? "unknown"
                                   : run.track.empty()                    ? "stated"
                                                                          : "gps";
        table.rows.push_back(
            {{{std::to_string(number), Align::centre},
              {stream.receiver.empty() ? b.text("papers.receiver_unknown") : printable(stream.receiver)},
              {lines({center, rate, stream.format_name})},
              {lines({stream.start ? moment_text(*stream.start, b.language()) : std::string{},
                      b.text(fmt::format("papers.time_source.{}", source))})},
              {b.text(fmt::format("papers.calibrated.frequency_{}", frequency_calibrated(run) ? "yes" : "no")) + "\n" +
               b.text(fmt::format("papers.calibrated.level_{}", levels ? "yes" : "no"))}}});
    }
    if (table.rows.empty())
        return;
    table.caption = b.table_caption("papers.tables.instruments");
    b.add(std::move(table));
}

} // namespace gacsong::papers
