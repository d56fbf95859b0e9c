// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/open_cell_id.hpp"

#include "detect/plan/tables/heading.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gacsong {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> radios{
    {{"GSM", "gsm"}, {"UMTS", "umts"}, {"LTE", "lte"}, {"NR", "nr"}}};

CsvRow columns()
{
    return {1,
            {"radio", "mcc", "net", "area", "cell", "unit", "lon", "lat", "range", "samples", "changeable", "created",
             "updated", "averageSignal"},
            {}};
}

std::string whole(RowFields& fields, std::string_view column, double highest)
{
    const double value = fields.required_number(column, 0.0, highest);
    return std::to_string(static_cast<std::uint64_t>(value));
}

/// One row of the register; the fields tell what was wrong.
std::string register_row(RowFields& fields, std::string_view technology)
{
    constexpr double no_longer_cells = 68'719'476'735.0;
    constexpr double highest_pci = 503.0;
    std::string mnc = whole(fields, "net", 999.0);
    mnc.insert(0, mnc.size() < 2 ? 1 : 0, '0');
    std::string out = std::string(technology) + ',' + whole(fields, "mcc", 999.0) + ',' + mnc + ',' +
                      whole(fields, "area", 16'777'215.0) + ',' + whole(fields, "cell", no_longer_cells) + ',';
    // 0 and −1 stand where the phone did not say.
    const auto unit = fields.number("unit", -1.0, 65'535.0);
    if (technology == "lte" && unit && *unit > 0.0 && *unit <= highest_pci)
        out += std::to_string(static_cast<std::uint64_t>(*unit));
    const double lat = fields.required_number("lat", -90.0, 90.0);
    const double lon = fields.required_number("lon", -180.0, 180.0);
    return out + ',' + std::to_string(lat) + ',' + std::to_string(lon) + ",opencellid\n";
}

} // namespace

Result<ImportedCells> import_open_cell_id(std::string_view text, const std::string& name,
                                          std::vector<Message>& row_problems)
{
    CsvReader reader(text);
    auto row = reader.next();
    if (!row)
        return failure("table.empty", {{"file", name}}, Fault::usage);
    const bool headed = !row->fields.empty() && row->fields.front() == "radio";
    const Heading heading(headed ? *row : columns());
    if (headed)
        row = reader.next();
    ImportedCells out;
    out.table = "technology,mcc,mnc,area,cell,pci,lat,lon,source\n";
    for (std::size_t rows = 0; row; row = reader.next()) {
        if (++rows > csv_row_limit)
            return failure("table.too_many_rows", {{"file", name}, {"n", static_cast<std::int64_t>(csv_row_limit)}},
                           Fault::usage);
        RowFields fields(heading, *row, reader.separator());
        const auto radio = fields.text("radio");
        const auto known =
            std::find_if(radios.begin(), radios.end(), [&](const auto& one) { return one.first == radio; });
        if (known == radios.end() && radio == "CDMA") {
            ++out.left_out;
            continue;
        }
        if (known == radios.end())
            fields.fail(Message("why.word", {{"value", std::string(radio)},
                                             {"column", std::string("radio")},
                                             {"list", std::string("GSM, UMTS, LTE, NR, CDMA")}}));
        const std::string line = register_row(fields, known == radios.end() ? "" : known->second);
        if (const auto& problem = fields.problem()) {
            row_problems.push_back(Message("import.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                          {"file", name},
                                                          {"why", std::vector<Message>{*problem}}}));
            continue;
        }
        out.table += line;
        ++out.rows;
    }
    if (out.rows == 0)
        return failure("import.no_cells", {{"file", name}}, Fault::usage);
    return out;
}

} // namespace gacsong
