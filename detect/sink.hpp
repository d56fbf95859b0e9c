// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"
#include "dsp/result.hpp"

#include <span>
#include <string>

namespace gacsong {

/// Takes what the line finds, in order and from one thread. A failed call makes the line say so once and leave this
/// sink out from then on; the others go on.
class Sink {
public:
    virtual ~Sink() = default;

    virtual Status begin(const Run& /*run*/) { return {}; }
    virtual Status emission(const Emission& /*emission*/) { return {}; }
    virtual Status cell(const Cell& /*cell*/) { return {}; }
    /// Of a source that may go on for ever: a cell that is being received, as far as it is known, and what would be
    /// found if that were all. Told again when more is known of it. It keeps its id; cell() follows at the end.
    virtual Status heard(const Cell& /*cell*/, std::span<const Finding> /*findings*/) { return {}; }
    /// A broadcast block of a cell, as soon as it is decoded; the cell itself comes when it ends.
    virtual Status broadcast(const BroadcastBlock& /*block*/) { return {}; }
    virtual Status finding(const Finding& /*finding*/) { return {}; }
    /// Of a source that may go on for ever: an emission that is still on, as far as it is known, and what would be
    /// found if it ended now. It keeps its id; emission() follows when it has ended.
    virtual Status started(const Emission& /*emission*/, std::span<const Finding> /*findings*/) { return {}; }
    /// What started() told of turned out to belong to something else, or to the receiver: no emission() follows.
    virtual Status withdrawn(const std::string& /*id*/, const Message& /*why*/) { return {}; }
    virtual Status gap(const Gap& /*gap*/) { return {}; }
    /// What counted as noise while a stretch was looked at, a few times for each second of signal.
    virtual Status noise(const NoiseLevel& /*level*/) { return {}; }
    /// Where the receiver is, when it has moved or some time has passed.
    virtual Status position(const TrackPoint& /*point*/) { return {}; }
    /// Of a sweep: one tuning, after it.
    virtual Status look(const Look& /*look*/) { return {}; }
    virtual Status warning(const Message& /*message*/) { return {}; }
    /// What only those want to know who ask for details.
    virtual Status note(const Message& /*message*/) { return {}; }
    virtual void progress(const Progress& /*progress*/) {}
    /// Called once at the end of each input, also when it broke off.
    virtual Status end(const End& /*end*/) { return {}; }
};

} // namespace gacsong
