// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json/record_json.hpp"

#include "report/json/json_text.hpp"
#include "report/records/codes.hpp"
#include "report/text/time_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

namespace gacsong {
namespace {

/// Which entries of System::identity are numbers. All others stay text: a network code 01 is not 1. A device's id is a
/// number where it is written as one.
bool numeric_identity(std::string_view key, std::string_view text)
{
    constexpr std::array<std::string_view, 4> numbers{"colour_code", "spreading_factor", "channel", "timeslots"};
    const bool digits = !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string::npos;
    return key.ends_with("_hz") || key.ends_with("_s") || std::ranges::find(numbers, key) != numbers.end() ||
           (key == "id" && digits && (text.size() == 1 || text.front() != '0'));
}

std::optional<double> whole_number(std::string_view text)
{
    double value = 0.0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Visits the fields of a record and writes each as a member. One overload for each type that a field may have.
class FieldWriter {
public:
    FieldWriter(std::string& out, const Wordings* wordings, bool with_bursts)
        : out_(out), object_(out), wordings_(wordings), with_bursts_(with_bursts)
    {
    }

    JsonObject& object() { return object_; }

    template <class Record> void fields(const Record& record)
    {
        fields(record, [](std::string_view) {});
    }

    /// The same; after(name) may write more members behind each field.
    template <class Record, class After> void fields(const Record& record, const After& after)
    {
        for_each_field(record, [&](std::string_view name, const auto& value) {
            write(name, value);
            after(name);
        });
    }

    void sentences(const Message& message)
    {
        object_.member("en", wordings_->en.text(message));
        object_.member("vi", wordings_->vi.text(message));
    }

private:
    void write(std::string_view name, const std::string& value)
    {
        if (!value.empty())
            object_.member(name, value);
    }
    void write(std::string_view name, double value)
    {
        if (std::isfinite(value))
            object_.member(name, value);
    }
    void write(std::string_view name, bool value) { object_.member(name, value); }
    void write(std::string_view name, std::uint64_t value) { object_.member(name, value); }
    void write(std::string_view name, const Instant& value) { object_.member(name, rfc3339(value)); }
    void write(std::string_view name, Quality value) { object_.member(name, code(value)); }
    void write(std::string_view name, Verdict value) { object_.member(name, code(value)); }
    void write(std::string_view name, Severity value) { object_.member(name, code(value)); }

    void write(std::string_view name, std::int64_t value) { object_.member(name, value); }

    void write(std::string_view name, const std::vector<std::int64_t>& values)
    {
        plain_list(name, values, [](std::int64_t value) { return std::to_string(value); });
    }
    void write(std::string_view name, const std::vector<std::string>& values)
    {
        plain_list(name, values, [](const std::string& value) { return json_string(value); });
    }
    void write(std::string_view name, const std::vector<CellMessage>& messages)
    {
        list(name, messages, [](FieldWriter& item, const CellMessage& message) {
            item.write("name", message.name);
            item.write("channel", message.channel);
            item.write("hex", message.hex);
            item.write("count", message.count);
            item.object_.key("fields");
            FieldWriter inner(item.out_, item.wordings_, false);
            for (const auto& [field, value] : message.contents)
                std::visit([&inner, &key = field](const auto& one) { inner.write(key, one); }, value);
            inner.object_.close();
        });
    }
    void write(std::string_view name, const std::vector<CellIndicator>& indicators)
    {
        list(name, indicators, [](FieldWriter& item, const CellIndicator& indicator) {
            item.write("code", indicator.code);
            item.write("weight", indicator.weight);
            item.write("q", indicator.q);
            item.write("group", indicator.group);
            item.write("points", indicator.points);
            item.sentences(indicator.reason);
        });
    }
    void write(std::string_view name, const std::vector<CellGroup>& groups)
    {
        list(name, groups, [](FieldWriter& item, const CellGroup& group) {
            item.write("group", group.group);
            item.write("points", group.points);
        });
    }
    void write(std::string_view name, const std::vector<CellLeftOut>& left_out)
    {
        list(name, left_out, [](FieldWriter& item, const CellLeftOut& one) {
            item.write("code", one.code);
            item.sentences(one.reason);
        });
    }
    void write(std::string_view name, const std::vector<Neighbour>& neighbours)
    {
        list(name, neighbours, [](FieldWriter& item, const Neighbour& neighbour) {
            item.write("technology", neighbour.technology);
            item.write("channel", neighbour.channel);
            item.write("priority", neighbour.priority);
        });
    }

    template <class T> void write(std::string_view name, const std::optional<T>& value)
    {
        if (value)
            write(name, *value);
    }

    /// A record inside a record. A number that is 0 there means that it is not known.
    template <class Record>
    requires requires { Record::fields; }
    void write(std::string_view name, const Record& value)
    {
        object_.key(name);
        FieldWriter inner(out_, wordings_, with_bursts_);
        for_each_field(value, [&inner](std::string_view inner_name, const auto& inner_value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(inner_value)>, double>) {
                if (inner_value == 0.0)
                    return;
            }
            inner.write(inner_name, inner_value);
        });
        inner.object_.close();
    }

    void write(std::string_view name, const std::map<std::string, std::string>& identity)
    {
        if (identity.empty())
            return;
        object_.key(name);
        JsonObject inner(out_);
        for (const auto& [key, text] : identity) {
            const auto number = numeric_identity(key, text) ? whole_number(text) : std::nullopt;
            if (number)
                inner.member(key, *number);
            else
                inner.member(key, text);
        }
        inner.close();
    }

    void write(std::string_view /*name*/, const Message& message) { sentences(message); }

    /// Why an input ended early: the code, as for gaps, and the sentences.
    void write(std::string_view name, const std::optional<Message>& message)
    {
        if (!message)
            return;
        object_.member(name, message->key);
        sentences(*message);
    }

    void write(std::string_view name, const std::vector<Message>& messages)
    {
        if (!messages.empty())
            list(name, messages, [](FieldWriter& item, const Message& message) { item.sentences(message); });
    }

    void write(std::string_view name, const std::vector<Reason>& reasons)
    {
        list(name, reasons, [](FieldWriter& item, const Reason& reason) {
            item.write("rule", reason.rule);
            item.sentences(reason.message);
            item.write("reference", reason.reference);
        });
    }

    void write(std::string_view name, const std::vector<Burst>& bursts)
    {
        constexpr std::size_t most = 2000; // contract.md §2
        if (with_bursts_ && !bursts.empty())
            list(name, std::span(bursts).first(std::min(bursts.size(), most)),
                 [](FieldWriter& item, const Burst& burst) { item.fields(burst); });
    }

    template <class List, class Write> void list(std::string_view name, const List& items, Write&& write_item)
    {
        object_.key(name);
        out_ += '[';
        bool first = true;
        for (const auto& value : items) {
            if (!first)
                out_ += ',';
            first = false;
            FieldWriter item(out_, wordings_, with_bursts_);
            write_item(item, value);
            item.object_.close();
        }
        out_ += ']';
    }

    template <class List, class Text> void plain_list(std::string_view name, const List& items, Text&& text)
    {
        object_.key(name);
        out_ += '[';
        for (const auto& value : items)
            out_ += (&value == &*std::begin(items) ? "" : ",") + text(value);
        out_ += ']';
    }

    std::string& out_;
    JsonObject object_;
    const Wordings* wordings_;
    bool with_bursts_;
};

template <class Record> std::string record_json(std::string_view type, const Record& record, const Wordings* wordings)
{
    std::string out;
    FieldWriter writer(out, wordings, false);
    writer.object().member("type", type);
    writer.fields(record);
    writer.object().close();
    return out;
}

void write_or_null(JsonObject& object, std::string_view name, const std::string& value)
{
    if (value.empty())
        object.raw(name, "null");
    else
        object.member(name, value);
}

void write_settings(JsonObject& object, std::string& out, const std::vector<std::string>& settings)
{
    if (settings.empty())
        return;
    object.key("settings");
    JsonObject inner(out);
    for (const std::string& setting : settings) {
        const std::size_t equals = std::min(setting.find('='), setting.size());
        inner.member(setting.substr(0, equals), setting.substr(std::min(equals + 1, setting.size())));
    }
    inner.close();
}

void write_inferred(JsonObject& object, std::string& out, const StreamInfo& stream)
{
    object.key("inferred");
    JsonObject inner(out);
    inner.member("format", code(stream.format_origin));
    inner.member("sample_rate_hz", code(stream.rate_origin));
    inner.member("center_hz", code(stream.center_origin));
    inner.member("start", code(stream.start_origin));
    inner.close();
}

} // namespace

std::string run_json(const Run& run)
{
    const StreamInfo& stream = run.stream;
    std::string out;
    JsonObject object(out);
    object.member("type", "run");
    object.member("schema", std::int64_t{1});
    object.member("program", run.program);
    object.member("input", stream.input);
    object.member("format", stream.format_name);
    object.member("sample_rate_hz", stream.sample_rate_hz);
    object.raw("center_hz", stream.center_hz ? json_number(*stream.center_hz) : "null");
    object.raw("start", stream.start ? json_string(rfc3339(*stream.start)) : "null");
    object.raw("duration_s", stream.length && stream.sample_rate_hz > 0.0
                                 ? json_number(static_cast<double>(*stream.length) / stream.sample_rate_hz)
                                 : "null");
    write_inferred(object, out, stream);
    write_or_null(object, "plan", run.plan);
    write_or_null(object, "register", run.register_name);
    write_or_null(object, "receiver", stream.receiver);
    write_or_null(object, "container", stream.container);
    if (stream.latitude && stream.longitude) {
        object.member("latitude", *stream.latitude);
        object.member("longitude", *stream.longitude);
    }
    if (run.low_hz && run.high_hz) {
        object.member("low_hz", *run.low_hz);
        object.member("high_hz", *run.high_hz);
    }
    write_settings(object, out, run.settings);
    object.close();
    return out;
}

namespace {

void write_emission(FieldWriter& writer, const Emission& emission)
{
    // Without a tuned frequency the edges are offsets too.
    const bool offsets = !emission.center_hz && !emission.low_hz;
    const double half = emission.bandwidth_hz / 2.0;
    writer.fields(emission, [&](std::string_view name) {
        if (!offsets || name != "offset_hz")
            return;
        writer.object().member("low_offset_hz", emission.offset_hz - half);
        writer.object().member("high_offset_hz", emission.offset_hz + half);
    });
}

std::string findings_json(std::span<const Finding> findings, const Wordings& wordings)
{
    std::string list;
    for (const Finding& finding : findings)
        list += (list.empty() ? "" : ",") + finding_json(finding, wordings);
    return "[" + list + "]";
}

} // namespace

std::string emission_json(const Emission& emission, const Wordings& wordings, bool with_bursts)
{
    std::string out;
    FieldWriter writer(out, &wordings, with_bursts);
    writer.object().member("type", "emission");
    write_emission(writer, emission);
    writer.object().close();
    return out;
}

std::string started_json(const Emission& emission, std::span<const Finding> findings, const Wordings& wordings)
{
    std::string out;
    FieldWriter writer(out, &wordings, false);
    writer.object().member("type", "started");
    write_emission(writer, emission);
    writer.object().raw("findings", findings_json(findings, wordings));
    writer.object().close();
    return out;
}

std::string withdrawn_json(const std::string& id, const Message& why, const Wordings& wordings)
{
    std::string out;
    FieldWriter writer(out, &wordings, false);
    writer.object().member("type", "withdrawn");
    writer.object().member("id", id);
    writer.sentences(why);
    writer.object().close();
    return out;
}

std::string cell_json(const Cell& cell, const Wordings& wordings) { return record_json("cell", cell, &wordings); }

std::string heard_json(const Cell& cell, std::span<const Finding> findings, const Wordings& wordings)
{
    std::string out;
    FieldWriter writer(out, &wordings, false);
    writer.object().member("type", "heard");
    writer.fields(cell);
    writer.object().raw("findings", findings_json(findings, wordings));
    writer.object().close();
    return out;
}

std::string finding_json(const Finding& finding, const Wordings& wordings)
{
    return record_json("finding", finding, &wordings);
}

std::string gap_json(const Gap& gap) { return record_json("gap", gap, nullptr); }

std::string position_json(const TrackPoint& point) { return record_json("position", point, nullptr); }

std::string look_json(const Look& look) { return record_json("look", look, nullptr); }

std::string warning_json(const Message& message, const Wordings& wordings)
{
    std::string out;
    FieldWriter writer(out, &wordings, false);
    writer.object().member("type", "warning");
    writer.object().member("code", message.key);
    writer.sentences(message);
    writer.object().close();
    return out;
}

std::string end_json(const End& end, const Wordings& wordings) { return record_json("end", end, &wordings); }

} // namespace gacsong
