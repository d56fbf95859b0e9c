// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/wide_channels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace gacsong::detect::lte {

namespace {

constexpr double step_hz = 800e3;
constexpr double usual_bin_hz = 15e3;

} // namespace

WideChannels::WideChannels(const Stretch& stretch, double limit_hz)
    : stretch_(stretch), limit_hz_(limit_hz),
      bank_(dsp::choose_bank(stretch.rate_hz, usual_bin_hz, rate_at_least_hz), stretch.rate_hz, rate_at_least_hz * 0.48)
{
    const double outermost = limit_hz - step_hz / 2.0;
    const auto count = static_cast<std::size_t>(std::max(1.0, std::ceil(2.0 * limit_hz / step_hz)));
    for (std::size_t i = 0; i < count; ++i) {
        const double share = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
        bins_.push_back(std::lround((2.0 * share - 1.0) * outermost / bin_hz()));
    }
    left_.resize(count);
    std::iota(left_.begin(), left_.end(), std::size_t{0});
    samples_.resize(count);
}

double WideChannels::reach_hz() const { return std::min(step_hz / 2.0 + bin_hz(), limit_hz_); }

void WideChannels::extend(double until_s)
{
    const dsp::BankShape shape = bank_.shape();
    const auto hop = static_cast<std::int64_t>(shape.hop());
    const auto all = static_cast<std::int64_t>(stretch_.samples());
    const auto wanted = static_cast<std::size_t>(std::ceil(until_s * stretch_.rate_hz / static_cast<double>(hop)));
    const std::size_t end = std::max(frames_, std::min(wanted, stretch_.samples() / shape.hop()));
    if (left_.empty())
        return;
    for (const std::size_t channel : left_)
        samples_[channel].resize(end * shape.channel_hop());
    for (; frames_ < end; ++frames_) {
        const auto input = bank_.input();
        const std::int64_t first = static_cast<std::int64_t>(frames_) * hop - hop / 2;
        const std::int64_t from = std::max<std::int64_t>(0, first);
        const std::int64_t to = std::min(first + 2 * hop, all);
        const auto before = static_cast<std::size_t>(from - first);
        const auto there = static_cast<std::size_t>(to - from);
        std::ranges::fill(input.first(before), Sample{});
        load(stretch_, static_cast<std::size_t>(from), input.subspan(before, there));
        std::ranges::fill(input.subspan(before + there), Sample{});
        bank_.transform();
        for (const std::size_t channel : left_)
            bank_.channel(bins_[channel], frames_,
                          std::span(samples_[channel]).subspan(frames_ * shape.channel_hop(), shape.channel_hop()));
    }
}

void WideChannels::drop(std::size_t channel)
{
    std::erase(left_, channel);
    samples_[channel] = {};
}

} // namespace gacsong::detect::lte
