// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "sdr/position/gpsd_report.hpp"

#include <optional>
#include <vector>

namespace gacsong::sdr {

/// A place where the receiver was.
struct Position {
    Instant when; ///< by this computer's clock
    double latitude = 0.0;
    double longitude = 0.0;
    std::optional<double> altitude_m;
    std::optional<double> error_m;
    std::optional<std::int64_t> satellites;
    std::optional<double> mean_ss_db;
};

/// What gpsd's reports say of the place, and what is odd about them. Knows no clock: it is told the time.
class PositionWatch {
public:
    /// Takes a report that came at `now` by this computer's clock.
    void take(const GpsdReport& report, Instant now);

    /// Where the receiver is; nothing where the last fix is older than 5 s, or is not believed.
    [[nodiscard]] std::optional<Position> position(Instant now) const;

    /// What happened since the last call: position.time (its time differs from this computer's by more than a day),
    /// position.jump (it moved faster than any vehicle), position.time_step (its time jumped against this computer's),
    /// position.lost, position.back.
    [[nodiscard]] std::vector<Message> take_notes();

private:
    void take_fix(const GpsdFix& fix, Instant now);
    void say(const char* key, std::vector<Argument> arguments = {});

    std::optional<Position> last_;
    std::optional<Position> odd_; ///< a place it cannot have come to; believed when it stays there
    unsigned odd_fixes_ = 0;
    std::optional<std::int64_t> clock_difference_ns_;
    std::string device_;
    std::optional<std::int64_t> satellites_;
    std::optional<double> mean_ss_db_;
    bool wrong_time_ = false;
    bool lost_ = false;
    std::vector<Message> notes_;
};

/// Metres between two places on a sphere of 6371 km: good to half a per cent.
[[nodiscard]] double distance_m(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

} // namespace gacsong::sdr
