// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace gacsong::app {

/// Tells systemd, where it started the program as a service that wants to know (Type=notify): ready with the first
/// run, and alive as long as the scan proves it by going on.
class ServiceNotices final : public Sink {
public:
    /// Null where nobody wants to know.
    /// `goes_on`: the end of a run is not that of the service.
    [[nodiscard]] static std::unique_ptr<ServiceNotices> make(bool goes_on);

    void ready() const;
    /// To be called now and then where no run proves it.
    void alive() const;

    Status begin(const Run& run) override;
    void progress(const Progress& progress) override;
    Status end(const End& end) override;

private:
    ServiceNotices(std::string socket, bool goes_on) : socket_(std::move(socket)), goes_on_(goes_on) {}
    void tell(std::string_view what) const;

    std::string socket_;
    bool goes_on_;
    std::chrono::steady_clock::time_point told_{};
};

} // namespace gacsong::app
