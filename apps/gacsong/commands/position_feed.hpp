// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "detect/rules/receiver_track.hpp"
#include "detect/sink.hpp"
#include "sdr/position/gpsd_client.hpp"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace gacsong::app {

/// Listens to gpsd where the arguments ask for it; null otherwise.
[[nodiscard]] std::shared_ptr<sdr::GpsdClient> gpsd_of(const Arguments& arguments);

/// The place that the user states, else the first position, waited for a few seconds: it is never required.
[[nodiscard]] std::optional<Coordinates> first_place(const Arguments& arguments, const sdr::GpsdClient* gpsd,
                                                     const std::stop_token& stop);

/// Tells other outputs where the receiver is, when it has moved by 25 m or half a minute has passed, and what is odd
/// about it.
class PositionFeed final : public Sink {
public:
    /// `others` must outlive it. `track`, which may be null, gets the same positions.
    PositionFeed(std::shared_ptr<sdr::GpsdClient> gpsd, std::vector<Sink*> others,
                 std::shared_ptr<ReceiverTrack> track = nullptr);

    Status begin(const Run& run) override;
    void progress(const Progress& progress) override;

private:
    std::shared_ptr<sdr::GpsdClient> gpsd_;
    std::vector<Sink*> others_;
    std::shared_ptr<ReceiverTrack> track_;
    std::optional<Instant> start_;
    std::optional<sdr::Position> told_;
};

} // namespace gacsong::app
