// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/stepper.hpp"

#include "sdr/receivers/live_source.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace gacsong::sdr {

namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 500us;

/// Errors after which the receiver comes back by itself, tuned as it was asked to.
bool comes_back(const Error& error)
{
    const std::string& key = error.message.key;
    return key == "receiver.away" || key == "receiver.silent" || key == "receiver.crashed";
}

} // namespace

Stepper::Stepper(std::shared_ptr<ReceiverLink> link) : link_(std::move(link)), hold_(link_->ring().join()) {}

Stepper::~Stepper()
{
    if (hold_)
        link_->ring().leave(*hold_);
}

Result<std::optional<Stepper::Step>> Stepper::look(double center_hz, double dwell_s, const std::stop_token& stop)
{
    SharedRing& ring = link_->ring();
    const std::uint64_t seen = ring.mark_count();
    const auto let_run = [&](std::uint64_t position) {
        if (hold_)
            ring.set_taken(*hold_, position);
    };
    let_run(ring.written());
    const auto tuned = link_->tune(center_hz);
    if (!tuned && !comes_back(tuned.error()))
        return tl::unexpected(tuned.error());
    std::optional<RingMark> begin;
    while (!begin) {
        if (stop.stop_requested())
            return std::nullopt;
        const bool finished = ring.finished(); // before looking what there is
        for (const RingMark& mark : ring.marks_after(seen)) {
            if (mark.seam == Seam::retune || mark.seam == Seam::device)
                begin = mark;
        }
        if (!begin && finished)
            return failure("receiver.ended", {{"device", link_->facts().name}});
        if (!begin) {
            let_run(ring.written());
            std::this_thread::sleep_for(look_every);
        }
    }
    Listening listening;
    listening.stop = stop;
    listening.stop_after_s = dwell_s;
    listening.from = begin->at_sample;
    Step step{open_live(link_, link_->facts().name, listening), begin->center_hz, Instant{begin->unix_ns}};
    // A writer that can wait goes a quarter of the ring ahead: to the end of this look.
    const auto end = begin->at_sample + static_cast<std::uint64_t>(std::llround(dwell_s * link_->facts().rate_hz));
    let_run(end - std::min(end, ring.capacity() / 4));
    return std::optional<Step>(std::move(step));
}

} // namespace gacsong::sdr
