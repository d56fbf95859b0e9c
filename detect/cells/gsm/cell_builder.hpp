// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/cells/gsm/raster.hpp"
#include "detect/cells/gsm/receiver.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gacsong::detect::gsm {

/// What turns positions and powers of a channel into those of the recording.
struct ChannelScale {
    double rate_hz = 0.0;
    double noise_bandwidth_hz = 0.0;
    double base_hz = 0.0; ///< of the channel's centre, from the centre of the recording
};

/// Collects what one cell broadcast.
class CellBuilder {
public:
    /// `place_hz`: of the carrier from the centre of the recording, to a few kilohertz.
    CellBuilder(const CellInput& input, std::optional<Channel> channel, unsigned bsic, double place_hz);

    /// Takes a block; what it says of control channels is given to the receiver by the caller. A broadcast block that
    /// outputs may keep comes back.
    std::optional<BroadcastBlock> take(const DecodedBlock& block, const ChannelScale& scale);

    /// What SI3 said last.
    [[nodiscard]] const std::optional<ControlChannels>& control_channels() const { return control_; }

    /// Takes the sum of what a receiver saw, when it stops.
    void take(const CarrierFacts& facts, const ChannelScale& scale);

    [[nodiscard]] unsigned bsic() const { return bsic_; }
    [[nodiscard]] double place_hz() const { return place_hz_; }

    /// Enough was decoded that it cannot be chance.
    [[nodiscard]] bool certain() const;

    [[nodiscard]] Cell cell() const;

    /// How much of what was sent was decoded, for those who want details.
    [[nodiscard]] Message received() const;

private:
    void add_message(const Octets& octets, double at_s, const std::string& name, BroadcastFields contents);
    [[nodiscard]] double snr_db(double power, double noise, const ChannelScale& scale) const;

    CellInput input_;
    std::optional<Channel> channel_;
    unsigned bsic_;
    double place_hz_;
    std::optional<ControlChannels> control_;
    Cell cell_;
    std::set<std::uint64_t> gsm_neighbours_;
    std::set<std::uint64_t> umts_neighbours_;
    std::map<std::uint64_t, std::optional<std::uint64_t>> lte_neighbours_;
    Paging paging_;
    std::uint64_t imsi_ = 0;
    double heard_s_ = 0.0;
    std::uint64_t syncs_ = 0;
    std::uint64_t blocks_ = 0;
    std::uint64_t tried_syncs_ = 0;
    std::uint64_t tried_blocks_ = 0;
    std::uint64_t weight_ = 0; ///< blocks and bursts that the means are taken over
};

} // namespace gacsong::detect::gsm
