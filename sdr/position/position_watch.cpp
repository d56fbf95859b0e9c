// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/position/position_watch.hpp"

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

namespace gacsong::sdr {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t oldest = 5 * second;    ///< formats-and-radios.md §4.4
constexpr std::int64_t day = 86'400 * second;  ///< old chips are off by 1024 weeks
constexpr std::int64_t time_step = 2 * second; ///< beyond what a fix comes late
constexpr double fastest_m_s = 120.0;          ///< of what a receiver drives in
constexpr double least_jump_m = 200.0;         ///< reflections between houses move a fix by less
constexpr unsigned stays = 10;                 ///< fixes after which another place is believed

double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

} // namespace

double distance_m(double latitude_a, double longitude_a, double latitude_b, double longitude_b)
{
    const double dy = std::sin(0.5 * radians(latitude_b - latitude_a));
    const double dx = std::sin(0.5 * radians(longitude_b - longitude_a));
    const double h = dy * dy + std::cos(radians(latitude_a)) * std::cos(radians(latitude_b)) * dx * dx;
    return 2.0 * 6'371'000.0 * std::asin(std::min(1.0, std::sqrt(h)));
}

void PositionWatch::say(const char* key, std::vector<Argument> arguments)
{
    notes_.emplace_back(key, std::move(arguments));
}

void PositionWatch::take(const GpsdReport& report, Instant now)
{
    const std::string& device = std::visit([](const auto& one) -> const std::string& { return one.device; }, report);
    if (device_.empty())
        device_ = device;
    if (device != device_ && !device.empty())
        return; // of several receivers the first
    if (const auto* sky = std::get_if<GpsdSky>(&report)) {
        satellites_ = sky->used;
        mean_ss_db_ = sky->mean_ss_db;
        return;
    }
    take_fix(std::get<GpsdFix>(report), now);
}

void PositionWatch::take_fix(const GpsdFix& fix, Instant now)
{
    if (fix.time) {
        const std::int64_t difference = fix.time->unix_ns - now.unix_ns;
        if (std::llabs(difference) > day) {
            if (!std::exchange(wrong_time_, true))
                say("position.time", {{"time", *fix.time}});
            return;
        }
        wrong_time_ = false;
        if (clock_difference_ns_ && std::llabs(difference - *clock_difference_ns_) > time_step)
            say("position.time_step",
                {{"step", Quantity{1e-9 * static_cast<double>(difference - *clock_difference_ns_), Unit::seconds}}});
        clock_difference_ns_ = difference;
    }
    if (fix.mode < 2 || !fix.latitude) {
        if (last_ && !std::exchange(lost_, true))
            say("position.lost");
        return;
    }
    Position here{now, *fix.latitude, *fix.longitude, fix.altitude_m, fix.error_m, satellites_, mean_ss_db_};
    if (last_) {
        const double moved_m = distance_m(last_->latitude, last_->longitude, here.latitude, here.longitude);
        const double passed_s = 1e-9 * static_cast<double>(now.unix_ns - last_->when.unix_ns);
        const double slack_m =
            std::max(least_jump_m, 2.0 * (here.error_m.value_or(0.0) + last_->error_m.value_or(0.0)));
        if (moved_m > slack_m + fastest_m_s * std::max(passed_s, 0.0)) {
            if (odd_fixes_++ == 0)
                say("position.jump", {{"distance", Quantity{1e-3 * moved_m, Unit::kilometres}},
                                      {"duration", Quantity{passed_s, Unit::seconds}}});
            odd_ = here;
            if (odd_fixes_ < stays)
                return;
        }
    }
    odd_fixes_ = 0;
    odd_.reset();
    if (std::exchange(lost_, false))
        say("position.back");
    last_ = here;
}

std::optional<Position> PositionWatch::position(Instant now) const
{
    const bool fresh = last_ && now.unix_ns - last_->when.unix_ns <= oldest && odd_fixes_ == 0 && !lost_;
    return fresh ? last_ : std::nullopt;
}

std::vector<Message> PositionWatch::take_notes() { return std::exchange(notes_, {}); }

} // namespace gacsong::sdr
