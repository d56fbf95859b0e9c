// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong {

/// What messages said, and when that was first and last received (seconds from the start), where it is known.
template <class Content> struct Said {
    Content what;
    std::optional<double> first_s;
    std::optional<double> last_s;
};

/// Adds what was said to a list, once for each content: what is there already was said over all of the time.
template <class Content> void take_in(std::vector<Said<Content>>& list, Said<Content> one)
{
    const auto known =
        std::find_if(list.begin(), list.end(), [&](const Said<Content>& other) { return other.what == one.what; });
    if (known == list.end()) {
        list.push_back(std::move(one));
    } else if (known->first_s && one.first_s) {
        known->first_s = std::min(*known->first_s, *one.first_s);
        known->last_s = std::max(*known->last_s, *one.last_s);
    }
}

} // namespace gacsong
