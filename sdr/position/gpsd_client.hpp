// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "sdr/position/position_watch.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gacsong::sdr {

/// Where gpsd listens.
struct GpsdAddress {
    std::string host = "localhost";
    std::string port = "2947";
};

/// Reads `HOST`, `HOST:PORT`, `[::1]:2947` or `:PORT`. Nothing where it is none.
[[nodiscard]] std::optional<GpsdAddress> parse_gpsd_address(std::string_view text);

/// Listens to gpsd in a thread of its own, and connects again when it goes away. Nobody ever waits for it.
class GpsdClient {
public:
    explicit GpsdClient(GpsdAddress address);
    ~GpsdClient();
    GpsdClient(const GpsdClient&) = delete;
    GpsdClient& operator=(const GpsdClient&) = delete;

    /// Where the receiver is now, as far as that is known.
    [[nodiscard]] std::optional<Position> position() const;

    /// As PositionWatch::take_notes(), and position.no_gpsd when it does not answer.
    [[nodiscard]] std::vector<Message> take_notes();

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] bool listen(int socket, const std::stop_token& stop);

    GpsdAddress address_;
    mutable std::mutex mutex_;
    PositionWatch watch_;
    bool told_away_ = false;
    std::vector<Message> notes_;
    std::jthread thread_;
};

} // namespace gacsong::sdr
