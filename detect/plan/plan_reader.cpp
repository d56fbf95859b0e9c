// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/plan_reader.hpp"

#include "detect/plan/block_overlaps.hpp"
#include "detect/plan/row_reader.hpp"

#include <algorithm>

namespace gacsong {

namespace {

std::string row_name(const PlanRow& row) { return row.file + ":" + std::to_string(row.line); }

void tell(Plan& plan, const std::string& file, std::int64_t line, Message why)
{
    plan.problems.push_back(
        Message("warn.plan_row", {{"row", line}, {"plan", file}, {"why", std::vector<Message>{std::move(why)}}}));
}

/// Reads the rows of one kind; a row with something wrong is told and left out.
template <class Row>
void take_rows(Plan& plan, const toml::array& rows, const std::string& file, std::vector<Row>& into,
               Row (*take)(RowReader&, const toml::table&, std::string_view))
{
    for (const auto& node : rows) {
        const auto* table = node.as_table();
        if (table == nullptr) {
            tell(plan, file, static_cast<std::int64_t>(node.source().begin.line), Message("why.type"));
            continue;
        }
        RowReader reader(*table);
        Row row = take(reader, *table, file);
        if (auto problem = reader.finish()) {
            tell(plan, file, row.row.line, std::move(*problem));
        } else {
            into.push_back(std::move(row));
        }
    }
}

Conformity take_conformity(RowReader& head)
{
    const auto tables = head.tables("conformity");
    if (tables.empty()) {
        return {};
    }
    RowReader reader(*tables.front());
    Conformity conformity{reader.required_text("reference"), take_verified(reader)};
    if (auto problem = reader.finish()) {
        head.fail(std::move(*problem));
    }
    return conformity;
}

void take_head(Plan& plan, const toml::table& table, const std::string& file)
{
    RowReader reader(table);
    plan.name = reader.required_text("name");
    plan.edition = reader.required_text("edition");
    plan.title_vi = reader.text("title_vi");
    plan.title_en = reader.text("title_en");
    plan.tolerance = take_tolerance(reader);
    plan.conformity = take_conformity(reader);
    if (auto problem = reader.finish()) {
        tell(plan, file, static_cast<std::int64_t>(table.source().begin.line), std::move(*problem));
    }
}

void take_kind(Plan& plan, std::string_view kind, const toml::array& rows, const std::string& file)
{
    if (kind == "band") {
        take_rows(plan, rows, file, plan.bands, take_band);
    } else if (kind == "exempt") {
        take_rows(plan, rows, file, plan.exempt, take_exempt);
    } else if (kind == "prohibited") {
        take_rows(plan, rows, file, plan.prohibited, take_prohibited);
    } else if (kind == "protected") {
        take_rows(plan, rows, file, plan.protected_bands, take_protected);
    } else if (kind == "block") {
        take_rows(plan, rows, file, plan.blocks, take_block);
    } else if (kind == "switched_off") {
        take_rows(plan, rows, file, plan.switched_off, take_switched_off);
    } else if (kind == "network") {
        take_rows(plan, rows, file, plan.networks, take_network);
    } else if (kind == "border") {
        take_rows(plan, rows, file, plan.borders, take_border);
    } else {
        tell(plan, file, static_cast<std::int64_t>(rows.source().begin.line),
             Message("why.unknown_key", {{"column", std::string(kind)}}));
    }
}

std::size_t count_rows(const toml::table& table)
{
    std::size_t rows = 0;
    for (const auto& [key, node] : table) {
        rows += node.is_array() ? node.as_array()->size() : 0;
    }
    return rows;
}

Status read_text(Plan& plan, const PlanText& file, std::size_t& rows)
{
    toml::table table;
    try {
        table = toml::parse(file.text, file.file);
    } catch (const toml::parse_error& error) {
        return failure(
            "plan.file",
            {{"plan", file.file},
             {"row", static_cast<std::int64_t>(error.source().begin.line)},
             {"why", std::vector<Message>{Message("why.syntax", {{"detail", std::string(error.description())}})}}},
            Fault::usage);
    }
    rows += count_rows(table);
    if (rows > plan_row_limit) {
        return failure("plan.file",
                       {{"plan", file.file},
                        {"row", static_cast<std::int64_t>(1)},
                        {"why", std::vector<Message>{Message("why.too_many_rows",
                                                             {{"n", static_cast<std::int64_t>(plan_row_limit)}})}}},
                       Fault::usage);
    }
    for (const auto& [key, node] : table) {
        const auto line = static_cast<std::int64_t>(node.source().begin.line);
        if (key.str() == "plan" && node.is_table()) {
            take_head(plan, *node.as_table(), file.file);
        } else if (const auto* array = node.as_array()) {
            take_kind(plan, key.str(), *array, file.file);
        } else {
            tell(plan, file.file, line, Message("why.unknown_key", {{"column", std::string(key.str())}}));
        }
    }
    return {};
}

/// Two bands that hold at one time must not share frequencies: the later row is told and left out.
void drop_overlaps(Plan& plan)
{
    std::vector<Band> kept;
    for (auto& band : plan.bands) {
        const auto clash = std::find_if(kept.begin(), kept.end(), [&](const Band& other) {
            return band.row.low_hz < other.row.high_hz && other.row.low_hz < band.row.high_hz &&
                   band.row.validity.overlaps(other.row.validity);
        });
        if (clash != kept.end()) {
            tell(plan, band.row.file, band.row.line, Message("why.overlaps", {{"other", row_name(clash->row)}}));
        } else {
            kept.push_back(std::move(band));
        }
    }
    plan.bands = std::move(kept);
    for (const auto& [row, other] : take_overlapping(plan.blocks))
        tell(plan, row.file, row.line, Message("why.overlaps", {{"other", row_name(other)}}));
}

/// Bands without a tolerance of their own take the plan's, and its reference where they give none.
void complete_tolerances(Plan& plan)
{
    for (auto& band : plan.bands) {
        auto& own = band.tolerance;
        if (own.hz <= 0.0 && own.ppm <= 0.0) {
            own = plan.tolerance;
        } else if (own.reference.empty()) {
            own.reference = plan.tolerance.reference;
            own.verified = plan.tolerance.verified;
        }
    }
}

template <class Row> void order(std::vector<Row>& rows)
{
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.row.low_hz < b.row.low_hz; });
}

} // namespace

Result<Plan> parse_plan(std::span<const PlanText> files, const std::string& name)
{
    Plan plan;
    std::size_t rows = 0;
    for (const auto& file : files) {
        if (auto status = read_text(plan, file, rows); !status) {
            return tl::unexpected(status.error());
        }
    }
    if (plan.name.empty() || plan.edition.empty()) {
        return failure("plan.no_edition", {{"plan", name}}, Fault::usage);
    }
    drop_overlaps(plan);
    complete_tolerances(plan);
    order(plan.bands);
    order(plan.exempt);
    order(plan.protected_bands);
    return plan;
}

} // namespace gacsong
