// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/recording/wanted_times.hpp"

#include <algorithm>

namespace gacsong::app {

double WantedTimes::begin_s(const WantedEvent& event) const { return event.emission.start_s - times_.before_s; }

double WantedTimes::end_s(const WantedEvent& event) const
{
    const double last_s = event.emission.start_s + times_.longest_s;
    return (event.over ? std::min(event.emission.end_s, last_s) : last_s) + times_.after_s;
}

void WantedTimes::tell(WantedEvent event)
{
    const auto known = std::ranges::find_if(
        events_, [&](const WantedEvent& one) { return !one.over && one.emission.id == event.emission.id; });
    if (known == events_.end()) {
        events_.push_back(std::move(event));
        return;
    }
    if (event.rules.empty())
        event.rules = std::move(known->rules);
    *known = std::move(event);
}

void WantedTimes::end(const std::string& id, double at_s)
{
    for (WantedEvent& event : events_) {
        if (event.over || event.emission.id != id)
            continue;
        event.over = true;
        event.emission.end_s = std::max(event.emission.start_s, at_s);
    }
}

void WantedTimes::end_all(double at_s)
{
    for (WantedEvent& event : events_) {
        if (!event.over)
            event.emission.end_s = std::max(event.emission.start_s, at_s);
        event.over = true;
    }
}

bool WantedTimes::knows(const std::string& id) const
{
    return std::ranges::any_of(events_, [&](const WantedEvent& one) { return !one.over && one.emission.id == id; });
}

bool WantedTimes::wanted(double at_s) const { return first_at(at_s) != nullptr; }

const WantedEvent* WantedTimes::first_at(double at_s) const
{
    const WantedEvent* first = nullptr;
    for (const WantedEvent& event : events_) {
        const bool now = at_s >= begin_s(event) && at_s < end_s(event);
        if (now && (first == nullptr || event.emission.start_s < first->emission.start_s))
            first = &event;
    }
    return first;
}

std::vector<WantedEvent> WantedTimes::within(double from_s, double to_s) const
{
    std::vector<WantedEvent> found;
    for (const WantedEvent& event : events_) {
        if (event.emission.start_s < to_s && event.emission.end_s > from_s)
            found.push_back(event);
    }
    return found;
}

void WantedTimes::forget_before(double at_s)
{
    std::erase_if(events_, [&](const WantedEvent& event) { return event.over && end_s(event) <= at_s; });
}

} // namespace gacsong::app
