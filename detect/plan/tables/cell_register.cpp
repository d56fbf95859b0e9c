// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/cell_register.hpp"

#include "detect/plan/tables/heading.hpp"
#include "detect/plan/tables/text_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace gacsong {

namespace {

constexpr std::array<std::string_view, 4> technologies{"gsm", "umts", "lte", "nr"};
constexpr std::array<std::string_view, 4> states{"", "maintenance", "test", "event"};

void check_word(RowFields& fields, std::string_view column, std::string_view value,
                std::span<const std::string_view> words)
{
    if (std::find(words.begin(), words.end(), value) != words.end())
        return;
    std::string list;
    for (const auto word : words)
        list += (list.empty() || word.empty() ? "" : ", ") + std::string(word);
    fields.fail(Message("why.word", {{"value", std::string(value)}, {"column", std::string(column)}, {"list", list}}));
}

/// Digits of an MCC or MNC; tables that went through a spreadsheet have lost their leading zeros.
std::string code_text(RowFields& fields, std::string_view column, std::size_t digits)
{
    std::string text(fields.required_text(column));
    const bool plain = !text.empty() && text.size() <= 3 &&
                       std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!plain && !fields.problem())
        fields.fail(Message("why.number", {{"value", text}, {"column", std::string(column)}}));
    while (plain && text.size() < digits)
        text.insert(text.begin(), '0');
    return text;
}

std::optional<std::uint64_t> whole(RowFields& fields, std::string_view column, double highest)
{
    const auto value = fields.number(column, 0.0, highest);
    if (value && *value != std::floor(*value))
        fields.fail(
            Message("why.number", {{"value", std::string(fields.text(column))}, {"column", std::string(column)}}));
    return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

RegisteredCell take_cell(RowFields& fields, const CsvRow& row, const std::string& name)
{
    RegisteredCell cell;
    cell.row = row.number;
    cell.file = name;
    cell.technology = fields.required_text("technology");
    std::transform(cell.technology.begin(), cell.technology.end(), cell.technology.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    check_word(fields, "technology", cell.technology, technologies);
    cell.plmn = code_text(fields, "mcc", 3) + "-" + code_text(fields, "mnc", 2);
    cell.area = whole(fields, "area", 16'777'215.0);
    cell.cell = static_cast<std::uint64_t>(fields.required_number("cell", 0.0, 68'719'476'735.0));
    cell.carrier_hz = fields.number("carrier_hz", 3e3, 3e12);
    cell.channel = whole(fields, "channel", 3'279'165.0);
    cell.bandwidth_hz = fields.number("bandwidth_hz", 1e3, 1e9);
    cell.bsic = whole(fields, "bsic", 63.0);
    cell.pci = whole(fields, "pci", 1007.0);
    const auto lat = fields.number("lat", -90.0, 90.0);
    const auto lon = fields.number("lon", -180.0, 180.0);
    if (lat.has_value() != lon.has_value())
        fields.fail(Message("why.half_place"));
    if (lat && lon)
        cell.place = Place{*lat, *lon};
    cell.operator_name = fields.text("operator");
    cell.site = fields.text("site");
    cell.status = fields.text("status");
    check_word(fields, "status", cell.status, states);
    cell.source = fields.text("source");
    cell.validity = fields.validity("valid_from", "valid_to");
    return cell;
}

std::string network_key(const std::string& technology, const std::string& plmn) { return technology + " " + plmn; }

} // namespace

CellRegister::CellRegister(std::string name, std::vector<RegisteredCell> cells)
    : name_(std::move(name)), cells_(std::move(cells))
{
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const auto network = network_key(cells_[i].technology, cells_[i].plmn);
        by_identity_[{network, cells_[i].cell}].push_back(i);
        by_network_[network].push_back(i);
        if (cells_[i].area && cells_[i].place)
            by_area_[network][*cells_[i].area].push_back(i);
    }
    for (auto& network : by_area_) {
        for (auto& area : network.second)
            std::sort(area.second.begin(), area.second.end(), [&](std::size_t a, std::size_t b) {
                return cells_[a].place->latitude < cells_[b].place->latitude;
            });
    }
}

std::vector<const RegisteredCell*> CellRegister::find(const std::string& technology, const std::string& plmn,
                                                      std::optional<std::uint64_t> area, std::uint64_t cell) const
{
    std::vector<const RegisteredCell*> out;
    const auto rows = by_identity_.find({network_key(technology, plmn), cell});
    if (rows == by_identity_.end())
        return out;
    for (const std::size_t i : rows->second) {
        if (technology != "gsm" || !cells_[i].area || !area || *cells_[i].area == *area)
            out.push_back(&cells_[i]);
    }
    return out;
}

bool CellRegister::covers(const std::string& technology, const std::string& plmn) const
{
    return by_network_.contains(network_key(technology, plmn));
}

bool CellRegister::only_reported(const std::string& technology, const std::string& plmn) const
{
    const auto rows = by_network_.find(network_key(technology, plmn));
    return rows != by_network_.end() && std::all_of(rows->second.begin(), rows->second.end(),
                                                    [&](std::size_t i) { return !cells_[i].source.empty(); });
}

std::vector<std::uint64_t> CellRegister::areas_near(const std::string& technology, const std::string& plmn,
                                                    const Place& place, double radius_km) const
{
    std::vector<std::uint64_t> areas;
    const auto network = by_area_.find(network_key(technology, plmn));
    if (network == by_area_.end())
        return areas;
    constexpr double least_km_per_degree = 110.0; ///< of latitude
    const double band = radius_km / least_km_per_degree;
    for (const auto& [area, rows] : network->second) {
        const auto south = std::lower_bound(rows.begin(), rows.end(), place.latitude - band,
                                            [&](std::size_t i, double at) { return cells_[i].place->latitude < at; });
        const auto north = std::upper_bound(south, rows.end(), place.latitude + band,
                                            [&](double at, std::size_t i) { return at < cells_[i].place->latitude; });
        if (std::any_of(south, north, [&](std::size_t i) { return distance_km(*cells_[i].place, place) <= radius_km; }))
            areas.push_back(area);
    }
    return areas;
}

namespace {

/// The column in which two rows of one identity cannot both be right; empty: they can.
std::string contradiction(const RegisteredCell& a, const RegisteredCell& b)
{
    constexpr double same_place_km = 1.0;
    const auto differ = [](const auto& one, const auto& other) { return one && other && *one != *other; };
    if (!a.validity.overlaps(b.validity) || !a.status.empty() || !b.status.empty())
        return {};
    if (differ(a.channel, b.channel))
        return "channel";
    if (differ(a.bsic, b.bsic))
        return "bsic";
    if (differ(a.pci, b.pci))
        return "pci";
    if (a.technology != "gsm" && differ(a.area, b.area))
        return "area";
    return a.place && b.place && distance_km(*a.place, *b.place) > same_place_km ? "lat, lon" : "";
}

/// Tells of rows that contradict the first one of their identity: in one file, or in another one.
void tell_contradictions(const std::vector<RegisteredCell>& cells, bool in_another, std::vector<Message>& row_problems)
{
    using Key = std::tuple<std::string, std::string, std::uint64_t, std::uint64_t>;
    std::map<Key, std::size_t> first;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& cell = cells[i];
        const std::uint64_t area = cell.technology == "gsm" ? cell.area.value_or(0) : 0;
        const auto [seen, is_first] = first.emplace(Key{cell.technology, cell.plmn, area, cell.cell}, i);
        const auto& earlier = cells[seen->second];
        if (is_first || (cell.file != earlier.file) != in_another)
            continue;
        if (const auto column = contradiction(cell, earlier); !column.empty())
            row_problems.push_back(Message(in_another ? "cells.contradicts_other" : "cells.contradicts",
                                           {{"row", static_cast<std::int64_t>(cell.row)},
                                            {"other", std::to_string(earlier.row)},
                                            {"file", cell.file},
                                            {"other_file", earlier.file},
                                            {"column", column}}));
    }
}

} // namespace

Result<CellRegister> parse_cell_register(std::string_view text, const std::string& name,
                                         std::vector<Message>& row_problems)
{
    CsvReader reader(text);
    const auto found = read_heading(reader, name, {"technology", "mcc", "mnc", "cell"});
    if (!found)
        return tl::unexpected(found.error());
    const Heading& heading = *found;
    std::vector<RegisteredCell> cells;
    std::size_t rows = 0;
    std::optional<Instant> latest;
    while (const auto row = reader.next()) {
        if (++rows > csv_row_limit)
            return failure("table.too_many_rows", {{"file", name}, {"n", static_cast<std::int64_t>(csv_row_limit)}},
                           Fault::usage);
        RowFields fields(heading, *row, reader.separator());
        RegisteredCell cell = take_cell(fields, *row, name);
        const auto as_of = fields.day("as_of");
        if (const auto& problem = fields.problem()) {
            row_problems.push_back(Message("cells.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                         {"file", name},
                                                         {"why", std::vector<Message>{*problem}}}));
            continue;
        }
        cells.push_back(std::move(cell));
        latest = std::max(latest, as_of);
    }
    tell_contradictions(cells, false, row_problems);
    CellRegister out(name, std::move(cells));
    out.as_of = latest;
    return out;
}

Result<CellRegister> load_cell_register(const std::filesystem::path& path, std::vector<Message>& row_problems)
{
    const auto file = read_text_file(path, table_file_limit);
    if (!file)
        return tl::unexpected(file.error());
    return parse_cell_register(file->text, path.filename().string(), row_problems);
}

CellRegister join_registers(std::vector<CellRegister> registers, std::vector<Message>& row_problems)
{
    if (registers.size() == 1)
        return std::move(registers.front());
    std::string name;
    std::vector<RegisteredCell> cells;
    std::optional<Instant> oldest;
    for (const CellRegister& one : registers) {
        name += (name.empty() ? "" : ", ") + one.name();
        cells.insert(cells.end(), one.cells().begin(), one.cells().end());
        if (one.as_of)
            oldest = std::min(oldest.value_or(*one.as_of), *one.as_of);
    }
    tell_contradictions(cells, true, row_problems);
    CellRegister out(std::move(name), std::move(cells));
    out.as_of = oldest;
    return out;
}

} // namespace gacsong
