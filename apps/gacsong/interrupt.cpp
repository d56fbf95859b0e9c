// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/interrupt.hpp"

#include "apps/gacsong/exit_status.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>

namespace gacsong::app {
namespace {

sigset_t watched()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

Interrupt::Interrupt()
{
    const sigset_t set = watched();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_ = signalfd(-1, &set, SFD_CLOEXEC);
    ended_ = eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt()
{
    const std::uint64_t one = 1;
    if (write(ended_, &one, sizeof one) != sizeof one)
        std::abort(); // an eventfd takes this always
    thread_.join();
    close(signals_);
    close(ended_);
    const sigset_t set = watched();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void Interrupt::watch()
{
    std::array<pollfd, 2> events{{{signals_, POLLIN, 0}, {ended_, POLLIN, 0}}};
    while (poll(events.data(), events.size(), -1) >= 0 || errno == EINTR) {
        if (events[1].revents != 0)
            return;
        signalfd_siginfo info{};
        if (events[0].revents == 0 || read(signals_, &info, sizeof info) != sizeof info)
            continue;
        if (interrupted_.exchange(true))
            std::_Exit(status::interrupted);
        stop_.request_stop();
    }
}

} // namespace gacsong::app
