// SPDX-License-Identifier: GPL-3.0-or-later
// Holds one receiver for gacsong, which starts it and talks to it through the socket on descriptor 3.
#include "sdr/receivers/soapy/worker.hpp"

#include <sys/socket.h>

#include <cstdio>

int main()
{
    constexpr int line = 3;
    int type = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(line, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET) {
        std::fputs("gacsong-receiver is started by gacsong; it is of no use by itself.\n", stderr);
        return 2;
    }
    return gacsong::sdr::serve_receiver(line);
}
