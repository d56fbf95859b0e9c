// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/service_notices.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace gacsong::app {
namespace {

using namespace std::chrono_literals;

constexpr auto tell_every = 2s; ///< well within any WatchdogSec

} // namespace

std::unique_ptr<ServiceNotices> ServiceNotices::make(bool goes_on)
{
    const char* socket = std::getenv("NOTIFY_SOCKET");
    const std::string name = socket == nullptr ? "" : socket;
    const bool usable = (name.starts_with('/') || name.starts_with('@')) && name.size() < sizeof sockaddr_un{}.sun_path;
    return usable ? std::unique_ptr<ServiceNotices>(new ServiceNotices(name, goes_on)) : nullptr;
}

/// Best effort: a manager that does not listen is no reason to stop a scan.
void ServiceNotices::tell(std::string_view what) const
{
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket_.data(), socket_.size());
    if (socket_.front() == '@')
        address.sun_path[0] = '\0'; // an abstract name
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    static_cast<void>(::sendto(descriptor, what.data(), what.size(), MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr*>(&address), size));
    ::close(descriptor);
}

void ServiceNotices::ready() const { tell("READY=1"); }

void ServiceNotices::alive() const { tell("WATCHDOG=1"); }

Status ServiceNotices::begin(const Run& /*run*/)
{
    tell("READY=1");
    return {};
}

void ServiceNotices::progress(const Progress& /*progress*/)
{
    const auto now = std::chrono::steady_clock::now();
    if (now - told_ < tell_every)
        return;
    told_ = now;
    tell("WATCHDOG=1");
}

Status ServiceNotices::end(const End& /*end*/)
{
    if (!goes_on_)
        tell("STOPPING=1");
    return {};
}

} // namespace gacsong::app
