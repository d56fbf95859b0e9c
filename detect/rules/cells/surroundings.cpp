// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/surroundings.hpp"

#include "detect/rules/cells/cell_fields.hpp"

#include <algorithm>

namespace gacsong {

namespace {

constexpr std::int64_t day_ns = 86'400'000'000'000;
constexpr std::int64_t learning_days = 7;
constexpr std::uint64_t learning_scans = 3;

bool learnt(const PlaceMemory& memory, Instant when)
{
    return memory.since && when.unix_ns - memory.since->unix_ns >= learning_days * day_ns &&
           memory.scans >= learning_scans && memory.days >= learning_scans;
}

} // namespace

Surroundings::Surroundings(std::span<const Cell> scan, const JudgeContext& context, Instant when, bool dated)
    : scan_(scan), completeness_(context.completeness)
{
    for (const auto& cell : scan) {
        watched_s_.first = &cell == scan.data() ? cell.first_s : std::min(watched_s_.first, cell.first_s);
        watched_s_.second = std::max(watched_s_.second, cell.last_s);
        add(cell, 0.0, true);
    }
    const auto place = place_of(context, when);
    if (!context.memory || !place || !dated)
        return;
    memory_ = context.memory->at(*place, when);
    history_ = learnt(memory_, when);
    for (const auto& one : memory_.day) {
        if (one.cell.verdict != "fake") // a false cell must not become what is usual
            add(one.cell, one.distance_km, false);
    }
    measure_register(context);
}

void Surroundings::add(const Cell& cell, double distance_km, bool now)
{
    if (cell.plmn.empty() || !cell.cell)
        return;
    auto& network = networks_[{cell.technology, cell.plmn}];
    const bool known = std::any_of(network.begin(), network.end(), [&](const HeardCell& other) {
        return same_identity(*other.cell, cell) && other.cell->channel == cell.channel;
    });
    if (!known)
        network.push_back({&cell, distance_km, now});
}

void Surroundings::measure_register(const JudgeContext& context)
{
    constexpr std::size_t least_cells = 10;
    if (!context.cells)
        return;
    std::size_t all = 0;
    std::size_t listed = 0;
    for (const auto& [cell, distance_km, scans] : memory_.day) {
        if (scans < enough_scans || !cell.cell || !context.cells->covers(cell.technology, cell.plmn))
            continue;
        ++all;
        listed += context.cells->find(cell.technology, cell.plmn, cell.area, *cell.cell).empty() ? 0U : 1U;
    }
    if (all >= least_cells)
        completeness_ = static_cast<double>(listed) / static_cast<double>(all);
}

std::span<const HeardCell> Surroundings::of_network(const std::string& technology, const std::string& plmn) const
{
    const auto found = networks_.find({technology, plmn});
    return found == networks_.end() ? std::span<const HeardCell>{} : std::span<const HeardCell>(found->second);
}

std::vector<HeardCell> Surroundings::of_technology(const std::string& technology) const
{
    std::vector<HeardCell> out;
    for (const auto& network : networks_) {
        if (network.first.first == technology)
            out.insert(out.end(), network.second.begin(), network.second.end());
    }
    return out;
}

const std::vector<Newcomer>&
Surroundings::newcomers(const Place& place, const std::function<std::optional<Newcomer>(const Cell&)>& newcomer) const
{
    if (newcomers_at_ == place)
        return newcomers_;
    newcomers_.clear();
    for (const auto& network : networks_) {
        for (const auto& heard : network.second) {
            if (auto one = newcomer(*heard.cell))
                newcomers_.push_back(std::move(*one));
        }
    }
    newcomers_at_ = place;
    return newcomers_;
}

} // namespace gacsong
