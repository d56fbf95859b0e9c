// SPDX-License-Identifier: GPL-3.0-or-later
// GeoJSON (RFC 7946) and JSON Lines (contract.md §2).
#include "report/exports/exporter.hpp"
#include "report/exports/flat_record.hpp"
#include "report/json/record_json.hpp"

#include <fmt/format.h>

namespace gacsong {
namespace {

class GeoJsonExporter final : public Exporter {
public:
    void add(const papers::RunMaterial& run) override
    {
        for (const Emission& e : run.emissions)
            add_feature(run, "emission", e, e.start_s);
        for (const Cell& c : run.cells)
            add_feature(run, "cell", c, c.first_s);
    }
    std::string finish() override { return "{\"type\":\"FeatureCollection\",\"features\":[" + features_ + "\n]}\n"; }

private:
    template <class Record>
    void add_feature(const papers::RunMaterial& run, const char* type, const Record& record, double at_s)
    {
        features_ += features_.empty() ? "\n" : ",\n";
        JsonObject feature(features_);
        feature.member("type", "Feature");
        feature.member("id", fmt::format("{}/{}", run.stored.number, record.id));
        const auto place = place_at(run, at_s);
        feature.raw("geometry", place ? fmt::format("{{\"type\":\"Point\",\"coordinates\":[{:.7f},{:.7f}]}}",
                                                    place->longitude, place->latitude)
                                      : std::string("null"));
        std::string members;
        JsonObject properties(members);
        properties.member("type", type);
        properties.member("run", static_cast<std::int64_t>(run.stored.number));
        for_each_value(record, [&](const std::string& name, const FlatValue& value) {
            if (value.text.empty() || name == "id")
                return;
            properties.raw(name, value.word ? json_string(value.text) : value.text);
        });
        properties.close();
        feature.raw("properties", members);
        feature.close();
    }

    std::string features_;
};

class JsonLinesExporter final : public Exporter {
public:
    explicit JsonLinesExporter(ExportInput& input) : both_{input.en, input.vi} {}

    void add(const papers::RunMaterial& run) override
    {
        line(run_json(run.stored.run));
        for (const Message& warning : run.warnings)
            line(warning_json(warning, both_));
        for (const Gap& gap : run.gaps)
            line(gap_json(gap));
        for (const TrackPoint& point : run.track)
            line(position_json(point));
        for (const Emission& emission : run.emissions)
            line(emission_json(emission, both_, false));
        for (const Cell& cell : run.cells)
            line(cell_json(cell, both_));
        for (const Finding& finding : run.findings)
            line(finding_json(finding, both_));
        line(end_json(run.stored.end, both_));
    }
    std::string finish() override { return std::move(out_); }

private:
    void line(const std::string& text) { out_ += text + "\n"; }

    Wordings both_;
    std::string out_;
};

} // namespace

std::unique_ptr<Exporter> geojson_exporter(ExportInput& /*input*/) { return std::make_unique<GeoJsonExporter>(); }
std::unique_ptr<Exporter> json_lines_exporter(ExportInput& input) { return std::make_unique<JsonLinesExporter>(input); }

} // namespace gacsong
