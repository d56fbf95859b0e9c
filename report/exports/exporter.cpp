// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/exports/exporter.hpp"

#include <algorithm>
#include <array>

namespace gacsong {

std::unique_ptr<Exporter> make_exporter(std::string_view file_name, ExportInput& input)
{
    struct Form {
        std::string_view ending;
        std::unique_ptr<Exporter> (*make)(ExportInput&);
    };
    constexpr std::array<Form, 6> forms{{{".power.csv", power_exporter}, // before the ending that it ends with
                                         {".csv", csv_exporter},
                                         {".geojson", geojson_exporter},
                                         {".kml", kml_exporter},
                                         {".jsonl", json_lines_exporter},
                                         {".sigmf-collection", collection_exporter}}};
    const auto form = std::ranges::find_if(forms, [&](const Form& one) { return file_name.ends_with(one.ending); });
    return form == forms.end() ? nullptr : form->make(input);
}

std::optional<Place> place_at(const papers::RunMaterial& run, double at_s)
{
    const auto after = std::ranges::upper_bound(run.track, at_s, {}, &TrackPoint::at_s);
    if (!run.track.empty()) {
        const TrackPoint& point = after == run.track.begin() ? run.track.front() : *(after - 1);
        return Place{point.latitude, point.longitude};
    }
    const StreamInfo& stream = run.stored.run.stream;
    if (stream.latitude && stream.longitude)
        return Place{*stream.latitude, *stream.longitude};
    return std::nullopt;
}

} // namespace gacsong
