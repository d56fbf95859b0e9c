// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/summary/counts.hpp"

#include "detect/plan/tables/validity.hpp"
#include "report/inspections/inspection_codes.hpp"

#include <algorithm>
#include <numeric>

namespace gacsong::summary {
namespace {

template <class Map> std::uint64_t sum(const Map& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                           [](std::uint64_t all, const auto& one) { return all + one.second; });
}

/// A row that says only that there was a visit has no device.
bool has_device(const InspectedDevice& device)
{
    return !device.device_kind.empty() || !device.make.empty() || !device.serial.empty();
}

void count(DeviceCounts& counts, const InspectedDevice& device)
{
    counts.premises.emplace(device.premises, device.address);
    if (!has_device(device))
        return;
    ++counts.devices;
    const std::string mark = mark_state(device.mark);
    counts.marked += mark == "yes" ? 1 : 0;
    counts.unmarked += mark == "no" ? 1 : 0;
    counts.papers += !device.invoice.empty() && device.invoice != "no" ? 1 : 0;
    counts.recommended += device.action == "recommended" ? 1 : 0;
    counts.sealed += device.action == "sealed" || device.action == "held" ? 1 : 0;
    counts.handed_over += device.action == "handed-over" ? 1 : 0;
    counts.passed += mark == "yes" && device.remark.empty() ? 1 : 0;
    counts.remarked += device.remark.empty() ? 0 : 1;
    bool outside = false;
    for (const Reason& reason : device.remark) {
        const std::string& key = reason.message.key;
        const std::string name = key.substr(key.rfind('.') + 1);
        ++counts.remarks[name];
        outside = outside || name == "outside" || name == "not_permitted";
    }
    counts.outside += outside ? 1 : 0;
}

} // namespace

std::uint64_t CaseCounts::all() const { return sum(settled) + open; }
std::uint64_t RunCounts::all() const { return sum(emissions); }

std::uint64_t RunCounts::told() const
{
    std::uint64_t n = 0;
    for (const Verdict verdict : {Verdict::unlicensed, Verdict::violation, Verdict::protected_band}) {
        const auto found = emissions.find(verdict);
        n += found == emissions.end() ? 0 : found->second;
    }
    return n;
}

CaseCounts count_cases(const PeriodMaterial& material, const Period& period)
{
    CaseCounts counts;
    for (const CountedCase& one : material.cases) {
        if (!one.opened_at || !period.holds(*one.opened_at))
            continue;
        if (one.state == "open")
            ++counts.open;
        else
            ++counts.settled[one.kind];
    }
    return counts;
}

RunCounts count_runs(const PeriodMaterial& material, const Period& period)
{
    RunCounts counts;
    for (const CountedRun& run : material.runs) {
        if (!period.holds(run.at))
            continue;
        ++counts.runs;
        counts.seconds += run.seconds;
        for (const auto& [verdict, n] : run.emissions)
            counts.emissions[verdict] += n;
    }
    return counts;
}

DevicesCounted count_devices(const PeriodMaterial& material, const Period& period)
{
    DevicesCounted counted;
    for (const InspectedDevice& device : material.devices) {
        const auto day = parse_day(device.date);
        counted.undated += day ? 0 : 1;
        if (!day || !period.holds(*day))
            continue;
        count(counted.all, device);
        count(counted.by_business[device.kind_of_business], device);
        if (has_device(device))
            count(counted.by_kind[device.device_kind], device);
    }
    return counted;
}

std::map<std::string, PlaceCounts> count_places(const PeriodMaterial& material, const Period& period)
{
    std::map<std::string, PlaceCounts> places;
    for (const CountedRun& run : material.runs) {
        if (!period.holds(run.at))
            continue;
        PlaceCounts& place = places[run.place];
        ++place.runs;
        place.seconds += run.seconds;
    }
    for (const CountedCase& one : material.cases) {
        if (!one.opened_at || !period.holds(*one.opened_at))
            continue;
        PlaceCounts& place = places[one.place];
        place.findings += one.state == "open" ? 0 : one.findings;
        for (const auto& [at, text] : one.outcomes)
            place.outcomes.push_back(text);
    }
    for (const InspectedDevice& device : material.devices) {
        const auto day = parse_day(device.date);
        if (!day || !period.holds(*day))
            continue;
        PlaceCounts& place = places[place_of(device.address)];
        place.premises.emplace(device.premises, device.address);
        place.devices += has_device(device) ? 1 : 0;
    }
    return places;
}

Tally count_systems(const PeriodMaterial& material, const Period& period)
{
    Tally tally;
    for (const CountedRun& run : material.runs) {
        if (!period.holds(run.at))
            continue;
        for (const auto& [system, n] : run.systems)
            tally[system] += n;
    }
    return tally;
}

Tally count_rules(const PeriodMaterial& material, const Period& period)
{
    Tally tally;
    for (const CountedCase& one : material.cases) {
        if (!one.opened_at || !period.holds(*one.opened_at) || one.state == "open")
            continue;
        for (const auto& [rule, n] : one.rules)
            tally[rule] += n;
    }
    return tally;
}

std::optional<Instant> first_moment(const PeriodMaterial& material)
{
    std::optional<Instant> first;
    const auto take = [&](const std::optional<Instant>& moment) {
        if (moment)
            first = first ? std::min(*first, *moment) : *moment;
    };
    for (const CountedCase& one : material.cases)
        take(one.opened_at);
    for (const CountedRun& run : material.runs)
        take(run.at);
    for (const InspectedDevice& device : material.devices)
        take(parse_day(device.date));
    return first;
}

} // namespace gacsong::summary
