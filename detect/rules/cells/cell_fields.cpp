// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/cell_fields.hpp"

#include <algorithm>

namespace gacsong {

namespace {

const BroadcastValue* field_of(const CellMessage& message, std::string_view field)
{
    const auto found = std::find_if(message.contents.begin(), message.contents.end(),
                                    [&](const auto& one) { return one.first == field; });
    return found == message.contents.end() ? nullptr : &found->second;
}

template <class T> const T* value_as(const BroadcastValue* value)
{
    return value != nullptr ? std::get_if<T>(value) : nullptr;
}

} // namespace

const BroadcastValue* broadcast_value(const Cell& cell, std::string_view message, std::string_view field)
{
    const CellMessage* best = nullptr;
    for (const auto& one : cell.messages) {
        const bool meant = message.empty() ? field_of(one, field) != nullptr : one.name == message;
        if (meant && (best == nullptr || one.count > best->count))
            best = &one;
    }
    return best != nullptr ? field_of(*best, field) : nullptr;
}

std::optional<std::int64_t> broadcast_number(const Cell& cell, std::string_view message, std::string_view field)
{
    const auto* number = value_as<std::int64_t>(broadcast_value(cell, message, field));
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::optional<bool> broadcast_flag(const Cell& cell, std::string_view message, std::string_view field)
{
    const auto* flag = value_as<bool>(broadcast_value(cell, message, field));
    return flag != nullptr ? std::optional(*flag) : std::nullopt;
}

std::vector<std::int64_t> broadcast_list(const Cell& cell, std::string_view message, std::string_view field)
{
    const auto* list = value_as<std::vector<std::int64_t>>(broadcast_value(cell, message, field));
    return list != nullptr ? *list : std::vector<std::int64_t>{};
}

std::uint64_t broadcast_blocks(const Cell& cell, std::string_view message)
{
    std::uint64_t count = 0;
    for (const auto& one : cell.messages)
        count += one.name == message ? one.count : 0;
    return count;
}

std::uint64_t agreeing_blocks(const Cell& cell, std::string_view message)
{
    std::uint64_t most = 0;
    for (const auto& one : cell.messages)
        most = one.name == message ? std::max(most, one.count) : most;
    return most;
}

std::string stated_area(const Cell& cell, std::string_view message)
{
    std::string out;
    const auto put = [&](const std::string& part) { out += (out.empty() ? "" : "-") + part; };
    for (const std::string_view field : {"mcc", "mnc", "lac"}) {
        const auto* value = broadcast_value(cell, message, field);
        if (const auto* text = value_as<std::string>(value))
            put(*text);
        if (const auto* number = value_as<std::int64_t>(value))
            put(std::to_string(*number));
    }
    return out;
}

std::optional<std::vector<std::vector<unsigned>>> scheduled_sibs(const Cell& cell)
{
    const auto* text = value_as<std::string>(broadcast_value(cell, "SIB1", "scheduling"));
    if (text == nullptr)
        return std::nullopt;
    // `16:3 32:5,7`: period in frames, then the blocks of that message; none: SIB2 alone.
    std::vector<std::vector<unsigned>> out;
    bool blocks = false;
    unsigned current = 0;
    for (const char c : *text + " ") {
        if (c >= '0' && c <= '9') {
            current = 10 * current + static_cast<unsigned>(c - '0');
            continue;
        }
        if (c == ':')
            out.emplace_back();
        else if (blocks && current > 0)
            out.back().push_back(current);
        blocks = c == ':' || (blocks && c != ' ');
        current = 0;
    }
    return out;
}

std::optional<bool> sends_sib(const Cell& cell, unsigned number)
{
    const auto messages = scheduled_sibs(cell);
    if (!messages)
        return std::nullopt;
    return std::any_of(messages->begin(), messages->end(), [number](const auto& blocks) {
        return std::find(blocks.begin(), blocks.end(), number) != blocks.end();
    });
}

std::vector<std::int64_t> periods_frames(const Cell& cell)
{
    const auto* text = value_as<std::string>(broadcast_value(cell, "SIB1", "scheduling"));
    std::vector<std::int64_t> out;
    std::int64_t current = 0;
    for (const char c : text != nullptr ? *text : std::string()) {
        if (c == ':')
            out.push_back(current);
        current = c >= '0' && c <= '9' ? 10 * current + (c - '0') : 0;
    }
    return out;
}

bool has_decoded(const Cell& cell, std::string_view name)
{
    return std::find(cell.decoded.begin(), cell.decoded.end(), name) != cell.decoded.end();
}

std::optional<double> contacts_per_min(const Cell& cell)
{
    constexpr std::uint64_t least_counted = 5;
    if (!cell.paging)
        return std::nullopt;
    if (cell.technology == "gsm")
        return cell.paging->assignments ? std::optional(cell.paging->assignments_per_min.value_or(0.0)) : std::nullopt;
    if (!cell.paging->responses || !cell.paging->responses_per_min)
        return std::nullopt;
    return *cell.paging->responses < least_counted ? 0.0 : *cell.paging->responses_per_min;
}

std::optional<std::uint64_t> code_of(const Cell& cell) { return cell.technology == "gsm" ? cell.bsic : cell.pci; }

std::optional<double> received_level_dbfs(const Cell& cell)
{
    return cell.technology == "lte" && cell.rsrp_dbfs ? cell.rsrp_dbfs : cell.level_dbfs;
}

double rf_quality(const Cell& cell)
{
    constexpr double enough_db = 25.0;
    constexpr double margin_db = 3.0;
    if (cell.reference_evm_percent)
        return 1.0;
    const double snr_db = cell.snr_db.value_or(0.0);
    return snr_db >= enough_db ? 1.0 : (snr_db >= enough_db - margin_db ? 0.5 : 0.0);
}

bool same_identity(const Cell& a, const Cell& b)
{
    return a.technology == b.technology && a.plmn == b.plmn && a.cell && a.cell == b.cell &&
           (a.technology != "gsm" || a.area == b.area);
}

std::string cell_name(const Cell& cell)
{
    std::string name;
    const auto put = [&](const char* what, std::optional<std::uint64_t> value) {
        if (value)
            name += (name.empty() ? "" : ", ") + std::string(what) + " " + std::to_string(*value);
    };
    const bool gsm = cell.technology == "gsm";
    put(gsm ? "CI" : "ECI", cell.cell);
    put(gsm ? "LAC" : "TAC", cell.area);
    put(gsm ? "BSIC" : "PCI", code_of(cell));
    return name;
}

} // namespace gacsong
