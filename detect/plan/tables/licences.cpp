// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/licences.hpp"

#include "detect/plan/designator.hpp"
#include "detect/plan/tables/heading.hpp"
#include "detect/plan/tables/text_file.hpp"

#include <algorithm>
#include <array>

namespace gacsong {

namespace {

constexpr double lowest_hz = 3e3;   // radio waves by the Radio Regulations: 3 kHz (VLF) to 3 000 GHz
constexpr double highest_hz = 3e12; // a centre given in MHz falls below and is told
constexpr double narrow_limit_hz = 1e6;

constexpr std::array<std::string_view, 13> columns{"id",         "holder",   "service", "center_hz", "bandwidth_hz",
                                                   "designator", "power_w",  "lat",     "lon",       "radius_km",
                                                   "valid_from", "valid_to", "note"};

std::optional<Place> take_place(RowFields& fields)
{
    const auto lat = fields.number("lat", -90.0, 90.0);
    const auto lon = fields.number("lon", -180.0, 180.0);
    if (lat.has_value() != lon.has_value()) {
        fields.fail(Message("why.half_place"));
    }
    return lat && lon ? std::optional(Place{*lat, *lon}) : std::nullopt;
}

Licence take_licence(RowFields& fields, const CsvRow& row)
{
    Licence licence;
    licence.row = row.number;
    licence.id = fields.required_text("id");
    licence.holder = fields.text("holder");
    licence.service = fields.text("service");
    licence.center_hz = fields.required_number("center_hz", lowest_hz, highest_hz);
    licence.bandwidth_hz = fields.number("bandwidth_hz", 0.001, highest_hz);
    licence.designator = fields.text("designator");
    licence.power_w = fields.number("power_w", 0.0, 1e9);
    licence.place = take_place(fields);
    licence.radius_km = fields.number("radius_km", 0.0, 20'100.0);
    licence.validity = fields.validity("valid_from", "valid_to");
    licence.note = fields.text("note");
    if (!licence.designator.empty()) {
        const auto designator = parse_designator(licence.designator);
        if (!designator) {
            fields.fail(Message("why.designator", {{"value", licence.designator}}));
        } else if (!licence.bandwidth_hz) {
            licence.bandwidth_hz = designator->bandwidth_hz;
        }
    }
    return licence;
}

} // namespace

LicenceRegister::LicenceRegister(std::string name, std::vector<std::string> extra_columns,
                                 std::vector<Licence> licences)
    : name_(std::move(name)), extra_columns_(std::move(extra_columns)), licences_(std::move(licences))
{
    std::stable_sort(licences_.begin(), licences_.end(),
                     [](const Licence& a, const Licence& b) { return a.center_hz < b.center_hz; });
    for (std::size_t i = 0; i < licences_.size(); ++i) {
        const double width = licences_[i].bandwidth_hz.value_or(0.0);
        if (width > narrow_limit_hz) {
            wide_.push_back(i);
        } else {
            widest_narrow_hz_ = std::max(widest_narrow_hz_, width);
        }
    }
}

std::vector<const Licence*> LicenceRegister::meeting(double low_hz, double high_hz) const
{
    std::vector<std::size_t> found;
    const auto first = std::lower_bound(licences_.begin(), licences_.end(), low_hz - widest_narrow_hz_ / 2.0,
                                        [](const Licence& l, double f) { return l.center_hz < f; });
    for (auto at = first; at != licences_.end() && at->center_hz <= high_hz + widest_narrow_hz_ / 2.0; ++at) {
        if (at->bandwidth_hz.value_or(0.0) <= narrow_limit_hz && at->low_hz() <= high_hz && at->high_hz() >= low_hz) {
            found.push_back(static_cast<std::size_t>(at - licences_.begin()));
        }
    }
    for (const std::size_t i : wide_) {
        if (licences_[i].low_hz() <= high_hz && licences_[i].high_hz() >= low_hz) {
            found.push_back(i);
        }
    }
    std::sort(found.begin(), found.end());
    std::vector<const Licence*> rows;
    rows.reserve(found.size());
    for (const std::size_t i : found) {
        rows.push_back(&licences_[i]);
    }
    return rows;
}

const Licence* LicenceRegister::nearest(double frequency_hz) const
{
    if (licences_.empty()) {
        return nullptr;
    }
    const auto above = std::lower_bound(licences_.begin(), licences_.end(), frequency_hz,
                                        [](const Licence& l, double f) { return l.center_hz < f; });
    if (above == licences_.begin()) {
        return &licences_.front();
    }
    const auto below = std::prev(above);
    if (above == licences_.end() || frequency_hz - below->center_hz <= above->center_hz - frequency_hz) {
        return &*below;
    }
    return &*above;
}

Result<LicenceRegister> parse_register(std::string_view text, const std::string& name,
                                       std::vector<Message>& row_problems)
{
    CsvReader reader(text);
    const auto found = read_heading(reader, name, {"id", "center_hz"});
    if (!found)
        return tl::unexpected(found.error());
    const Heading& heading = *found;
    const auto others = heading.others(columns);
    std::vector<std::string> extra_columns;
    for (const std::size_t i : others) {
        extra_columns.push_back(heading.name(i));
    }
    std::vector<Licence> licences;
    std::size_t rows = 0;
    while (const auto row = reader.next()) {
        if (++rows > csv_row_limit) {
            return failure("table.too_many_rows", {{"file", name}, {"n", static_cast<std::int64_t>(csv_row_limit)}},
                           Fault::usage);
        }
        RowFields fields(heading, *row, reader.separator());
        Licence licence = take_licence(fields, *row);
        if (const auto& problem = fields.problem()) {
            row_problems.push_back(Message("register.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                            {"register", name},
                                                            {"why", std::vector<Message>{*problem}}}));
            continue;
        }
        for (const std::size_t i : others) {
            licence.extra.push_back(i < row->fields.size() ? row->fields[i] : std::string());
        }
        licences.push_back(std::move(licence));
    }
    return LicenceRegister(name, std::move(extra_columns), std::move(licences));
}

Result<LicenceRegister> load_register(const std::filesystem::path& path, std::vector<Message>& row_problems)
{
    const auto file = read_text_file(path, table_file_limit);
    if (!file) {
        return tl::unexpected(file.error());
    }
    auto licences = parse_register(file->text, path.filename().string(), row_problems);
    if (licences) {
        licences->as_of = file->modified;
    }
    return licences;
}

} // namespace gacsong
