// SPDX-License-Identifier: GPL-3.0-or-later
// One table of emissions and cells: what one of them does not have stays empty.
#include "report/exports/exporter.hpp"
#include "report/exports/flat_record.hpp"
#include "report/text/csv_text.hpp"

#include <algorithm>

namespace gacsong {
namespace {

class CsvExporter final : public Exporter {
public:
    explicit CsvExporter(const ExportInput& input)
    {
        names_ = {"run", "type", "input"};
        const auto take = [&](const std::string& name, const FlatValue&) {
            if (std::ranges::find(names_, name) == names_.end())
                names_.push_back(name);
        };
        for_each_value(Emission{}, take);
        for_each_value(Cell{}, take);
        names_.insert(names_.end(), {"latitude", "longitude"});
        out_ = (input.byte_order_mark ? std::string(byte_order_mark) : std::string{}) + csv_line(names_);
    }

    void add(const papers::RunMaterial& run) override
    {
        for (const Emission& e : run.emissions)
            add_row(run, "emission", e, e.start_s);
        for (const Cell& c : run.cells)
            add_row(run, "cell", c, c.first_s);
    }
    std::string finish() override { return std::move(out_); }

private:
    template <class Record>
    void add_row(const papers::RunMaterial& run, const char* type, const Record& record, double at_s)
    {
        std::vector<std::string> fields(names_.size());
        const auto put = [&](const std::string& name, std::string value) {
            const auto found = std::ranges::find(names_, name);
            fields[static_cast<std::size_t>(found - names_.begin())] = std::move(value);
        };
        put("run", std::to_string(run.stored.number));
        put("type", type);
        put("input", run.stored.run.stream.input);
        for_each_value(record, [&](const std::string& name, const FlatValue& value) { put(name, value.text); });
        if (const auto place = place_at(run, at_s)) {
            put("latitude", json_number(place->latitude));
            put("longitude", json_number(place->longitude));
        }
        out_ += csv_line(fields);
    }

    std::vector<std::string> names_;
    std::string out_;
};

} // namespace

std::unique_ptr<Exporter> csv_exporter(ExportInput& input) { return std::make_unique<CsvExporter>(input); }

} // namespace gacsong
