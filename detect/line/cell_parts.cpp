// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/cell_parts.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double same_carrier_hz = 60e3;

template <class Value> bool agree(const std::optional<Value>& a, const std::optional<Value>& b)
{
    return !a || !b || *a == *b;
}

/// Mean of what both parts measured, by the time that each took.
class Means {
public:
    Means(const Cell& before, const Cell& after)
        : before_(before), after_(after), first_(std::max(before.last_s - before.first_s, 1e-3)),
          second_(std::max(after.last_s - after.first_s, 1e-3))
    {
    }

    [[nodiscard]] double of(double a, double b) const { return (a * first_ + b * second_) / (first_ + second_); }

    [[nodiscard]] std::optional<double> of(std::optional<double> Cell::*value) const
    {
        const auto& a = before_.*value;
        const auto& b = after_.*value;
        return a && b ? std::optional(of(*a, *b)) : (b ? b : a);
    }

    [[nodiscard]] std::optional<double> rate(const std::optional<double>& a, const std::optional<double>& b) const
    {
        return a && b ? std::optional(of(*a, *b)) : (b ? b : a);
    }

private:
    const Cell& before_;
    const Cell& after_;
    double first_;
    double second_;
};

std::optional<std::uint64_t> sum(const std::optional<std::uint64_t>& a, const std::optional<std::uint64_t>& b)
{
    return a && b ? std::optional(*a + *b) : (b ? b : a);
}

Paging joined(const Paging& a, const Paging& b, const Means& means)
{
    Paging out;
    out.blocks = a.blocks + b.blocks;
    out.requests = a.requests + b.requests;
    out.empty_requests = a.empty_requests + b.empty_requests;
    out.identities = a.identities + b.identities;
    if (out.identities > 0)
        out.imsi_share = (a.imsi_share.value_or(0.0) * static_cast<double>(a.identities) +
                          b.imsi_share.value_or(0.0) * static_cast<double>(b.identities)) /
                         static_cast<double>(out.identities);
    out.assignments = sum(a.assignments, b.assignments);
    out.rejects = sum(a.rejects, b.rejects);
    out.requests_per_min = means.rate(a.requests_per_min, b.requests_per_min);
    out.assignments_per_min = means.rate(a.assignments_per_min, b.assignments_per_min);
    out.information_changes = sum(a.information_changes, b.information_changes);
    out.etws_indications = sum(a.etws_indications, b.etws_indications);
    out.cmas_indications = sum(a.cmas_indications, b.cmas_indications);
    out.responses = sum(a.responses, b.responses);
    out.responses_per_min = means.rate(a.responses_per_min, b.responses_per_min);
    out.responses_share = means.rate(a.responses_share, b.responses_share);
    out.backoff_indications = sum(a.backoff_indications, b.backoff_indications);
    return out;
}

void add_messages(Cell& to, const Cell& from)
{
    for (const CellMessage& message : from.messages) {
        const auto known = std::ranges::find_if(to.messages, [&](const CellMessage& other) {
            return other.hex == message.hex && other.name == message.name && other.channel == message.channel;
        });
        if (known == to.messages.end()) {
            to.messages.push_back(message);
            continue;
        }
        known->count += message.count;
        known->last_s = message.last_s;
    }
    for (const std::string& name : from.decoded)
        if (std::ranges::find(to.decoded, name) == to.decoded.end())
            to.decoded.push_back(name);
}

void add_neighbours(Cell& to, const Cell& from)
{
    for (const Neighbour& neighbour : from.neighbours) {
        const auto known = std::ranges::find_if(to.neighbours, [&](const Neighbour& other) {
            return other.technology == neighbour.technology && other.channel == neighbour.channel;
        });
        if (known == to.neighbours.end())
            to.neighbours.push_back(neighbour);
        else if (neighbour.priority)
            known->priority = neighbour.priority;
    }
}

} // namespace

bool same_place(const Cell& a, const Cell& b)
{
    const bool carrier = a.channel && b.channel ? *a.channel == *b.channel && a.band == b.band
                                                : std::abs(a.baseband_hz - b.baseband_hz) < same_carrier_hz;
    return a.technology == b.technology && carrier && a.bsic == b.bsic && a.pci == b.pci && a.duplex == b.duplex;
}

bool same_identity(const Cell& a, const Cell& b)
{
    return (a.plmn.empty() || b.plmn.empty() || a.plmn == b.plmn) && agree(a.area, b.area) && agree(a.cell, b.cell);
}

Cell joined(const Cell& before, const Cell& after)
{
    const Means means(before, after);
    Cell out = before;
    add_messages(out, after);
    add_neighbours(out, after);
    out.last_s = std::max(before.last_s, after.last_s);
    if (!after.plmn.empty())
        out.plmn = after.plmn;
    const auto latest = [](auto& value, const auto& now) {
        if (now)
            value = now;
    };
    latest(out.area, after.area);
    latest(out.cell, after.cell);
    latest(out.cbch, after.cbch);
    latest(out.cyclic_prefix, after.cyclic_prefix);
    latest(out.ports, after.ports);
    latest(out.resource_blocks, after.resource_blocks);
    latest(out.phich, after.phich);
    out.baseband_hz = means.of(before.baseband_hz, after.baseband_hz);
    for (const auto value : {&Cell::level_dbfs, &Cell::level_dbm, &Cell::snr_db, &Cell::offset_hz, &Cell::ppm,
                             &Cell::rsrp_dbfs, &Cell::rsrq_db, &Cell::pdsch_share, &Cell::phase_error_deg,
                             &Cell::phase_error_peak_deg, &Cell::reference_evm_percent})
        out.*value = means.of(value);
    if (before.paging && after.paging)
        out.paging = joined(*before.paging, *after.paging, means);
    else if (after.paging)
        out.paging = after.paging;
    return out;
}

} // namespace gacsong::detect
