// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/announcements.hpp"

#include <algorithm>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_told = 1000; ///< what never ends, as an artefact found out later, leaves in the end
constexpr double slack_s = 1.0;
constexpr unsigned patience = 4; ///< looks: between its end and its joining others nobody knows it for one or two

bool same_place(const Band& a, const Band& b) { return a.overlap(b) >= 0.5 * std::min(a.width(), b.width()); }

} // namespace

std::optional<std::string> Announcements::begin(const Track& track)
{
    for (const Told& told : told_) {
        if (same_place(told.core, track.core))
            return std::nullopt;
    }
    if (told_.size() >= most_told)
        told_.erase(told_.begin());
    told_.push_back({next(), track.core, track.time.start_s, 0});
    return told_.back().id;
}

std::vector<Announcements::Told> Announcements::take_lost(const std::function<bool(const Band&)>& known)
{
    std::vector<Told> lost;
    for (Told& told : told_)
        told.missed = known(told.core) ? 0 : told.missed + 1;
    std::erase_if(told_, [&](Told& told) {
        const bool gone = told.missed >= patience;
        if (gone)
            lost.push_back(std::move(told));
        return gone;
    });
    return lost;
}

std::string Announcements::end(const Track& track)
{
    const auto found = std::find_if(told_.begin(), told_.end(), [&](const Told& told) {
        return same_place(told.core, track.core) && told.start_s >= track.time.start_s - slack_s &&
               told.start_s <= track.time.end_s;
    });
    if (found == told_.end())
        return next();
    std::string id = std::move(found->id);
    told_.erase(found);
    return id;
}

} // namespace gacsong::detect
