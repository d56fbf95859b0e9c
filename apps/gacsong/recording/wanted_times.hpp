// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/values.hpp"
#include "detect/records/emission.hpp"

#include <deque>
#include <string>
#include <vector>

namespace gacsong::app {

/// One event that is to be recorded.
struct WantedEvent {
    Emission emission;              ///< as it is known so far
    std::vector<std::string> rules; ///< that fired on it
    bool over = false;              ///< its end is known
};

/// Which stretches of time are to be recorded, as events are told of. Times are seconds from the start of the run.
class WantedTimes {
public:
    explicit WantedTimes(EventTimes times) : times_(times) {}

    /// An event that goes on, or one that is over; the same id again replaces what was known.
    void tell(WantedEvent event);
    /// What was told of is none, or nobody will say when it ends: it ended at `at_s`.
    void end(const std::string& id, double at_s);
    void end_all(double at_s);

    [[nodiscard]] bool knows(const std::string& id) const;
    /// Whether the moment is to be recorded.
    [[nodiscard]] bool wanted(double at_s) const;
    /// The event that is to be recorded at a moment and began first; null where there is none.
    [[nodiscard]] const WantedEvent* first_at(double at_s) const;
    /// Events of which a part lies in from … to.
    [[nodiscard]] std::vector<WantedEvent> within(double from_s, double to_s) const;
    /// Forgets what is over before a moment, with what is recorded after it.
    void forget_before(double at_s);

private:
    [[nodiscard]] double begin_s(const WantedEvent& event) const;
    [[nodiscard]] double end_s(const WantedEvent& event) const;

    EventTimes times_;
    std::deque<WantedEvent> events_;
};

} // namespace gacsong::app
