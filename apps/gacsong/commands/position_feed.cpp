// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/position_feed.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace gacsong::app {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 3s;
constexpr double moved_m = 25.0;
constexpr std::int64_t tell_every_ns = 30'000'000'000;

} // namespace

std::shared_ptr<sdr::GpsdClient> gpsd_of(const Arguments& arguments)
{
    return arguments.gpsd ? std::make_shared<sdr::GpsdClient>(*arguments.gpsd) : nullptr;
}

std::optional<Coordinates> first_place(const Arguments& arguments, const sdr::GpsdClient* gpsd,
                                       const std::stop_token& stop)
{
    if (arguments.settings.place || gpsd == nullptr)
        return arguments.settings.place;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < deadline) {
        if (const auto here = gpsd->position())
            return Coordinates{here->latitude, here->longitude};
        std::this_thread::sleep_for(50ms);
    }
    return std::nullopt;
}

PositionFeed::PositionFeed(std::shared_ptr<sdr::GpsdClient> gpsd, std::vector<Sink*> others,
                           std::shared_ptr<ReceiverTrack> track)
    : gpsd_(std::move(gpsd)), others_(std::move(others)), track_(std::move(track))
{
}

Status PositionFeed::begin(const Run& run)
{
    start_ = run.stream.start;
    told_.reset();
    return {};
}

void PositionFeed::progress(const Progress& /*progress*/)
{
    // An output that fails here is told of, and left out, with what it gets next.
    for (const Message& note : gpsd_->take_notes())
        for (Sink* other : others_)
            static_cast<void>(other->warning(note));
    const auto here = gpsd_->position();
    if (!here)
        return;
    const bool due = !told_ || here->when.unix_ns - told_->when.unix_ns >= tell_every_ns ||
                     sdr::distance_m(told_->latitude, told_->longitude, here->latitude, here->longitude) >= moved_m;
    if (!due)
        return;
    told_ = here;
    if (track_)
        track_->add(here->when, {here->latitude, here->longitude});
    TrackPoint point;
    point.when = here->when;
    point.at_s = start_ ? std::max(0.0, 1e-9 * static_cast<double>(here->when.unix_ns - start_->unix_ns)) : 0.0;
    point.latitude = here->latitude;
    point.longitude = here->longitude;
    point.altitude_m = here->altitude_m;
    point.error_m = here->error_m;
    if (here->satellites)
        point.satellites = static_cast<std::uint64_t>(std::max<std::int64_t>(0, *here->satellites));
    point.mean_ss_db = here->mean_ss_db;
    for (Sink* other : others_)
        static_cast<void>(other->position(point));
}

} // namespace gacsong::app
