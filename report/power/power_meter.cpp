// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/power/power_meter.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::size_t frames_of_a_row = 8;

dsp::SpectrumShape shape_for(double rate_hz, double step_hz)
{
    dsp::SpectrumShape shape;
    shape.bins = std::bit_ceil(static_cast<std::size_t>(std::clamp(2.0 * rate_hz / step_hz, 64.0, 1048576.0)));
    shape.hop = shape.bins / 2;
    shape.frames = frames_of_a_row;
    return shape;
}

} // namespace

PowerMeter::PowerMeter(SampleFormat format, double rate_hz, double step_hz)
    : format_(format), rate_hz_(rate_hz), shape_(shape_for(rate_hz, step_hz)), pass_(format, shape_), row_(shape_.bins),
      sum_(shape_.bins)
{
}

void PowerMeter::take(std::span<const std::byte> bytes, std::size_t frames)
{
    pass_.row(bytes, frames, {row_, {}, {}, {}});
    for (std::size_t i = 0; i < row_.size(); ++i)
        sum_[i] += static_cast<double>(row_[i]) * static_cast<double>(frames);
    frames_ += frames;
}

void PowerMeter::add(std::span<const std::byte> bytes)
{
    const std::size_t width = format_.bytes_per_sample();
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
    const std::size_t there = pending_.size() / width;
    if (there < shape_.bins)
        return;
    std::size_t frames = (there - shape_.bins) / shape_.hop + 1;
    std::size_t at = 0;
    while (frames > 0) {
        const std::size_t now = std::min(frames, frames_of_a_row);
        take(std::span(pending_).subspan(at * width), now);
        at += now * shape_.hop;
        frames -= now;
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at * width));
}

void PowerMeter::clear()
{
    pending_.clear();
    std::ranges::fill(sum_, 0.0);
    frames_ = 0;
}

double PowerMeter::power(double low_hz, double high_hz) const
{
    if (frames_ == 0)
        return 0.0;
    const double bin_hz = rate_hz_ / static_cast<double>(shape_.bins);
    const double middle = 0.5 * static_cast<double>(shape_.bins);
    // Bin i covers a bin's width around its frequency.
    const double from = std::clamp(low_hz / bin_hz + middle + 0.5, 0.0, static_cast<double>(shape_.bins));
    const double to = std::clamp(high_hz / bin_hz + middle + 0.5, 0.0, static_cast<double>(shape_.bins));
    double sum = 0.0;
    for (auto i = static_cast<std::size_t>(from); i < shape_.bins && static_cast<double>(i) < to; ++i) {
        const double share = std::min(to, static_cast<double>(i) + 1.0) - std::max(from, static_cast<double>(i));
        sum += share * sum_[i];
    }
    return sum / static_cast<double>(frames_);
}

} // namespace gacsong
