// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/bytes.hpp"
#include "sdr/names/civil_time.hpp"
#include "sdr/sigmf.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t largest_index = std::uint64_t{1} << 62U;

const Json* member(const Json& object, const char* key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::optional<double> number(const Json& object, const char* key)
{
    const Json* value = member(object, key);
    if (value == nullptr || !value->is_number() || !std::isfinite(value->get<double>()))
        return std::nullopt;
    return value->get<double>();
}

/// A whole number 0 … 2^62, also where a writer put `.0` behind it.
std::optional<std::uint64_t> index(const Json& object, const char* key)
{
    const Json* value = member(object, key);
    if (value == nullptr)
        return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() <= largest_index)
        return value->get<std::uint64_t>();
    const auto real = number(object, key);
    if (!real || *real < 0.0 || *real > 0x1p53 || *real != std::floor(*real))
        return std::nullopt;
    return static_cast<std::uint64_t>(*real);
}

std::string text(const Json& object, const char* key)
{
    const Json* value = member(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string{};
}

/// Collects what was wrong, each kind of mistake once.
struct Complaints {
    const std::string& name;
    std::vector<Message>& list;

    void add(const char* key, std::vector<Argument> more = {})
    {
        if (std::any_of(list.begin(), list.end(), [&](const Message& said) { return said.key == key; }))
            return;
        more.insert(more.begin(), Argument{"file", name});
        list.emplace_back(key, std::move(more));
    }
};

void take_place(const Json& object, SigmfFacts& facts)
{
    const Json* place = member(object, "core:geolocation");
    const Json* pair = place == nullptr ? nullptr : member(*place, "coordinates");
    if (facts.latitude || pair == nullptr || !pair->is_array() || pair->size() < 2)
        return;
    const Json& longitude = (*pair)[0];
    const Json& latitude = (*pair)[1];
    if (!longitude.is_number() || !latitude.is_number())
        return;
    // A "latitude" beyond 90 proves a swap; then neither is used.
    if (std::abs(latitude.get<double>()) > 90.0 || std::abs(longitude.get<double>()) > 180.0)
        return;
    facts.longitude = longitude.get<double>();
    facts.latitude = latitude.get<double>();
}

SigmfCapture read_capture(const Json& entry, Complaints& complaints)
{
    SigmfCapture capture;
    const auto start = index(entry, "core:sample_start");
    if (!start)
        complaints.add("sigmf.capture_start");
    capture.sample_start = start.value_or(0);
    capture.global_index = index(entry, "core:global_index");
    capture.header_bytes = index(entry, "core:header_bytes").value_or(0);
    capture.lost_why = text(entry, "gacsong:lost_why");
    const auto frequency = number(entry, "core:frequency");
    if (frequency == 0.0)
        complaints.add("sigmf.zero_frequency"); // what writers put who do not know it
    else if (frequency && std::abs(*frequency) <= 1e12)
        capture.frequency_hz = frequency;
    if (const std::string when = text(entry, "core:datetime"); !when.empty()) {
        const auto stamp = parse_time(when);
        if (!stamp)
            complaints.add("sigmf.datetime", {{"value", shown(when)}});
        else if (!stamp->zone_stated)
            complaints.add("sigmf.no_zone", {{"value", shown(when)}});
        if (stamp)
            capture.datetime = stamp->instant;
    }
    return capture;
}

void take_captures(const Json& list, SigmfFacts& facts, Complaints& complaints)
{
    for (const Json& entry : list) {
        facts.captures.push_back(read_capture(entry, complaints));
        take_place(entry, facts);
    }
    const auto before = [](const SigmfCapture& a, const SigmfCapture& b) { return a.sample_start < b.sample_start; };
    if (!std::is_sorted(facts.captures.begin(), facts.captures.end(), before)) {
        complaints.add("sigmf.captures_unsorted");
        std::stable_sort(facts.captures.begin(), facts.captures.end(), before);
    }
    // Indices are absolute, from core:offset on. Where all of them lie below it, the writer counted from the file.
    if (facts.offset > 0 && !facts.captures.empty() && facts.captures.back().sample_start < facts.offset) {
        facts.indices_relative = true;
        complaints.add("sigmf.offset_relative");
    }
}

void take_extensions(const Json& global, Complaints& complaints)
{
    const Json* list = member(global, "core:extensions");
    if (list == nullptr || !list->is_array())
        return;
    for (const Json& entry : *list) {
        const Json* optional = member(entry, "optional");
        const std::string extension = text(entry, "name");
        if (extension != "gacsong" && optional != nullptr && optional->is_boolean() && !optional->get<bool>())
            complaints.add("sigmf.extension", {{"name", shown(extension)}});
    }
}

} // namespace

SigmfFacts sigmf_facts(const SigmfMeta& meta, const std::string& name)
{
    SigmfFacts facts;
    Complaints complaints{name, facts.warnings};
    const Json& global = meta.document["global"];
    facts.datatype = text(global, "core:datatype");
    if (const auto rate = number(global, "core:sample_rate"))
        facts.sample_rate_hz = rate;
    facts.offset = index(global, "core:offset").value_or(0);
    const auto channels = index(global, "core:num_channels").value_or(1);
    facts.channels = static_cast<unsigned>(std::clamp<std::uint64_t>(channels, 1, 4096));
    facts.trailing_bytes = index(global, "core:trailing_bytes").value_or(0);
    if (const std::string dataset = text(global, "core:dataset"); !dataset.empty())
        facts.dataset = dataset;
    const Json* metadata_only = member(global, "core:metadata_only");
    facts.metadata_only = metadata_only != nullptr && metadata_only->is_boolean() && metadata_only->get<bool>();
    if (const std::string hash = text(global, "core:sha512"); !hash.empty())
        facts.sha512 = hash;
    facts.hardware = text(global, "core:hw");
    facts.author = text(global, "core:author");
    facts.recorder = text(global, "core:recorder");
    facts.description = text(global, "core:description");
    facts.full_scale = number(global, "gacsong:full_scale");
    const Json* complete = member(global, "gacsong:complete");
    if (complete != nullptr && complete->is_boolean() && !complete->get<bool>()) {
        const auto safe = static_cast<double>(index(global, "gacsong:safe_samples").value_or(0));
        const double at_s = facts.sample_rate_hz.value_or(0.0) > 0.0 ? safe / *facts.sample_rate_hz : 0.0;
        complaints.add("sigmf.unfinished", {{"at", Quantity{at_s, Unit::at, 0.001}}});
    }
    take_captures(meta.document["captures"], facts, complaints);
    take_place(global, facts);
    take_extensions(global, complaints);
    return facts;
}

} // namespace gacsong::sdr
