// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <stop_token>
#include <thread>

namespace gacsong::app {

/// While it lives, Ctrl-C and SIGTERM ask the scan to stop instead of ending the program: what was found is then
/// written and stored. A second one ends the program at once. Make it before any other thread is started, so that all
/// of them leave these signals to it.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

    /// Stops the scan as a signal would, without counting as an interruption: the reader of the output has gone.
    void stop() { stop_.request_stop(); }

    /// Whether a signal came.
    [[nodiscard]] bool interrupted() const { return interrupted_; }

private:
    void watch();

    std::stop_source stop_;
    std::atomic<bool> interrupted_ = false;
    int signals_ = -1; ///< signalfd(2)
    int ended_ = -1;   ///< eventfd(2): the object goes
    std::thread thread_;
};

} // namespace gacsong::app
