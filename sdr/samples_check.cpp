// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at a few stretches of samples before a recording is taken for what it says it is.
#include "sdr/resolve.hpp"

#include <algorithm>
#include <cstring>

namespace gacsong::sdr {

namespace {

/// What comparing the two channels of some frames gave.
struct Comparison {
    bool equal = true;
    bool varies = false;
};

Comparison compare_channels(std::span<const std::byte> frames, std::size_t sample)
{
    Comparison result;
    const std::size_t half = sample / 2;
    for (std::size_t at = 0; at + sample <= frames.size() && result.equal; at += sample) {
        result.equal = std::memcmp(frames.data() + at, frames.data() + at + half, half) == 0;
        result.varies = result.varies || std::memcmp(frames.data(), frames.data() + at, half) != 0;
    }
    return result;
}

} // namespace

Result<bool> channels_are_equal(const Draft& draft, const SampleFormat& type)
{
    constexpr std::uint64_t stretches = 8;
    constexpr std::uint64_t stretch = 4096; // frames
    const std::uint64_t sample = type.bytes_per_sample();
    const std::uint64_t frames = draft.length / sample;
    bool varies = false;
    for (std::uint64_t i = 0; i < stretches; ++i) {
        const std::uint64_t from = frames > stretch ? (frames - stretch) / (stretches - 1) * i : 0;
        const auto raw = read_some(*draft.data, draft.offset + from * sample,
                                   static_cast<std::size_t>(std::min(stretch, frames) * sample));
        if (!raw)
            return tl::unexpected(raw.error());
        const Comparison result = compare_channels(*raw, sample);
        if (!result.equal)
            return false;
        varies = varies || result.varies;
    }
    return varies;
}

Result<std::uint64_t> length_without_zero_tail(const Bytes& bytes, std::uint64_t offset, std::uint64_t length)
{
    constexpr std::uint64_t page = 4096;
    constexpr std::uint64_t shortest_tail = std::uint64_t{1} << 20U;
    constexpr std::uint64_t most_read = std::uint64_t{1} << 30U;
    const std::uint64_t end = offset + length;
    std::uint64_t at = std::clamp(bytes.stored_end(), offset, end);
    for (std::uint64_t done = 0; at > offset && done < most_read;) {
        const std::uint64_t from = at - std::min(at - offset, shortest_tail);
        const auto raw = read_some(bytes, from, static_cast<std::size_t>(at - from));
        if (!raw)
            return tl::unexpected(raw.error());
        const auto last = std::find_if(raw->rbegin(), raw->rend(), [](std::byte b) { return b != std::byte{0}; });
        if (last != raw->rend()) {
            const auto used = from + static_cast<std::uint64_t>(raw->rend() - last);
            const std::uint64_t cut = std::min((used + page - 1) / page * page, end);
            return end - cut >= shortest_tail ? cut - offset : length;
        }
        done += at - from;
        at = from;
    }
    return at > offset || length < shortest_tail ? length : 0;
}

} // namespace gacsong::sdr
