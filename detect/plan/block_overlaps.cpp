// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/block_overlaps.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

bool has(const std::vector<std::string>& list, const std::string& one)
{
    return std::find(list.begin(), list.end(), one) != list.end();
}

/// Edges are written in kilohertz at the finest.
bool same_edges(const PlanRow& a, const PlanRow& b)
{
    constexpr double least_hz = 1e3;
    return std::abs(a.low_hz - b.low_hz) < least_hz && std::abs(a.high_hz - b.high_hz) < least_hz;
}

bool clash(const MobileBlock& a, const MobileBlock& b)
{
    constexpr double least_hz = 1e3; // blocks that touch share an edge
    const bool frequency = a.row.low_hz + least_hz < b.row.high_hz && b.row.low_hz + least_hz < a.row.high_hz;
    const bool one_operator =
        std::any_of(a.plmn.begin(), a.plmn.end(), [&](const auto& plmn) { return has(b.plmn, plmn); });
    return frequency && !one_operator && !same_edges(a.row, b.row) && a.row.validity.overlaps(b.row.validity) &&
           share_technology(a, b);
}

} // namespace

bool share_technology(const MobileBlock& a, const MobileBlock& b)
{
    const auto any = [](const MobileBlock& one) { return one.technologies.empty() || has(one.technologies, "any"); };
    return any(a) || any(b) || std::any_of(a.technologies.begin(), a.technologies.end(), [&](const auto& technology) {
               return has(b.technologies, technology);
           });
}

std::vector<std::pair<PlanRow, PlanRow>> take_overlapping(std::vector<MobileBlock>& blocks)
{
    std::vector<std::pair<PlanRow, PlanRow>> out;
    std::vector<MobileBlock> kept;
    for (auto& block : blocks) {
        const auto other =
            std::find_if(kept.begin(), kept.end(), [&](const MobileBlock& one) { return clash(block, one); });
        if (other == kept.end())
            kept.push_back(std::move(block));
        else
            out.emplace_back(block.row, other->row);
    }
    blocks = std::move(kept);
    return out;
}

} // namespace gacsong
