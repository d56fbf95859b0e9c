// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/receivers/shared_ring.hpp"
#include "sdr/receivers/soapy/device.hpp"
#include "sdr/receivers/time_check.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace gacsong::sdr {

/// Reads a receiver into a ring, in a thread of its own that does nothing else. Losses become marks.
class Reader {
public:
    /// `seam` stands at the first sample.
    Reader(Device& device, std::shared_ptr<SharedRing> ring, Seam seam);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// Throws away what comes until retuned() says that the new frequency is set, and then what is still of the old.
    void retuning() { retuning_ = true; }
    void retuned(double center_hz);

    /// Ends reading; gives up on a driver that does not return within the time. False then: the process has to go.
    [[nodiscard]] bool stop();

private:
    using Clock = std::chrono::steady_clock;

    void work(const std::stop_token& stop);
    void take(std::size_t samples, long long time_ns, bool stamped);
    void begin_stretch(std::size_t samples, long long time_ns, bool stamped);
    [[nodiscard]] bool failed(int code, Clock::duration took);
    [[nodiscard]] bool stale(std::size_t samples);
    void wait_for_reader(const std::stop_token& stop) const;

    Device& device_;
    std::shared_ptr<SharedRing> ring_;
    TimeCheck times_;
    std::optional<Seam> seam_;
    double center_hz_;
    std::uint64_t counted_ = 0; ///< samples since the first, those known to be lost with them
    Clock::time_point first_{}; ///< when the first sample came in
    unsigned errors_ = 0;       ///< in a row
    std::atomic<bool> retuning_ = false;
    std::atomic<bool> retuned_ = false;
    std::atomic<double> new_center_hz_ = 0.0;
    std::uint64_t to_discard_ = 0;
    std::atomic<bool> done_ = false;
    std::jthread thread_;
};

} // namespace gacsong::sdr
