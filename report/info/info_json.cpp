// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/info/info.hpp"
#include "report/json/json_text.hpp"
#include "report/records/codes.hpp"
#include "report/text/time_text.hpp"

namespace gacsong {
namespace {

template <class T, class Write>
void or_null(JsonObject& object, std::string_view name, const std::optional<T>& value, const Write& write)
{
    object.raw(name, value ? write(*value) : std::string("null"));
}

void text(JsonObject& object, std::string_view name, const std::string& value)
{
    if (!value.empty())
        object.member(name, value);
}

/// `[a,b]` of finished JSON texts.
template <class List, class Write> std::string array(const List& items, const Write& write)
{
    std::string out = "[";
    for (const auto& item : items)
        out += (out.size() > 1 ? "," : "") + write(item);
    return out + "]";
}

std::string message_object(const Message& message, const Wordings& wordings)
{
    std::string out;
    JsonObject object(out);
    object.member("code", message.key);
    object.member("en", wordings.en.text(message));
    object.member("vi", wordings.vi.text(message));
    object.close();
    return out;
}

std::string segment_object(const Segment& segment)
{
    std::string out;
    JsonObject object(out);
    object.member("first_sample", segment.first_sample);
    if (segment.center_hz)
        object.member("center_hz", *segment.center_hz);
    if (segment.start)
        object.member("start", rfc3339(*segment.start));
    if (segment.lost_before > 0) {
        object.member("lost_before", segment.lost_before);
        text(object, "lost_why", segment.lost_why);
    }
    object.close();
    return out;
}

std::string inferred(const sdr::Facts& facts)
{
    std::string out;
    JsonObject object(out);
    object.member("format", code(facts.type.origin));
    object.member("sample_rate_hz", code(facts.rate_hz.origin));
    object.member("center_hz", code(facts.center_hz.origin));
    object.member("start", code(facts.start.origin));
    object.close();
    return out;
}

void facts_members(JsonObject& object, const sdr::Inspection& i)
{
    or_null(object, "format", i.facts.type.value, [](const SampleFormat& type) { return json_string(type.name()); });
    or_null(object, "sample_rate_hz", i.facts.rate_hz.value, json_number);
    or_null(object, "center_hz", i.facts.center_hz.value, json_number);
    or_null(object, "start", i.facts.start.value, [](Instant start) { return json_string(rfc3339(start)); });
    or_null(object, "duration_s", i.duration_s, json_number);
    object.raw("inferred", inferred(i.facts));
    object.raw("missing", array(i.missing, json_string));
    if (i.type_hint)
        object.member("type_hint", *i.type_hint);
    if (i.samples)
        object.member("samples", *i.samples);
    if (i.size_bytes)
        object.member("size_bytes", *i.size_bytes);
}

} // namespace

std::string info_json(const sdr::Inspection& i, const Wordings& wordings)
{
    std::string out;
    JsonObject object(out);
    object.member("type", "info");
    object.member("schema", std::int64_t{1});
    object.member("input", i.input);
    object.member("container", i.container);
    facts_members(object, i);
    object.member("channels", static_cast<std::uint64_t>(i.channels));
    object.raw("segments", array(i.segments, segment_object));
    text(object, "receiver", i.receiver);
    text(object, "author", i.author);
    text(object, "recorder", i.recorder);
    text(object, "description", i.description);
    if (i.latitude && i.longitude) {
        object.member("latitude", *i.latitude);
        object.member("longitude", *i.longitude);
    }
    if (i.annotations)
        object.member("annotations", *i.annotations);
    if (i.sha512)
        object.member("sha512", *i.sha512);
    const auto write_message = [&](const Message& message) { return message_object(message, wordings); };
    object.raw("warnings", array(i.warnings, write_message));
    if (i.shortfall)
        object.raw("shortfall", write_message(*i.shortfall));
    if (i.refusal)
        object.raw("refusal", write_message(i.refusal->message));
    object.close();
    return out;
}

} // namespace gacsong
