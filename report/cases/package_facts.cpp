// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/package_facts.hpp"

#include <nlohmann/json.hpp>

namespace gacsong {

using nlohmann::ordered_json;

std::string package_details(const PackageFacts& facts)
{
    ordered_json files = ordered_json::array();
    for (const PackagedFile& one : facts.files)
        files.push_back({{"name", one.name}, {"bytes", one.bytes}, {"sha512", one.sha512}});
    const ordered_json json{{"file", facts.file},
                            {"bytes", facts.bytes},
                            {"sha512", facts.sha512},
                            {"key", facts.key},
                            {"fingerprint", facts.fingerprint},
                            {"files", files}};
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::optional<PackageFacts> last_package(std::span<const AuditEntry> log, const std::string& case_id)
{
    for (auto at = log.rbegin(); at != log.rend(); ++at) { // the last one first
        const AuditEntry& entry = *at;
        if (entry.action != "package-made" || entry.subject != case_id)
            continue;
        const auto json = ordered_json::parse(entry.details, nullptr, false);
        if (!json.is_object())
            return std::nullopt;
        try {
            PackageFacts facts;
            facts.file = json.at("file").get<std::string>();
            facts.bytes = json.at("bytes").get<std::uint64_t>();
            facts.sha512 = json.at("sha512").get<std::string>();
            facts.key = json.at("key").get<std::string>();
            facts.fingerprint = json.at("fingerprint").get<std::string>();
            facts.made_at = entry.at;
            facts.made_by = entry.who;
            for (const auto& one : json.at("files"))
                facts.files.push_back({one.at("name").get<std::string>(), one.at("bytes").get<std::uint64_t>(),
                                       one.at("sha512").get<std::string>()});
            return facts;
        } catch (const ordered_json::exception&) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace gacsong
