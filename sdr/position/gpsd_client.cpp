// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/position/gpsd_client.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>

namespace gacsong::sdr {

namespace {

using namespace std::chrono_literals;

constexpr auto look_for_stop = 100ms;
constexpr auto try_again = 5s;
constexpr auto connect_within = 2s;
constexpr std::string_view watch_command = "?WATCH={\"enable\":true,\"json\":true};\n";

Instant now()
{
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()};
}

/// Waits until the socket can be read or written; false at the deadline, or where `stop` was asked for.
bool wait_for(int socket, short events, std::chrono::milliseconds within, const std::stop_token& stop)
{
    const auto deadline = std::chrono::steady_clock::now() + within;
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < deadline) {
        pollfd one{socket, events, 0};
        const int ready = ::poll(&one, 1, static_cast<int>(look_for_stop.count()));
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
    return false;
}

int connect_to(const addrinfo& address, const std::stop_token& stop)
{
    const int socket =
        ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
    if (socket < 0)
        return -1;
    int error = ::connect(socket, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS && wait_for(socket, POLLOUT, connect_within, stop)) {
        socklen_t size = sizeof error;
        ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    if (error == 0 && ::send(socket, watch_command.data(), watch_command.size(), MSG_NOSIGNAL) ==
                          static_cast<ssize_t>(watch_command.size()))
        return socket;
    ::close(socket);
    return -1;
}

int connect_to(const GpsdAddress& where, const std::stop_token& stop)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(where.host.c_str(), where.port.c_str(), &hints, &found) != 0)
        return -1;
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> list(found, ::freeaddrinfo);
    for (const addrinfo* one = list.get(); one != nullptr && !stop.stop_requested(); one = one->ai_next) {
        if (const int socket = connect_to(*one, stop); socket >= 0)
            return socket;
    }
    return -1;
}

} // namespace

std::optional<GpsdAddress> parse_gpsd_address(std::string_view text)
{
    GpsdAddress address;
    std::string_view port;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        address.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
    } else {
        const auto colon = text.find(':');
        if (colon != 0)
            address.host = text.substr(0, colon);
        port = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
    }
    if (!port.empty()) {
        if (port.size() < 2 || port.size() > 6 || port.front() != ':' ||
            port.find_first_not_of("0123456789", 1) != std::string_view::npos)
            return std::nullopt;
        address.port = port.substr(1);
        if (std::stoi(address.port) < 1 || std::stoi(address.port) > 65535)
            return std::nullopt;
    }
    if (address.host.empty() || address.host.size() > 253 || address.host.find_first_of(" \t\n/") != std::string::npos)
        return std::nullopt;
    return address;
}

GpsdClient::GpsdClient(GpsdAddress address)
    : address_(std::move(address)), thread_([this](const std::stop_token& stop) { work(stop); })
{
}

GpsdClient::~GpsdClient()
{
    thread_.request_stop();
    thread_.join();
}

std::optional<Position> GpsdClient::position() const
{
    const std::scoped_lock lock(mutex_);
    return watch_.position(now());
}

std::vector<Message> GpsdClient::take_notes()
{
    const std::scoped_lock lock(mutex_);
    std::vector<Message> all = std::exchange(notes_, {});
    for (auto& note : watch_.take_notes())
        all.push_back(std::move(note));
    return all;
}

/// Reads lines until gpsd goes away. Whether it said anything.
bool GpsdClient::listen(int socket, const std::stop_token& stop)
{
    std::string pending;
    bool skipping = false; ///< the rest of a line that is too long
    bool heard = false;
    std::array<char, 4096> room{};
    while (!stop.stop_requested()) {
        if (!wait_for(socket, POLLIN, look_for_stop, stop))
            continue;
        const ssize_t got = ::recv(socket, room.data(), room.size(), 0);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return heard;
        for (const char c : std::string_view(room.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)))) {
            if (c != '\n') {
                skipping = skipping || pending.size() >= longest_gpsd_line;
                if (!skipping)
                    pending += c;
                continue;
            }
            if (!std::exchange(skipping, false)) {
                if (const auto report = parse_gpsd(pending)) {
                    const std::scoped_lock lock(mutex_);
                    watch_.take(*report, now());
                    heard = true;
                    told_away_ = false;
                }
            }
            pending.clear();
        }
    }
    return heard;
}

void GpsdClient::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const int socket = connect_to(address_, stop);
        if (socket >= 0) {
            static_cast<void>(listen(socket, stop));
            ::close(socket);
        }
        if (stop.stop_requested())
            return;
        {
            const std::scoped_lock lock(mutex_);
            if (!std::exchange(told_away_, true))
                notes_.push_back(Message("position.no_gpsd",
                                         {{"host", address_.host + ":" + address_.port},
                                          {"duration", Quantity{static_cast<double>(try_again / 1s), Unit::seconds}}}));
        }
        const auto until = std::chrono::steady_clock::now() + try_again;
        while (!stop.stop_requested() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(look_for_stop);
    }
}

} // namespace gacsong::sdr
