// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/reconnect_policy.hpp"

#include <algorithm>
#include <array>

namespace gacsong::sdr {

namespace {

constexpr std::array<double, 4> waits_s{1.0, 2.0, 5.0, 10.0};

} // namespace

ReconnectPolicy::ReconnectPolicy(double buffer_s)
    : stalled_after_s_(std::max(1.0, 10.0 * buffer_s)), lost_after_s_(std::max(2.0, 2.0 * stalled_after_s_))
{
}

void ReconnectPolicy::opened(double now_s)
{
    state_ = State::streaming;
    last_s_ = now_s;
    next_attempt_s_.reset();
}

void ReconnectPolicy::progress(std::uint64_t samples, double now_s)
{
    if (state_ == State::opening || state_ == State::lost)
        return;
    if (samples != samples_) {
        samples_ = samples;
        last_s_ = now_s;
        attempts_ = 0;
        state_ = State::streaming;
        return;
    }
    if (now_s - last_s_ >= lost_after_s_) {
        state_ = State::lost;
        next_attempt_s_ = now_s;
    } else if (now_s - last_s_ >= stalled_after_s_) {
        state_ = State::stalled;
    }
}

void ReconnectPolicy::failed(double now_s)
{
    state_ = State::lost;
    next_attempt_s_ = now_s + waits_s[std::min(attempts_, waits_s.size() - 1)];
    ++attempts_;
}

} // namespace gacsong::sdr
