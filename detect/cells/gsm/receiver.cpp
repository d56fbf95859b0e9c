// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/receiver.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect::gsm {

namespace {

constexpr double settled = 20.0;           ///< tones after which the offset follows slowly
constexpr double margin_symbols = 8.0;     ///< read before and behind a burst
constexpr double linear_share = 0.938;     ///< of a carrier's power that the taps of a channel hold
constexpr std::size_t most_held = 400;     ///< blocks that wait for SI3: more than two cycles of it
constexpr std::size_t most_compared = 200; ///< bursts whose modulation is looked at
constexpr unsigned last_common = 19;       ///< frames of 51 up to here never belong to single phones

} // namespace

Receiver::Receiver(double rate_hz, const Lock& lock, std::optional<Nominal> nominal)
    : rate_hz_(rate_hz), nominal_step_(rate_hz / symbol_rate_hz), nominal_(nominal), reader_(rate_hz), sync_(lock.sync),
      frame_(lock.sync.frame_number), position_(lock.position), offset_hz_(lock.offset_hz), delay_(lock.delay),
      timed_frame_(lock.sync.frame_number)
{
    follow_carrier();
}

void Receiver::follow_carrier()
{
    if (nominal_)
        carrier_ppm_ = (offset_hz_ - nominal_->from_center_hz) / nominal_->carrier_hz * 1e6;
}

void Receiver::append(std::span<const Sample> samples, std::int64_t first)
{
    if (samples_.empty()) {
        first_ = first;
        // Back to the first frame that begins in what is there.
        const double frame = frame_symbols * step();
        const auto whole = std::floor((position_ - static_cast<double>(first)) / frame);
        position_ -= whole * frame;
        frame_ = static_cast<std::uint32_t>((static_cast<std::int64_t>(frame_) - static_cast<std::int64_t>(whole) +
                                             static_cast<std::int64_t>(hyperframe)) %
                                            static_cast<std::int64_t>(hyperframe));
    }
    samples_.insert(samples_.end(), samples.begin(), samples.end());
}

bool Receiver::same(const Lock& lock) const
{
    const double frames = std::round((lock.position - position_) / (frame_symbols * step()));
    const double there = position_ + frames * frame_symbols * step();
    return lock.sync.bsic == sync_.bsic && std::abs(there - lock.position) < 4.0 * nominal_step_;
}

void Receiver::read()
{
    for (;;) {
        const unsigned last_slot = control_ ? 2 * (control_->timeslots - 1) : 0;
        const double end = position_ + (slot_symbols * (last_slot + 1) + margin_symbols) * step();
        if (end + SymbolSampler::reach > static_cast<double>(first_) + static_cast<double>(samples_.size()))
            break;
        read_frame();
        frame_ = (frame_ + 1) % hyperframe;
        position_ += frame_symbols * step();
    }
    drop_read();
}

void Receiver::drop_read()
{
    const auto keep_from = static_cast<std::int64_t>(position_ - margin_symbols * nominal_step_) - SymbolSampler::reach;
    const std::int64_t drop =
        std::clamp<std::int64_t>(keep_from - first_, 0, static_cast<std::int64_t>(samples_.size()));
    samples_.erase(samples_.begin(), samples_.begin() + drop);
    first_ += drop;
}

void Receiver::read_frame()
{
    const unsigned t3 = frame_ % 51;
    switch (kind_of(t3)) {
    case FrameKind::frequency:
        read_tone();
        break;
    case FrameKind::synchronisation:
        read_sync();
        break;
    case FrameKind::block:
        read_normal(0);
        break;
    case FrameKind::idle:
        break;
    }
    for (unsigned extra = 1; control_ && extra < control_->timeslots; ++extra)
        if (kind_of(t3) == FrameKind::block)
            read_normal(2 * extra);
}

void Receiver::read_tone()
{
    const auto tone = measure_tone({samples_, first_}, rate_hz_, position_ + delay_ * step(), offset_hz_);
    if (!tone)
        return;
    ++tones_;
    noise_sum_ += (1.0 - tone->purity) * tone->power;
    const double gain = 1.0 / std::min(static_cast<double>(tones_) + 1.0, settled);
    offset_hz_ += gain * (tone->offset_hz - offset_hz_);
    follow_carrier();
}

void Receiver::good(double position, const ChannelEstimate& channel)
{
    if (facts_.syncs + facts_.blocks == 0) {
        facts_.first_position = position;
        facts_.first_frame = frame_;
    }
    facts_.last_position = position + slot_symbols * step();
    power_sum_ += static_cast<double>(channel.carrier_power());
    rest_sum_ += static_cast<double>(channel.noise);
    ++measured_;
}

void Receiver::read_sync()
{
    ++facts_.tried_syncs;
    const BurstSamples samples = reader_.sample({samples_, first_}, position_, tuning());
    const SyncRead read = reader_.sync(samples, taps_);
    if (!read.info || read.info->frame_number != frame_ || read.info->bsic != sync_.bsic) {
        ++failures_;
        return;
    }
    failures_ = 0;
    good(position_, read.channel);
    ++facts_.syncs;
    if (facts_.modulation.bursts() < most_compared)
        facts_.modulation.add(samples, sync_burst_bits(*read.info), read.channel.delay());
    follow_time(read.channel.delay() - delay_);
}

/// A filter that starts as a straight line through all it has seen and ends as a slow loop. A clock that the carrier
/// already tells is trusted more than the first bursts.
void Receiver::follow_time(double late_symbols)
{
    constexpr double least_alpha = 0.1;
    constexpr double least_beta = 0.005;
    constexpr unsigned trusted = 12;
    const double frames = static_cast<double>((frame_ + hyperframe - timed_frame_) % hyperframe);
    timed_frame_ = frame_;
    if (frames < 1.0 || frames > 1000.0)
        return;
    ++timings_;
    const double n = timings_ + (nominal_ ? trusted : 1U);
    const double alpha = std::max(2.0 * (2.0 * n - 1.0) / (n * (n + 1.0)), least_alpha);
    const double beta = std::max(6.0 / (n * (n + 1.0)), least_beta);
    position_ += alpha * late_symbols * step();
    own_ppm_ -= beta * late_symbols / (frames * frame_symbols) * 1e6;
}

bool Receiver::wanted(unsigned t3) const { return !control_ || !control_->combined || t3 <= last_common; }

void Receiver::read_normal(unsigned timeslot)
{
    const unsigned t3 = frame_ % 51;
    if (timeslot == 0 && !wanted(t3))
        return;
    const unsigned burst = t3 - block_start(t3);
    Waiting& block = open_[timeslot];
    if (burst == 0)
        block.bursts = 0;
    const double position = position_ + slot_symbols * step() * timeslot;
    if (burst == 0)
        block.position = position_;
    block.samples.at(burst) = reader_.sample({samples_, first_}, position, tuning());
    block.reads.at(burst) = reader_.normal(block.samples.at(burst), sync_.bsic & 7U, taps_);
    block.bursts |= 1U << burst;
    if (burst != 3 || block.bursts != 15U)
        return;
    const std::uint32_t first_frame = (frame_ + hyperframe - 3) % hyperframe;
    if (timeslot == 0 && !control_ && t3 > last_common) {
        if (held_.size() < most_held)
            held_.emplace(first_frame, std::pair{timeslot, block});
        return;
    }
    decode(timeslot, block, first_frame);
}

void Receiver::decode(unsigned timeslot, Waiting& block, std::uint32_t first_frame)
{
    BlockBits bits{};
    const auto gather = [&] {
        for (std::size_t b = 0; b < 4; ++b)
            std::copy(block.reads.at(b).soft.begin(), block.reads.at(b).soft.end(),
                      bits.begin() + static_cast<std::ptrdiff_t>(b * normal_soft_bits));
    };
    ++facts_.tried_blocks;
    gather();
    auto octets = decode_block(bits);
    if (!octets) {
        for (std::size_t b = 0; b < 4; ++b)
            block.reads.at(b) = reader_.again(block.samples.at(b), sync_.bsic & 7U, block.reads.at(b));
        gather();
        octets = decode_block(bits);
    }
    if (!octets)
        return;
    keep(*octets, block, timeslot, first_frame);
}

void Receiver::keep(const Octets& octets, const Waiting& block, unsigned timeslot, std::uint32_t first_frame)
{
    DecodedBlock decoded;
    decoded.octets = octets;
    decoded.frame_number = first_frame;
    decoded.timeslot = timeslot;
    decoded.position = block.position;
    for (const NormalRead& read : block.reads) {
        decoded.power += static_cast<double>(read.channel.carrier_power()) / 4.0;
        decoded.noise += static_cast<double>(read.channel.noise) / 4.0;
    }
    if (facts_.syncs + facts_.blocks == 0) {
        facts_.first_position = block.position;
        facts_.first_frame = first_frame;
    }
    facts_.last_position =
        std::max(facts_.last_position, block.position + (3.0 * frame_symbols + slot_symbols) * step());
    power_sum_ += 4.0 * decoded.power;
    rest_sum_ += 4.0 * decoded.noise;
    measured_ += 4;
    ++facts_.blocks;
    failures_ = 0;
    blocks_.push_back(decoded);
}

void Receiver::set_control_channels(const ControlChannels& channels)
{
    control_ = channels;
    auto held = std::exchange(held_, {});
    if (channels.combined)
        return;
    for (auto& [frame, waiting] : held)
        decode(waiting.first, waiting.second, frame);
}

std::vector<DecodedBlock> Receiver::take_blocks() { return std::exchange(blocks_, {}); }

CarrierFacts Receiver::facts() const
{
    CarrierFacts facts = facts_;
    facts.offset_hz = offset_hz_;
    facts.clock_ppm = clock_ppm();
    facts.clock_measured = nominal_.has_value() || timings_ >= 10;
    facts.delay = delay_;
    // Echoes change the level of a tone but not its purity, so that it shows the noise alone; what the taps of other
    // bursts leave is noise and the part of GMSK that is not linear.
    const double bursts = static_cast<double>(std::max<std::uint64_t>(measured_, 1));
    facts.power = power_sum_ / bursts / linear_share;
    facts.noise = tones_ > 0 ? noise_sum_ / tones_ : rest_sum_ / bursts;
    // A transmitter whose phase wanders spoils the tone as noise does, but not the amplitude.
    constexpr std::size_t enough = 4;
    if (facts.modulation.bursts() >= enough)
        if (const double noise = facts.modulation.noise_share() * facts.power; 1.5 * noise < facts.noise)
            facts.noise = noise;
    return facts;
}

} // namespace gacsong::detect::gsm
