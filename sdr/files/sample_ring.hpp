// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

namespace gacsong::sdr {

/// The last samples of a stream, raw as they came. One thread appends, any number read.
class SampleRing {
public:
    /// Keeps the newest chunks as long as they hold at most `most_bytes`; the newest one always.
    SampleRing(SampleFormat format, std::size_t most_bytes) : format_(format), most_bytes_(most_bytes) {}

    /// Adds samples that follow on those before. `chunk` owns the memory in which `bytes` lie, `chunk_bytes` of it.
    void append(const std::shared_ptr<const std::byte>& chunk, std::size_t chunk_bytes, const std::byte* bytes,
                std::uint64_t samples);

    [[nodiscard]] std::uint64_t first() const;
    [[nodiscard]] std::uint64_t end() const;

    /// As History::read(). Error: `history.outside`.
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const;

private:
    struct Chunk {
        std::shared_ptr<const std::byte> memory;
        std::size_t memory_bytes = 0;
        const std::byte* bytes = nullptr;
        std::uint64_t first_sample = 0;
        std::uint64_t samples = 0;
    };

    [[nodiscard]] std::vector<Chunk> chunks_of(std::uint64_t first_sample, std::uint64_t count) const;

    SampleFormat format_;
    std::size_t most_bytes_;
    mutable std::mutex mutex_;
    std::deque<Chunk> chunks_;
    std::size_t held_bytes_ = 0;
    std::uint64_t end_ = 0;
};

} // namespace gacsong::sdr
