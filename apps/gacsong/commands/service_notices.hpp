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
    [[nodiscard]] static std::unique_ptr<ServiceNotices> make();

    Status begin(const Run& run) override;
    void progress(const Progress& progress) override;
    Status end(const End& end) override;

private:
    explicit ServiceNotices(std::string socket) : socket_(std::move(socket)) {}
    void tell(std::string_view what) const;

    std::string socket_;
    std::chrono::steady_clock::time_point told_{};
};

} // namespace gacsong::app
