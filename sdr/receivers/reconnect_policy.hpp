// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace gacsong::sdr {

/// When a receiver counts as lost, and when to try again. Knows no clock: it is told the time, in seconds of a clock
/// that nobody sets.
class ReconnectPolicy {
public:
    enum class State : std::uint8_t { opening, streaming, stalled, lost };

    /// `buffer_s`: signal that the receiver hands over at once.
    explicit ReconnectPolicy(double buffer_s);

    /// The stream begins (again).
    void opened(double now_s);
    /// Takes how many samples have come so far; call it often.
    void progress(std::uint64_t samples, double now_s);
    /// An attempt to open failed.
    void failed(double now_s);

    [[nodiscard]] State state() const { return state_; }
    /// Time of the next attempt, where the receiver is lost: after 1, 2, 5 and from then on 10 s.
    [[nodiscard]] std::optional<double> next_attempt_s() const { return next_attempt_s_; }

private:
    double stalled_after_s_;
    double lost_after_s_;
    State state_ = State::opening;
    std::uint64_t samples_ = 0;
    double last_s_ = 0.0;
    std::size_t attempts_ = 0;
    std::optional<double> next_attempt_s_;
};

} // namespace gacsong::sdr
