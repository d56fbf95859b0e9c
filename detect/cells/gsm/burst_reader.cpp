// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/burst_reader.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::detect::gsm {

namespace {

constexpr float soft_scale = 6.0F; ///< of a log-likelihood ratio to a soft bit

using Known = std::array<std::int8_t, burst_bits>;

Known known_symbols(std::string_view training, std::size_t at)
{
    Known known{};
    for (std::size_t i = 0; i < tail_bits; ++i)
        known[i] = known[burst_bits - 1 - i] = 1;
    for (std::size_t i = 0; i < training.size(); ++i)
        known[at + i] = training[i] == '1' ? -1 : 1;
    return known;
}

std::int8_t soft_bit(float llr)
{
    return static_cast<std::int8_t>(std::clamp(std::lround(soft_scale * llr), -127L, 127L));
}

NormalBits normal_bits(std::span<const float> soft)
{
    NormalBits bits;
    for (std::size_t i = 0; i < normal_soft_bits / 2; ++i) {
        bits[i] = soft_bit(soft[tail_bits + i]);
        bits[normal_soft_bits / 2 + i] = soft_bit(soft[normal_training_at + 26 + i]);
    }
    return bits;
}

std::array<Training, 8> all_codes(std::size_t taps)
{
    const auto one = [taps](std::size_t code) { return Training(normal_training.at(code), taps); };
    return {one(0), one(1), one(2), one(3), one(4), one(5), one(6), one(7)};
}

} // namespace

BurstReader::BurstReader(double rate_hz) : sampler_(rate_hz)
{
    for (std::size_t taps = least_taps; taps <= most_taps; ++taps) {
        sync_.emplace_back(sync_training, taps);
        normal_.push_back(all_codes(taps));
    }
}

BurstSamples BurstReader::sample(const Stretch& channel, double position, const Tuning& tuning) const
{
    BurstSamples y;
    const double turn = std::numbers::pi / 2.0 + 2.0 * std::numbers::pi * tuning.offset_hz / symbol_rate_hz;
    sampler_.read(channel, position, tuning.step, turn, y);
    return y;
}

SyncRead BurstReader::sync(const BurstSamples& y, std::size_t taps)
{
    static const Known known = known_symbols(sync_training, sync_training_at);
    SyncRead read;
    const Training& training = sync_.at(taps - least_taps);
    read.channel = training.estimate(std::span(y).subspan(sync_training_at, sync_training.size()));
    std::array<float, burst_bits> llr{};
    equaliser_.run(y, read.channel, known, llr);
    std::array<std::int8_t, sync_soft_bits> soft{};
    for (std::size_t i = 0; i < sync_soft_bits / 2; ++i) {
        soft[i] = soft_bit(llr[tail_bits + i]);
        soft[sync_soft_bits / 2 + i] = soft_bit(llr[sync_training_at + sync_training.size() + i]);
    }
    read.info = decode_sync(soft);
    return read;
}

NormalRead BurstReader::normal(const BurstSamples& y, unsigned code, std::size_t taps)
{
    NormalRead read;
    const Training& training = normal_.at(taps - least_taps).at(code);
    read.channel = training.estimate(std::span(y).subspan(normal_training_at, training.symbols().size()));
    std::array<float, burst_bits> llr{};
    equaliser_.run(y, read.channel, known_symbols(normal_training.at(code), normal_training_at), llr);
    read.soft = normal_bits(llr);
    return read;
}

NormalRead BurstReader::again(const BurstSamples& y, unsigned code, const NormalRead& first)
{
    const Known known = known_symbols(normal_training.at(code), normal_training_at);
    std::array<float, burst_bits> symbols{};
    for (std::size_t k = 0; k < burst_bits; ++k)
        symbols[k] = static_cast<float>(known[k]);
    for (std::size_t i = 0; i < normal_soft_bits / 2; ++i) {
        symbols[tail_bits + i] = symbol_of(first.soft[i] < 0);
        symbols[normal_training_at + 26 + i] = symbol_of(first.soft[normal_soft_bits / 2 + i] < 0);
    }
    NormalRead read;
    read.channel = estimate_channel(y, symbols, first.channel.count);
    std::array<float, burst_bits> llr{};
    equaliser_.run(y, read.channel, known, llr);
    read.soft = normal_bits(llr);
    return read;
}

} // namespace gacsong::detect::gsm
