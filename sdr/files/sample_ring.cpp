// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/sample_ring.hpp"

#include <algorithm>

namespace gacsong::sdr {

void SampleRing::append(const std::shared_ptr<const std::byte>& chunk, std::size_t chunk_bytes, const std::byte* bytes,
                        std::uint64_t samples)
{
    const std::lock_guard lock(mutex_);
    if (!chunks_.empty() && chunks_.back().memory == chunk) {
        chunks_.back().samples += samples;
    } else {
        chunks_.push_back({chunk, chunk_bytes, bytes, end_, samples});
        held_bytes_ += chunk_bytes;
    }
    end_ += samples;
    while (chunks_.size() > 1 && held_bytes_ > most_bytes_) {
        held_bytes_ -= chunks_.front().memory_bytes;
        chunks_.pop_front();
    }
}

std::uint64_t SampleRing::first() const
{
    const std::lock_guard lock(mutex_);
    return chunks_.empty() ? end_ : chunks_.front().first_sample;
}

std::uint64_t SampleRing::end() const
{
    const std::lock_guard lock(mutex_);
    return end_;
}

std::vector<SampleRing::Chunk> SampleRing::chunks_of(std::uint64_t first_sample, std::uint64_t count) const
{
    const std::lock_guard lock(mutex_);
    std::vector<Chunk> found;
    if (chunks_.empty() || first_sample < chunks_.front().first_sample || first_sample > end_ ||
        count > end_ - first_sample)
        return found;
    auto chunk = std::upper_bound(chunks_.begin(), chunks_.end(), first_sample,
                                  [](std::uint64_t at, const Chunk& c) { return at < c.first_sample; });
    for (--chunk; chunk != chunks_.end() && chunk->first_sample < first_sample + count; ++chunk)
        found.push_back(*chunk);
    return found;
}

Status SampleRing::read(std::uint64_t first_sample, std::span<std::complex<float>> out) const
{
    if (out.empty())
        return {};
    // The copies keep the memory alive while it is converted without the lock.
    const auto chunks = chunks_of(first_sample, out.size());
    if (chunks.empty())
        return failure("history.outside", {{"file", std::string("-")}});
    const std::size_t sample = format_.bytes_per_sample();
    for (const Chunk& chunk : chunks) {
        const std::uint64_t inside = first_sample - chunk.first_sample;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), chunk.samples - inside));
        convert(format_, {chunk.bytes + inside * sample, count * sample}, out.first(count));
        out = out.subspan(count);
        first_sample += count;
    }
    return {};
}

} // namespace gacsong::sdr
