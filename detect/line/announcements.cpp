// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/announcements.hpp"

#include <algorithm>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_told = 1000; ///< what never ends, as an artefact found out later, leaves in the end
constexpr double slack_s = 1.0;

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
    told_.push_back({next(), track.core, track.time.start_s});
    return told_.back().id;
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
