// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::sdr {

/// Why the samples of a ring do not go on smoothly at some place.
enum class Seam : std::uint32_t { start, overflow, device, retune };

/// Where a stretch without a hole and with one tuning begins.
struct RingMark {
    std::uint64_t at_sample = 0; ///< counted from the first sample that was ever written
    std::uint64_t lost = 0;      ///< samples known to be lost just before; of Seam::device the reader works it out
    double center_hz = 0.0;
    std::int64_t unix_ns = 0;      ///< UTC of at_sample
    std::int64_t monotonic_ns = 0; ///< the same on a clock that nobody sets
    Seam seam = Seam::start;
};

/// The last samples of a receiver in memory that two processes share: one writes and never waits, any number read.
/// Positions count samples from the first ever written. Memory is constant: capacity samples and the last 1024 marks.
class SharedRing {
public:
    static constexpr std::size_t most_marks = 1024;
    static constexpr std::size_t most_readers = 8;

    /// Makes a ring for at least `samples` samples of `bytes_per_sample` bytes. Error: `ring.memory`.
    [[nodiscard]] static Result<std::shared_ptr<SharedRing>> make(std::size_t samples, std::size_t bytes_per_sample);

    /// Maps the ring of another process. Takes over the descriptor. Error: `ring.memory`, also where it is no ring.
    [[nodiscard]] static Result<std::shared_ptr<SharedRing>> attach(int descriptor);

    ~SharedRing();
    SharedRing(const SharedRing&) = delete;
    SharedRing& operator=(const SharedRing&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] std::uint64_t capacity() const;
    [[nodiscard]] std::size_t bytes_per_sample() const;

    // --- the writer

    /// Room for at most `most` samples in one piece after those written; at least one sample.
    [[nodiscard]] std::span<std::byte> room(std::size_t most);
    /// Says that so many samples were put there.
    void advance(std::uint64_t samples);
    void mark(const RingMark& mark);
    /// Whether the writer ended by itself: nothing will follow.
    void finish();
    /// Shows that the writer is alive, though it has no samples.
    void count_timeout();

    // --- readers

    [[nodiscard]] std::uint64_t written() const;
    /// First sample that the writer will not overwrite next.
    [[nodiscard]] std::uint64_t oldest() const;
    [[nodiscard]] bool finished() const;
    void reopen(); ///< another writer takes over
    [[nodiscard]] std::uint64_t timeouts() const;
    /// A reader for whom a writer that can wait does so; gives its number, nothing where all are taken.
    [[nodiscard]] std::optional<std::size_t> join();
    void leave(std::size_t reader);
    void set_taken(std::size_t reader, std::uint64_t position);
    /// Whether a writer that can wait is to do so: until the first reader comes, for the fastest one, behind whom three
    /// quarters of the ring are to stay history, and for the slowest before it is overtaken.
    [[nodiscard]] bool crowded() const;

    /// Copies samples; false where a part is no longer, or not yet, there.
    [[nodiscard]] bool copy(std::uint64_t first, std::span<std::byte> out) const;

    /// Marks that were made after the first `seen` ones, oldest first; those that are no longer kept are left out.
    [[nodiscard]] std::vector<RingMark> marks_after(std::uint64_t seen) const;
    [[nodiscard]] std::uint64_t mark_count() const;

    /// Samples that a writer puts down at once at most.
    [[nodiscard]] std::size_t most_at_once() const;

private:
    struct Header;
    SharedRing(int descriptor, std::byte* memory, std::size_t bytes);

    int descriptor_;
    std::byte* memory_;
    std::size_t bytes_;
    Header* header_;
    std::byte* samples_;
};

} // namespace gacsong::sdr
