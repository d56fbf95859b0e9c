// SPDX-License-Identifier: GPL-3.0-or-later
// KML 2.2: a placemark for each emission and cell with a place, a line for each track.
#include "report/explain/explain.hpp"
#include "report/exports/exporter.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

namespace gacsong {
namespace {

constexpr std::size_t most_placemarks = 50'000; ///< viewers cannot show more

std::string escaped(const std::string& text)
{
    std::string out;
    for (const char c : printable(text)) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

class KmlExporter final : public Exporter {
public:
    explicit KmlExporter(ExportInput& input) : input_(input) {}

    void add(const papers::RunMaterial& run) override
    {
        if (run.track.size() > 1)
            add_track(run);
        for (const Emission& e : run.emissions)
            add_placemark(run, e.id, emission_sentence(e, input_.words), e.start, e.start_s);
        for (const Cell& c : run.cells)
            add_placemark(run, c.id, c.reason ? input_.words.text(*c.reason) : std::string{}, c.start, c.first_s);
    }

    std::string finish() override
    {
        if (without_place_ > 0)
            input_.warnings.emplace_back("export.no_place",
                                         std::vector<Argument>{{"n", static_cast<std::int64_t>(without_place_)}});
        if (too_many_ > 0)
            input_.warnings.emplace_back("export.too_many",
                                         std::vector<Argument>{{"n", static_cast<std::int64_t>(too_many_)}});
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n"
               "<Document>\n<name>Gác Sóng</name>\n" +
               body_ + "</Document>\n</kml>\n";
    }

private:
    void add_placemark(const papers::RunMaterial& run, const std::string& id, const std::string& description,
                       const std::optional<Instant>& when, double at_s)
    {
        const auto place = place_at(run, at_s);
        if (!place || placemarks_ == most_placemarks) {
            ++(place ? too_many_ : without_place_);
            return;
        }
        ++placemarks_;
        const std::string time =
            when ? fmt::format("<TimeStamp><when>{}</when></TimeStamp>", rfc3339(*when, 3)) : std::string{};
        body_ +=
            fmt::format("<Placemark><name>{}/{}</name><description>{}</description>{}<Point><coordinates>{:.7f},"
                        "{:.7f}</coordinates></Point></Placemark>\n",
                        run.stored.number, escaped(id), escaped(description), time, place->longitude, place->latitude);
    }
    void add_track(const papers::RunMaterial& run)
    {
        std::string line;
        for (const TrackPoint& point : run.track)
            line += fmt::format("{}{:.7f},{:.7f}", line.empty() ? "" : " ", point.longitude, point.latitude);
        body_ += fmt::format("<Placemark><name>{}</name><LineString><coordinates>{}</coordinates></LineString>"
                             "</Placemark>\n",
                             run.stored.number, line);
    }

    ExportInput& input_;
    std::string body_;
    std::size_t placemarks_ = 0;
    std::size_t without_place_ = 0;
    std::size_t too_many_ = 0;
};

} // namespace

std::unique_ptr<Exporter> kml_exporter(ExportInput& input) { return std::make_unique<KmlExporter>(input); }

} // namespace gacsong
