// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/case_json.hpp"

#include "report/json/json_text.hpp"
#include "report/text/time_text.hpp"

namespace gacsong {
namespace {

void write(JsonObject& object, std::string_view name, const std::string& value)
{
    if (!value.empty())
        object.member(name, value);
}

void write(JsonObject& object, std::string_view name, std::uint64_t value) { object.member(name, value); }

void write(JsonObject& object, std::string_view name, const std::optional<Instant>& value)
{
    if (value)
        object.member(name, rfc3339(*value));
}

template <class Record> std::string json(std::string_view type, const Record& record)
{
    std::string out;
    JsonObject object(out);
    object.member("type", type);
    for_each_field(record, [&](std::string_view name, const auto& member) { write(object, name, member); });
    object.close();
    return out;
}

} // namespace

std::string case_json(const CaseFile& file) { return json("case", file); }
std::string case_item_json(const CaseItem& item) { return json("case_item", item); }
std::string case_note_json(const CaseNote& note) { return json("case_note", note); }

} // namespace gacsong
