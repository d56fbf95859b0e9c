// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/noise_history.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::picture {
namespace {

/// Two stretches that follow each other as one, each with the weight of its length.
NoiseLevel joined(const NoiseLevel& a, const NoiseLevel& b)
{
    NoiseLevel out = a;
    const double all = a.seconds + b.seconds;
    const auto share = static_cast<float>(all > 0.0 ? b.seconds / all : 0.5);
    for (std::size_t i = 0; i < out.dbfs_per_hz.size(); ++i)
        out.dbfs_per_hz[i] = std::lerp(a.dbfs_per_hz[i], b.dbfs_per_hz[i], share);
    out.seconds = std::max(a.at_s + a.seconds, b.at_s + b.seconds) - a.at_s;
    return out;
}

} // namespace

void NoiseHistory::add(NoiseLevel level)
{
    if (level.dbfs_per_hz.empty())
        return;
    if (!levels_.empty() && levels_.front().dbfs_per_hz.size() != level.dbfs_per_hz.size())
        levels_.clear();
    levels_.push_back(std::move(level));
    if (levels_.size() > most)
        thin();
}

void NoiseHistory::thin()
{
    std::vector<NoiseLevel> half;
    for (std::size_t i = 0; i + 1 < levels_.size(); i += 2)
        half.push_back(joined(levels_[i], levels_[i + 1]));
    if (levels_.size() % 2 == 1)
        half.push_back(std::move(levels_.back()));
    levels_ = std::move(half);
}

NoiseLines NoiseHistory::lines(double from_s, double to_s, std::size_t bins, double rate_hz) const
{
    NoiseLines out;
    if (levels_.empty() || bins == 0)
        return out;
    auto first = std::ranges::lower_bound(levels_, from_s, {}, [](const NoiseLevel& l) { return l.at_s + l.seconds; });
    if (first == levels_.end())
        --first;
    auto last = std::ranges::upper_bound(levels_, to_s, {}, &NoiseLevel::at_s);
    if (last <= first)
        last = first + 1;
    const std::size_t parts = first->dbfs_per_hz.size();
    std::vector<double> mean(parts, 0.0);
    for (auto level = first; level != last; ++level)
        for (std::size_t i = 0; i < parts; ++i)
            mean[i] += static_cast<double>(level->dbfs_per_hz[i]) / static_cast<double>(last - first);
    const double width_db = 10.0 * std::log10(rate_hz / static_cast<double>(bins));
    const auto& latest = *(last - 1);
    for (std::size_t k = 0; k < bins; ++k) {
        const double place = (static_cast<double>(k) + 0.5) * static_cast<double>(parts) / static_cast<double>(bins);
        const double at = std::clamp(place - 0.5, 0.0, static_cast<double>(parts - 1));
        const auto below = static_cast<std::size_t>(at);
        const std::size_t above = std::min(parts - 1, below + 1);
        const double level = std::lerp(mean[below], mean[above], at - static_cast<double>(below)) + width_db;
        out.floor.push_back(static_cast<float>(level));
        out.open.push_back(static_cast<float>(level + latest.open_db));
        out.close.push_back(static_cast<float>(level + latest.close_db));
    }
    return out;
}

} // namespace gacsong::picture
