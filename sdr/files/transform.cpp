// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/layout.hpp"

#include <algorithm>
#include <cstring>

namespace gacsong::sdr {

namespace {

void keep_first_channel(std::span<std::byte> frames, std::size_t frame, std::size_t sample)
{
    std::byte* to = frames.data();
    for (std::size_t at = 0; at + frame <= frames.size(); at += frame, to += sample)
        std::memmove(to, frames.data() + at, sample);
}

void swap_halves(std::span<std::byte> samples, std::size_t sample)
{
    const std::size_t half = sample / 2;
    for (std::size_t at = 0; at + sample <= samples.size(); at += sample) {
        const auto i = samples.begin() + static_cast<std::ptrdiff_t>(at);
        std::swap_ranges(i, i + static_cast<std::ptrdiff_t>(half), i + static_cast<std::ptrdiff_t>(half));
    }
}

/// Offset binary and two's complement differ in the top bit.
void flip_top_bits(std::span<std::byte> samples, std::size_t component, bool big_endian)
{
    for (std::size_t at = big_endian ? 0 : component - 1; at < samples.size(); at += component)
        samples[at] ^= std::byte{0x80};
}

} // namespace

void Transform::apply(std::span<std::byte> frames) const
{
    const std::size_t sample = format.bytes_per_sample();
    const std::size_t count = frames.size() / frame();
    if (channels > 1)
        keep_first_channel(frames.first(count * frame()), frame(), sample);
    const auto samples = frames.first(count * sample);
    if (swap_iq)
        swap_halves(samples, sample);
    if (unsigned_words)
        flip_top_bits(samples, sample / 2, format.big_endian);
}

} // namespace gacsong::sdr
