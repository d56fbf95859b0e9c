// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/channel.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace gacsong::detect {

namespace {

constexpr std::size_t block_samples = 1024;
constexpr double least_rate_hz = 250e3; ///< what an ISM helper asks for; voice and data channels need less
constexpr double flat_share = 0.25;     ///< of the channel's rate, each side: a short filter does
constexpr double flat_width = 1.2;      ///< of the emission's bandwidth, each side
constexpr std::size_t least_decimation = 4;

} // namespace

std::unique_ptr<Channel> Channel::around(double offset_hz, double emission_width_hz, const Replay& replay)
{
    if (replay.history == nullptr || replay.sample_rate_hz <= 0.0)
        return nullptr;
    const double rate_hz = std::max(least_rate_hz, flat_width * emission_width_hz / flat_share);
    const auto decimation = static_cast<std::size_t>(std::floor(replay.sample_rate_hz / rate_hz + 1e-9));
    if (decimation < least_decimation)
        return nullptr;
    const double half_width_hz = flat_share * replay.sample_rate_hz / static_cast<double>(decimation);
    return std::unique_ptr<Channel>(new Channel(offset_hz, half_width_hz, decimation, replay));
}

Channel::Channel(double offset_hz, double half_width_hz, std::size_t decimation, const Replay& replay)
    : recording_(replay), offset_hz_(offset_hz), half_width_hz_(half_width_hz), decimation_(decimation),
      converter_(replay.sample_rate_hz, offset_hz, half_width_hz, decimation),
      first_((std::max(replay.history->first(), replay.first_sample) + decimation - 1) / decimation),
      // Fixed here: a stream goes on while its emission is looked at.
      end_(std::max<std::uint64_t>(first_, replay.history->end() / decimation))
{
}

Replay Channel::replay() const
{
    Replay out = recording_;
    out.history = this;
    out.sample_rate_hz = converter_.rate_hz();
    out.first_sample = first_;
    const double skipped =
        static_cast<double>(first_) * static_cast<double>(decimation_) - static_cast<double>(recording_.first_sample);
    out.origin_s = recording_.origin_s + skipped / recording_.sample_rate_hz;
    return out;
}

bool Channel::holds(const Cut& wanted) const
{
    return std::abs(wanted.offset_hz - offset_hz_) + wanted.half_width_hz <= half_width_hz_ &&
           wanted.rate_hz <= converter_.rate_hz() * (1.0 + 1e-9);
}

const std::vector<std::complex<float>>& Channel::block(std::uint64_t number) const
{
    auto [at, is_new] = blocks_.try_emplace(number);
    if (is_new)
        at->second = converter_.convert(*recording_.history, number * block_samples * decimation_, block_samples);
    return at->second;
}

Status Channel::read(std::uint64_t first_sample, std::span<std::complex<float>> out) const
{
    if (first_sample < first_ || first_sample + out.size() > end_)
        return failure("history.outside", {{"file", std::string("-")}});
    const std::lock_guard hold(lock_);
    for (std::size_t done = 0; done < out.size();) {
        const std::uint64_t at = first_sample + done;
        const std::size_t within = at % block_samples;
        const std::size_t some = std::min(out.size() - done, block_samples - within);
        const auto from = block(at / block_samples).begin() + static_cast<std::ptrdiff_t>(within);
        std::copy_n(from, some, out.begin() + static_cast<std::ptrdiff_t>(done));
        done += some;
    }
    return {};
}

} // namespace gacsong::detect
