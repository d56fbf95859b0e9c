// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "report/occupancy/shares.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gacsong {

/// What occupancy is asked for.
struct OccupancyOrder {
    double low_hz = 0.0;
    double high_hz = 0.0;
    double channel_hz = 25'000.0; ///< spacing; the first channel begins at low_hz
    double margin_db = 5.0;       ///< threshold above the floor of a power table, at least 3 (monitoring.md §1.1)

    [[nodiscard]] std::size_t channels() const;
    [[nodiscard]] double center_hz(std::size_t channel) const;
};

/// Frequency channel occupancy: of so many looks in so many the channel was occupied.
struct ChannelOccupancy {
    double center_hz = 0.0;
    std::uint64_t looks = 0;
    std::uint64_t occupied = 0;
    double independent = 0.0; ///< looks that count as independent
    double fco = 0.0;
    ShareInterval interval; ///< 95 %
};

struct Occupancy {
    std::vector<ChannelOccupancy> channels; ///< those that were looked at
    double fbo = 0.0;                       ///< frequency band occupancy: of all cells of time and frequency
    double sro = 0.0;                       ///< spectrum resource occupancy: mean of the channels
    ShareInterval sro_interval;             ///< 95 %, the channels taken as independent
    double coverage = 0.0;                  ///< share of the channels of the span that were looked at
    double revisit_s = 0.0;                 ///< mean time between two looks at a channel
    std::optional<Instant> start;           ///< of the first look
    std::optional<Instant> end;             ///< of the last
    double duration_s = 0.0;
    std::optional<double> floor_db;     ///< median over the span, of a power table
    std::optional<double> threshold_db; ///< above the floor, of a power table
    std::optional<double> step_hz;      ///< resolution, of a power table
    bool statistical = true;            ///< looks too rare to catch each transmission
};

/// One look at one channel.
struct ChannelSample {
    std::size_t channel = 0;
    Instant when;
    bool occupied = false;
};

/// Sums up looks in any order. `cells` and `occupied_cells` give the band's occupancy.
[[nodiscard]] Occupancy sum_up(const OccupancyOrder& order, std::vector<ChannelSample> samples, double cells,
                               double occupied_cells);

} // namespace gacsong
