// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gacsong::sdr {

/// The life of the process that holds a receiver: serves requests on the socket `descriptor` until the other end goes.
/// Requests and answers: docs/receivers.md. Gives the exit status.
[[nodiscard]] int serve_receiver(int descriptor);

} // namespace gacsong::sdr
