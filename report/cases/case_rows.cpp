// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/case_rows.hpp"

#include "report/cases/row_hash.hpp"
#include "report/store/read_rows.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace gacsong {
namespace {

/// Entries that tell of a change of rows.
constexpr std::array<std::string_view, 8> changes{"case-new",   "case-add",   "case-note",  "case-describe",
                                                  "case-state", "case-merge", "device-add", "device-change"};

} // namespace

Result<std::string> case_hash(Connection& connection, const std::string& case_id)
{
    return rows_hash(connection, {"case_file", "case_item", "case_note", "inspected_device"}, "case_id",
                     to_sql(case_id));
}

Status append_case_audit(Connection& connection, const Hand& hand, const std::string& action,
                         const std::string& case_id, const std::string& details, bool last)
{
    if (!last)
        return append_audit(connection, hand, action, case_id, details);
    const auto hash = case_hash(connection, case_id);
    if (!hash)
        return tl::unexpected(hash.error());
    nlohmann::ordered_json json = nlohmann::ordered_json::parse(details, nullptr, false);
    json["rows"] = *hash;
    return append_audit(connection, hand, action, case_id,
                        json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void LoggedCases::take(const AuditEntry& entry)
{
    if (std::ranges::find(changes, entry.action) == changes.end())
        return;
    const auto json = nlohmann::json::parse(entry.details, nullptr, false);
    const auto rows = json.is_object() ? json.find("rows") : json.end();
    hashes_[entry.subject] = json.is_object() && rows != json.end() && rows->is_string()
                                 ? std::optional(rows->get<std::string>())
                                 : std::nullopt;
}

Result<std::uint64_t> LoggedCases::examine(Connection& connection, std::vector<Message>& problems) const
{
    const auto present =
        read_rows<std::string>(connection, "SELECT case_id FROM case_file ORDER BY case_id", {},
                               [](const auto& row) { return row.at("case_id").toString().toStdString(); });
    if (!present)
        return tl::unexpected(present.error());
    const auto problem = [&](const char* key, const std::string& id) {
        problems.emplace_back(key, std::vector<Argument>{{"case", id}});
    };
    for (const std::string& id : *present) {
        if (!hashes_.contains(id))
            problem("audit.case_added", id);
    }
    std::uint64_t compared = 0;
    for (const auto& [id, hash] : hashes_) {
        if (std::ranges::find(*present, id) == present->end()) {
            problem("audit.case_missing", id);
            continue;
        }
        if (!hash)
            continue;
        const auto now = case_hash(connection, id);
        if (!now)
            return tl::unexpected(now.error());
        ++compared;
        if (*now != *hash)
            problem("audit.case_changed", id);
    }
    return compared;
}

} // namespace gacsong
