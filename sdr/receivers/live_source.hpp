// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recording.hpp"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace gacsong::sdr {

/// How long a receiver is listened to.
struct Listening {
    std::stop_token stop;
    std::optional<double> stop_after_s;     ///< of signal, lost samples counted; where nothing comes, of time
    bool quiet = false;                     ///< what happens to the receiver is told by another reader
    std::optional<std::uint64_t> from = {}; ///< place in the ring to begin at, where it is still there
};

/// Source and history over a receiver. Where the reader is too slow, or the receiver loses samples or goes away, the
/// next segment says how much is missing. `name` is what the user called it.
[[nodiscard]] Opened open_live(const std::shared_ptr<ReceiverLink>& link, const std::string& name,
                               const Listening& listening);

} // namespace gacsong::sdr
