// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/frames.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "dsp/window.hpp"

#include <algorithm>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_samples = std::size_t{1} << 21U;
constexpr std::size_t most_frames = 2048;

} // namespace

FrameReader::Range FrameReader::between(double start_s, double end_s, std::size_t n) const
{
    start_s = std::max(start_s, base_s_);
    if (end_s <= start_s)
        return {0, 0, n};
    std::uint64_t first = base_sample_ + static_cast<std::uint64_t>((start_s - base_s_) * rate_);
    const std::uint64_t end =
        std::min(history_.end(), base_sample_ + static_cast<std::uint64_t>((end_s - base_s_) * rate_));
    first = std::max(first, history_.first());
    if (end <= first)
        return {first, 0, n};
    return {first, std::min({static_cast<std::size_t>(end - first) / n, most_frames, most_samples / n}), n};
}

bool FrameReader::each(const Range& range,
                       const std::function<void(std::size_t, std::span<const std::complex<float>>)>& take) const
{
    const dsp::FftPlan plan(range.n, dsp::Direction::forward);
    dsp::AlignedArray<std::complex<float>> in(range.n);
    dsp::AlignedArray<std::complex<float>> out(range.n);
    const auto window = dsp::make_window(dsp::WindowKind::hann, range.n);
    for (std::size_t f = 0; f < range.frames; ++f) {
        if (!history_.read(range.first + f * range.n, std::span(in.data(), range.n)))
            return false;
        for (std::size_t i = 0; i < range.n; ++i)
            in.data()[i] *= window[i];
        plan.execute(in.data(), out.data());
        take(f, std::span<const std::complex<float>>(out.data(), range.n));
    }
    return true;
}

} // namespace gacsong::detect
