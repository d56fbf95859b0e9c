// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/wire.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace gacsong::sdr {

namespace {

constexpr std::size_t largest_packet = std::size_t{1} << 18U;

union Passing {
    std::array<char, CMSG_SPACE(sizeof(int))> bytes;
    cmsghdr aligned;
};

} // namespace

Wire::~Wire() { ::close(descriptor_); }

bool Wire::send(const nlohmann::json& message, int passed)
{
    std::string text = message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    iovec part{text.data(), text.size()};
    msghdr packet{};
    packet.msg_iov = &part;
    packet.msg_iovlen = 1;
    Passing passing{};
    if (passed >= 0) {
        packet.msg_control = passing.bytes.data();
        packet.msg_controllen = passing.bytes.size();
        cmsghdr* head = CMSG_FIRSTHDR(&packet);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(head), &passed, sizeof passed);
    }
    while (::sendmsg(descriptor_, &packet, MSG_NOSIGNAL) < 0) {
        if (errno == EINTR)
            continue;
        gone_ = true;
        return false;
    }
    return true;
}

std::optional<Wire::Packet> Wire::receive(std::chrono::milliseconds within)
{
    const auto deadline = std::chrono::steady_clock::now() + within;
    pollfd event{descriptor_, POLLIN, 0};
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        const int ready = ::poll(&event, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return std::nullopt;
        break;
    }
    std::string text(largest_packet, '\0');
    iovec part{text.data(), text.size()};
    Passing passing{};
    msghdr packet{};
    packet.msg_iov = &part;
    packet.msg_iovlen = 1;
    packet.msg_control = passing.bytes.data();
    packet.msg_controllen = passing.bytes.size();
    const ssize_t got = ::recvmsg(descriptor_, &packet, MSG_CMSG_CLOEXEC);
    if (got <= 0) {
        gone_ = true;
        return std::nullopt;
    }
    Packet out;
    for (cmsghdr* head = CMSG_FIRSTHDR(&packet); head != nullptr; head = CMSG_NXTHDR(&packet, head)) {
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
            std::memcpy(&out.passed, CMSG_DATA(head), sizeof out.passed);
    }
    text.resize(static_cast<std::size_t>(got));
    out.message = nlohmann::json::parse(text, nullptr, false);
    if (!out.message.is_object())
        out.message = nlohmann::json::object();
    return out;
}

} // namespace gacsong::sdr
