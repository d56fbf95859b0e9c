// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/channel_group.hpp"

#include "dsp/overlap_bank.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr std::size_t transform = 16384;
constexpr std::uint64_t block_frames = 8; ///< transforms a block, half a transform of new samples each
constexpr std::uint64_t block_input = block_frames * transform / 2;
constexpr double cutoff = 0.4; ///< of the channel's rate, each side; the filter is 10 bins steep
constexpr double flat = 0.25;  ///< … up to here nothing is lost, nothing folds in

/// Banks that are not in use: making one takes longer than many looks. Their filters depend on the ratio alone.
class Banks {
public:
    std::unique_ptr<dsp::OverlapBank> take(std::size_t decimation)
    {
        {
            const std::lock_guard hold(lock_);
            auto& idle = idle_[decimation];
            if (!idle.empty()) {
                auto bank = std::move(idle.back());
                idle.pop_back();
                return bank;
            }
        }
        const dsp::BankShape shape{transform, transform / decimation};
        return std::make_unique<dsp::OverlapBank>(shape, 1.0, cutoff / static_cast<double>(decimation));
    }
    void give_back(std::size_t decimation, std::unique_ptr<dsp::OverlapBank> bank)
    {
        const std::lock_guard hold(lock_);
        idle_[decimation].push_back(std::move(bank));
    }

private:
    std::mutex lock_;
    std::map<std::size_t, std::vector<std::unique_ptr<dsp::OverlapBank>>> idle_;
};

Banks& banks()
{
    static Banks all;
    return all;
}

} // namespace

ChannelGroup::ChannelGroup(const Replay& replay, std::size_t decimation, std::span<const ChannelWish> wishes)
    : recording_(replay), decimation_(decimation),
      first_((std::max(replay.history->first(), replay.first_sample) + decimation - 1) / decimation),
      end_(std::max<std::uint64_t>(first_, replay.history->end() / decimation)), members_(wishes.size())
{
    const double bins = static_cast<double>(transform) / replay.sample_rate_hz;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        members_[i].bin = static_cast<std::ptrdiff_t>(std::llround(wishes[i].offset_hz * bins));
        members_[i].first_block = wishes[i].first / block_input;
        members_[i].last_block = wishes[i].end / block_input;
    }
}

double ChannelGroup::rate_hz() const { return recording_.sample_rate_hz / static_cast<double>(decimation_); }

double ChannelGroup::half_width_hz() const
{
    return flat * rate_hz() - 0.5 * recording_.sample_rate_hz / static_cast<double>(transform);
}

double ChannelGroup::offset_hz(std::size_t member) const
{
    return static_cast<double>(members_[member].bin) * recording_.sample_rate_hz / static_cast<double>(transform);
}

void ChannelGroup::read_recording(std::int64_t first, std::span<std::complex<float>> out) const
{
    std::fill(out.begin(), out.end(), std::complex<float>{});
    const auto have_first = static_cast<std::int64_t>(recording_.history->first());
    const auto have_end = static_cast<std::int64_t>(end_ * decimation_);
    const auto length = static_cast<std::int64_t>(out.size());
    const std::int64_t begin = std::clamp(have_first - first, std::int64_t{0}, length);
    const std::int64_t end = std::clamp(have_end - first, begin, length);
    const auto part = out.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    if (!part.empty() && !recording_.history->read(static_cast<std::uint64_t>(first + begin), part))
        std::fill(part.begin(), part.end(), std::complex<float>{});
}

void ChannelGroup::make_block(std::uint64_t number, Member& reader)
{
    auto bank = banks().take(decimation_);
    const std::size_t hop = bank->shape().hop();
    const std::size_t channel_hop = bank->shape().channel_hop();
    std::vector<std::pair<std::ptrdiff_t, std::span<std::complex<float>>>> filled;
    for (Member& member : members_) {
        const bool likely = !member.done && number >= member.first_block && number <= member.last_block;
        if ((!likely && &member != &reader) || member.blocks.contains(number))
            continue;
        auto& block = member.blocks[number];
        block.resize(block_frames * channel_hop);
        filled.emplace_back(member.bin, block);
    }
    for (std::uint64_t i = 0; i < block_frames; ++i) {
        const std::uint64_t frame = number * block_frames + i;
        read_recording(static_cast<std::int64_t>(frame * hop) - static_cast<std::int64_t>(hop / 2), bank->input());
        bank->transform();
        for (const auto& [bin, block] : filled)
            bank->channel(bin, frame, block.subspan(i * channel_hop, channel_hop));
    }
    banks().give_back(decimation_, std::move(bank));
}

void ChannelGroup::read(std::size_t member, std::uint64_t first_sample, std::span<std::complex<float>> out)
{
    const std::size_t block = block_input / decimation_;
    const std::lock_guard hold(lock_);
    Member& own = members_[member];
    for (std::size_t done = 0; done < out.size();) {
        const std::uint64_t at = first_sample + done;
        const std::uint64_t number = at / block;
        if (!own.blocks.contains(number))
            make_block(number, own);
        const std::size_t within = at % block;
        const std::size_t some = std::min(out.size() - done, block - within);
        const auto from = own.blocks[number].begin() + static_cast<std::ptrdiff_t>(within);
        std::copy_n(from, some, out.begin() + static_cast<std::ptrdiff_t>(done));
        done += some;
    }
}

void ChannelGroup::let_go(std::size_t member)
{
    const std::lock_guard hold(lock_);
    members_[member].done = true;
    members_[member].blocks.clear();
}

} // namespace gacsong::detect
