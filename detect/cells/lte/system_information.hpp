// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/mac/random_access.hpp"
#include "detect/cells/lte/phy/system_receiver.hpp"
#include "detect/cells/lte/rrc/broadcast.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace gacsong::detect::lte {

/// A message of the shared channel as it was decoded.
struct SystemMessage {
    unsigned frame = 0; ///< system frame number
    unsigned subframe = 0;
    double at_s = 0.0; ///< of the subframe, in seconds of the stretch
    Bits bits;         ///< of the transport block
    Broadcast content;
};

/// A subframe in which phones may be paged, and what was said there.
struct Occasion {
    double at_s = 0.0;                 ///< in seconds of the stretch
    std::optional<PagingCounts> paged; ///< null where nothing was
};

/// A subframe that was listened to for responses to random access, and those that it held.
struct ResponseTime {
    double at_s = 0.0; ///< in seconds of the stretch
    ResponseCounts counts;
};

/// What is known of a cell from its system information.
struct Announced {
    std::optional<Schedule> schedule;
    std::optional<PagingOccasions> paging;

    void take(const BroadcastFacts& facts);

    /// Subframes of a frame that may answer random access; 0 in TDD while its configuration is not known.
    [[nodiscard]] unsigned answering_subframes(Identity identity) const;
};

/// What a stretch shows of a cell's shared channel.
struct SharedChannel {
    std::vector<SystemMessage> messages;
    std::vector<Occasion> occasions;     ///< that could be listened to
    std::vector<ResponseTime> responses; ///< subframes that were listened to for them
    std::uint64_t answering = 0;         ///< subframes that may hold responses, listened to or not
    std::uint64_t blocks = 0;            ///< resource blocks that were looked at, in subframes 4 (FDD) and 9
    std::uint64_t used = 0;              ///< of these, how many carried something
};

/// Reads the system information that a cell sends in a stretch: type 1 first, then, when the schedule is known (from it
/// or from before), the others in their windows; then, where it is known when phones are paged, counts whom; then
/// the answers to random access, in a share of the subframes; and how busy the channel is. Empty where the stretch does
/// not hold the whole bandwidth.
[[nodiscard]] SharedChannel read_system_information(const Stretch& stretch, const Place& place, Identity identity,
                                                    const MasterInformation& master, Announced announced);

} // namespace gacsong::detect::lte
