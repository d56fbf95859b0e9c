// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/spectrum_pass.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::dsp {

namespace {

/// Bytes of FFT output per batch: small enough for a second-level cache of 512 KiB (speed.md §1).
constexpr std::size_t batch_bytes = 256 * 1024;

std::size_t batch_length(std::size_t bins, std::size_t frames)
{
    const std::size_t fits = batch_bytes / (bins * sizeof(std::complex<float>));
    return std::clamp<std::size_t>(fits, 2, std::max<std::size_t>(2, frames));
}

std::vector<float> weights_for(const SpectrumShape& shape, double full_scale)
{
    const auto window = make_window(shape.window, shape.bins);
    const double scale = 1.0 / (full_scale * std::sqrt(static_cast<double>(shape.bins) * window_sums(window).u2));
    std::vector<float> weights(2 * shape.bins);
    for (std::size_t i = 0; i < shape.bins; ++i)
        weights[2 * i] = weights[2 * i + 1] = static_cast<float>(static_cast<double>(window[i]) * scale);
    return weights;
}

} // namespace

double SpectrumShape::effective_averages(std::size_t count) const
{
    const double all = static_cast<double>(count);
    return count <= 1 || 2 * hop > bins ? all : 1.0 + (all - 1.0) * window_facts(window).half_overlap_gain;
}

SpectrumPass::SpectrumPass(SampleFormat format, SpectrumShape shape)
    : format_(format), shape_(shape), plan_(shape.bins, Direction::forward),
      batch_frames_(batch_length(shape.bins, shape.frames)), weights_(weights_for(shape, format.full_scale)),
      frame_(shape.bins), batch_(shape.bins * batch_frames_), sum_(shape.bins), squares_(shape.bins),
      maximum_(shape.bins), minimum_(shape.bins)
{
}

void SpectrumPass::load_frame(const std::byte* at)
{
    auto* out = reinterpret_cast<float*>(frame_.data());
    const std::size_t count = 2 * shape_.bins;
    const bool plain = !format_.big_endian;
    if (format_.component == Component::u8) {
        convert_weighted(reinterpret_cast<const std::uint8_t*>(at), weights_.data(), out, count, 127.5F);
    } else if (format_.component == Component::s8) {
        convert_weighted(reinterpret_cast<const std::int8_t*>(at), weights_.data(), out, count);
    } else if (format_.component == Component::s16 && plain) {
        convert_weighted(reinterpret_cast<const std::int16_t*>(at), weights_.data(), out, count);
    } else if (format_.component == Component::f32 && plain) {
        convert_weighted(reinterpret_cast<const float*>(at), weights_.data(), out, count);
    } else {
        convert(format_, {at, shape_.bins * format_.bytes_per_sample()}, frame_.span());
        // convert() has already divided by the full scale, which the weights contain.
        convert_weighted(out, weights_.data(), out, count);
        const auto scale = static_cast<float>(format_.full_scale);
        std::transform(out, out + count, out, [scale](float x) { return x * scale; });
    }
}

/// Asks for the samples that the frame after the one at `from` adds, while this one is transformed: they come from
/// memory, and the processor's own prefetching does not look across a transform.
void SpectrumPass::fetch_next(std::span<const std::byte> bytes, std::size_t from) const
{
    constexpr std::size_t line = 64;
    const std::size_t width = format_.bytes_per_sample();
    const std::size_t to = std::min(bytes.size(), from + (shape_.bins + shape_.hop) * width);
    for (std::size_t at = from + shape_.bins * width; at < to; at += line)
        __builtin_prefetch(bytes.data() + at);
}

void SpectrumPass::row(std::span<const std::byte> bytes, std::size_t frames, const SpectrumRow& out)
{
    const bool all = !out.maximum.empty();
    const std::size_t step = shape_.hop * format_.bytes_per_sample();
    for (std::size_t done = 0; done < frames;) {
        const std::size_t now = std::min(batch_frames_, frames - done);
        for (std::size_t k = 0; k < now; ++k) {
            load_frame(bytes.data() + (done + k) * step);
            fetch_next(bytes, (done + k) * step);
            plan_.execute(frame_.data(), batch_.data() + k * shape_.bins);
        }
        if (all)
            add_power(batch_.data(), shape_.bins, now, {sum_.data(), squares_.data(), maximum_.data(), minimum_.data()},
                      done == 0);
        else
            add_power(batch_.data(), shape_.bins, now, sum_.data(), done == 0);
        done += now;
    }
    finish(frames, out);
}

void SpectrumPass::finish(std::size_t frames, const SpectrumRow& out)
{
    // Ascending frequency: the upper half of the transform comes first.
    const std::size_t half = shape_.bins / 2;
    for (const std::size_t from : {half, std::size_t{0}}) {
        const std::size_t to = half - from;
        float* const mean = out.mean.data() + to;
        if (out.maximum.empty()) {
            scale_to(sum_.data() + from, 1.0F / static_cast<float>(frames), mean, half);
            continue;
        }
        std::copy_n(maximum_.data() + from, half, out.maximum.data() + to);
        std::copy_n(minimum_.data() + from, half, out.minimum.data() + to);
        if (frames > 1) {
            finish_power(sum_.data() + from, squares_.data() + from, half, frames, mean, out.kurtosis.data() + to);
        } else {
            std::copy_n(sum_.data() + from, half, mean);
            std::fill_n(out.kurtosis.data() + to, half, 0.0F);
        }
    }
}

} // namespace gacsong::dsp
