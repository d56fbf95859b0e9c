// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/acquisition.hpp"
#include "detect/cells/gsm/burst_reader.hpp"
#include "detect/cells/gsm/modulation_error.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect::gsm {

/// A block that passed its parity.
struct DecodedBlock {
    Octets octets{};
    std::uint32_t frame_number = 0; ///< of its first burst
    unsigned timeslot = 0;
    double position = 0.0; ///< of its first burst, in samples of the channel
    double power = 0.0;    ///< of the carrier, full scale 1
    double noise = 0.0;    ///< of a sample
};

/// What a receiver measured over its life.
struct CarrierFacts {
    double offset_hz = 0.0; ///< mean, of the carrier from the channel's centre
    double clock_ppm = 0.0; ///< of the symbol clock against the receiver's
    bool clock_measured = false;
    double power = 0.0;
    double noise = 0.0;          ///< in a channel's noise bandwidth
    ModulationError modulation;  ///< of synchronisation bursts
    double delay = 0.0;          ///< of the channel behind first_position, in symbols
    double first_position = 0.0; ///< of the first frame in which something was decoded
    double last_position = 0.0;
    std::uint32_t first_frame = 0;
    std::uint64_t syncs = 0; ///< synchronisation bursts decoded
    std::uint64_t tried_syncs = 0;
    std::uint64_t blocks = 0;
    std::uint64_t tried_blocks = 0;
};

/// Which control channels a cell has, from its SI3; unknown before it was read.
struct ControlChannels {
    bool combined = true;   ///< CCCH with SDCCH/4 on timeslot 0
    unsigned timeslots = 1; ///< 0, and then 2, 4, 6
};

/// A channel whose carrier has a nominal frequency.
struct Nominal {
    double carrier_hz = 0.0;
    double from_center_hz = 0.0; ///< of the nominal carrier from the channel's centre
};

/// Follows one carrier from its first synchronisation burst on and decodes BCCH and CCCH. What belongs to single phones
/// (SDCCH, SACCH) is never decoded: until the cell has said where it keeps them, blocks that may be theirs wait.
class Receiver {
public:
    /// Where the nominal carrier is known, the symbol clock is taken to be as far off as the carrier.
    Receiver(double rate_hz, const Lock& lock, std::optional<Nominal> nominal);

    /// Samples of the channel, which go on where the last ones ended; the first begin at sample `first`.
    void append(std::span<const Sample> samples, std::int64_t first);

    /// Reads all frames that are there.
    void read();

    /// Blocks since the last call, in the order in which they were sent.
    [[nodiscard]] std::vector<DecodedBlock> take_blocks();

    void set_control_channels(const ControlChannels& channels);

    [[nodiscard]] const SyncInfo& sync() const { return sync_; }
    [[nodiscard]] CarrierFacts facts() const;

    /// Nothing has been decoded for a while.
    [[nodiscard]] bool lost() const { return failures_ >= most_failures; }

    /// Whether a synchronisation burst at `position` with that frame number is this cell's.
    [[nodiscard]] bool same(const Lock& lock) const;

private:
    static constexpr unsigned most_failures = 40; ///< synchronisation bursts in a row

    struct Waiting {
        std::array<BurstSamples, 4> samples;
        std::array<NormalRead, 4> reads;
        unsigned bursts = 0; ///< a bit each
        double position = 0.0;
    };

    [[nodiscard]] Tuning tuning() const { return {step(), offset_hz_}; }
    [[nodiscard]] double step() const { return nominal_step_ / (1.0 + clock_ppm() * 1e-6); }
    [[nodiscard]] bool wanted(unsigned t3) const;
    void read_frame();
    void read_tone();
    void read_sync();
    void read_normal(unsigned timeslot);
    void decode(unsigned timeslot, Waiting& block, std::uint32_t first_frame);
    void keep(const Octets& octets, const Waiting& block, unsigned timeslot, std::uint32_t first_frame);
    void good(double position, const ChannelEstimate& channel);
    void follow_carrier();
    void follow_time(double late_symbols);
    [[nodiscard]] double clock_ppm() const { return carrier_ppm_ + own_ppm_; }
    void drop_read();

    double rate_hz_;
    double nominal_step_;
    std::optional<Nominal> nominal_;
    BurstReader reader_;
    std::vector<Sample> samples_;
    std::int64_t first_ = 0; ///< number of samples_[0]

    SyncInfo sync_;
    std::uint32_t frame_ = 0; ///< the next to be read
    double position_ = 0.0;   ///< of its first tap
    double offset_hz_ = 0.0;
    double carrier_ppm_ = 0.0; ///< clock error as the carrier shows it, where its frequency is known
    double own_ppm_ = 0.0;     ///< what the symbols show beyond that
    double delay_ = 0.0;       ///< of the channel behind position_ that is kept, in symbols
    unsigned timings_ = 0;     ///< synchronisation bursts that own_ppm_ comes from
    std::uint32_t timed_frame_ = 0;
    std::size_t taps_ = 7;
    unsigned tones_ = 0; ///< frequency correction bursts that the offset is a mean of
    unsigned failures_ = 0;
    std::optional<ControlChannels> control_;

    std::map<unsigned, Waiting> open_;                           ///< by timeslot: the block being received
    std::map<std::uint32_t, std::pair<unsigned, Waiting>> held_; ///< until control_ is known, by frame number
    std::vector<DecodedBlock> blocks_;

    CarrierFacts facts_;
    double noise_sum_ = 0.0; ///< power beside the tone of frequency correction bursts
    double power_sum_ = 0.0; ///< of the taps of other bursts
    double rest_sum_ = 0.0;  ///< and of what they leave
    std::uint64_t measured_ = 0;
};

} // namespace gacsong::detect::gsm
