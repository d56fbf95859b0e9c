// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/option_table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace gacsong::app {
namespace {

bool set_field(Arguments& arguments, const char* field, const std::string& value)
{
    arguments.office.fields[field] = value;
    return !value.empty();
}

constexpr auto options =
    std::to_array<OptionSpec>({
        {"case_id", "--id", "CASE", "VV-2026-014", "case",
         [](Arguments& a, const std::string& v) { return !(a.office.id = v).empty(); }},
        {"case_reason", "--reason", "TEXT", "complaint no. 12", "case",
         [](Arguments& a, const std::string& v) { return set_field(a, "reason", v); }},
        {"case_address", "--address", "TEXT", "12 Hill Road", "case",
         [](Arguments& a, const std::string& v) { return set_field(a, "address", v); }},
        {"case_people", "--people", "TEXT", "A; B", "case",
         [](Arguments& a, const std::string& v) { return set_field(a, "people", v); }},
        {"case_conditions", "--conditions", "TEXT", "standing, antenna at 3 m", "case",
         [](Arguments& a, const std::string& v) { return set_field(a, "conditions", v); }},
        {"case_documents", "--documents", "TEXT", "plan no. 7 of 02/11/2026", "case",
         [](Arguments& a, const std::string& v) { return set_field(a, "documents", v); }},
        {"case_kind", "--kind", "note|open|proposal|answer|outcome", "proposal", "case",
         [](Arguments& a, const std::string& v) { return !(a.office.kind = v).empty(); }},
        {"paper", "--paper", "annex|letter|operator|handover|custody|receipt|inspection", "letter", "report",
         [](Arguments& a, const std::string& v) {
             constexpr std::array<std::string_view, 7> papers{"annex",   "letter",  "operator",  "handover",
                                                              "custody", "receipt", "inspection"};
             a.office.paper = v;
             return std::ranges::find(papers, v) != papers.end();
         }},
        {"summary", "--summary", "FROM..TO", "2026-07-01..2026-09-30", "report",
         [](Arguments& a, const std::string& v) {
             a.office.summary = summary::parse_period(v);
             return a.office.summary.has_value();
         }},
        {"days", "--days", "FROM..TO", "2026-11-01..2026-11-07", "export",
         [](Arguments& a, const std::string& v) {
             a.office.days = summary::parse_period(v);
             return a.office.days.has_value();
         }},
        {"addressee", "--addressee", "NAME", "Company A", "report",
         [](Arguments& a, const std::string& v) { return !(a.office.addressee = v).empty(); }},
        {"case_device", "--device", "N", "3", "case",
         [](Arguments& a, const std::string& v) {
             const auto number = parse_whole(v, 1, INT64_MAX);
             if (number)
                 a.office.device = static_cast<std::uint64_t>(*number);
             return number.has_value();
         }},
        {"older", "--older", "TIME", "400d", "forget",
         [](Arguments& a, const std::string& v) { return (a.office.older_s = parse_duration(v)).has_value(); }},
        {"dry_run", "--dry-run", "", "", "forget",
         [](Arguments& a, const std::string&) { return a.office.dry_run = true; }},
        {"yes", "--yes", "", "", "forget", [](Arguments& a, const std::string&) { return a.office.yes = true; }},
        {"bom", "--bom", "", "", "case export",
         [](Arguments& a, const std::string&) { return a.office.byte_order_mark = true; }},
        {"case_state", "--state", "open|closed|handed-over", "handed-over", "case",
         [](Arguments& a, const std::string& v) {
             a.office.state = v;
             return v == "open" || v == "closed" || v == "handed-over";
         }},
    });

} // namespace

std::span<const OptionSpec> office_options() { return options; }

} // namespace gacsong::app
