// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/time_check.hpp"

#include <cmath>

namespace gacsong::sdr {

namespace {

constexpr double watched_s = 2.0;
constexpr double agreement = 0.01;

} // namespace

void TimeCheck::good(std::int64_t time_ns, std::uint64_t samples)
{
    if (last_ns_) {
        by_stamps_s_ += 1e-9 * static_cast<double>(time_ns - *last_ns_);
        by_count_s_ += static_cast<double>(last_samples_) / rate_hz_;
    }
    if (!decided_ && by_count_s_ >= watched_s) {
        decided_ = true;
        believed_ = std::abs(by_stamps_s_ - by_count_s_) <= agreement * by_count_s_;
    }
    resume(time_ns, samples);
}

void TimeCheck::resume(std::int64_t time_ns, std::uint64_t samples)
{
    last_ns_ = time_ns;
    last_samples_ = samples;
    next_ns_ = time_ns + std::llround(1e9 * static_cast<double>(samples) / rate_hz_);
}

std::optional<std::uint64_t> TimeCheck::lost_before(std::int64_t time_ns) const
{
    if (!believed_ || time_ns <= next_ns_)
        return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(1e-9 * static_cast<double>(time_ns - next_ns_) * rate_hz_));
}

} // namespace gacsong::sdr
