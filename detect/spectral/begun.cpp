// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/detector.hpp"
#include "detect/spectral/detector_parts.hpp"
#include "detect/spectral/intervals.hpp"

#include <algorithm>
#include <utility>

namespace gacsong::detect {

std::vector<Track> Detector::take_begun(double least_s)
{
    std::vector<Track> begun;
    for (const auto& patch : narrow_->builder.open()) {
        Extra& extra = narrow_->extra[patch->id];
        if (extra.told || patch->rows_on < 3)
            continue;
        Activity activity = describe(*patch, *narrow_, Sight::narrow);
        if (activity.time.length() < least_s)
            continue;
        extra.told = true;
        activity.spectrum = extra.spectrum;
        begun.push_back(track_of(std::move(activity)));
    }
    if (begun.empty())
        return begun;
    auto others = tracker_.still_open();
    for (auto* list : {&others, &begun}) {
        for (Track& track : *list)
            track.to_end = true; // that all of them are on now says nothing
    }
    // What a stronger one keys, or is one with, is told of by that one.
    std::vector<const Track*> known;
    for (const Track& other : others)
        known.push_back(&other);
    std::erase_if(begun, [&](const Track& track) {
        const bool owned = std::any_of(known.begin(), known.end(), [&](const Track* other) {
            const bool itself = other->core.low_hz == track.core.low_hz && other->time.start_s == track.time.start_s;
            return !itself && other->power() > track.power() &&
                   kinship(*other, track, tracker_.grain()) != Kinship::none;
        });
        return owned || artefact_test_.test(track, known);
    });
    return begun;
}

} // namespace gacsong::detect
