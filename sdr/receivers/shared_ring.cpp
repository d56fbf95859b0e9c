// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/shared_ring.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>

namespace gacsong::sdr {

namespace {

constexpr std::uint64_t magic = 0x474E4F5347534102U; ///< the last octet is the version of the layout
constexpr std::size_t page = 4096;
constexpr std::size_t largest_piece = 131072; ///< samples written at once

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

tl::unexpected<Error> no_memory(int number)
{
    return failure("ring.memory", {{"why", std::generic_category().message(number)}});
}

} // namespace

/// What both processes see. Written by one side only, each field; marks are complete before their count grows.
struct SharedRing::Header {
    std::uint64_t magic_number;
    std::uint64_t capacity;
    std::uint64_t sample_bytes;
    std::atomic<std::uint64_t> written;
    std::atomic<std::uint64_t> marks;
    std::atomic<std::uint64_t> timeouts;
    std::array<std::atomic<std::uint64_t>, most_readers> taken; ///< one more than the position; 0: nobody
    std::atomic<std::uint32_t> finished;
    std::atomic<std::uint32_t> joined; ///< whether there ever was a reader
    std::array<RingMark, most_marks> mark;
};

SharedRing::SharedRing(int descriptor, std::byte* memory, std::size_t bytes)
    : descriptor_(descriptor), memory_(memory), bytes_(bytes), header_(reinterpret_cast<Header*>(memory)),
      samples_(memory + (sizeof(Header) + page - 1) / page * page)
{
}

Result<std::shared_ptr<SharedRing>> SharedRing::make(std::size_t samples, std::size_t bytes_per_sample)
{
    const std::size_t head = (sizeof(Header) + page - 1) / page * page;
    const std::size_t capacity = std::max(samples, 16 * largest_piece);
    const std::size_t bytes = head + capacity * bytes_per_sample;
    const int descriptor = ::memfd_create("gacsong ring", MFD_CLOEXEC);
    if (descriptor < 0 || ::ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) {
        const int number = errno;
        if (descriptor >= 0)
            ::close(descriptor);
        return no_memory(number);
    }
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        const int number = errno;
        ::close(descriptor);
        return no_memory(number);
    }
    auto* header = new (memory) Header{};
    header->magic_number = magic;
    header->capacity = capacity;
    header->sample_bytes = bytes_per_sample;
    return std::shared_ptr<SharedRing>(new SharedRing(descriptor, static_cast<std::byte*>(memory), bytes));
}

Result<std::shared_ptr<SharedRing>> SharedRing::attach(int descriptor)
{
    struct stat about = {};
    const bool there = ::fstat(descriptor, &about) == 0 && static_cast<std::size_t>(about.st_size) > sizeof(Header);
    const auto bytes = static_cast<std::size_t>(about.st_size);
    void* memory = there ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    if (memory == MAP_FAILED) {
        const int number = there ? errno : EINVAL;
        ::close(descriptor);
        return no_memory(number);
    }
    std::shared_ptr<SharedRing> ring(new SharedRing(descriptor, static_cast<std::byte*>(memory), bytes));
    const Header& header = *ring->header_;
    const std::size_t head = (sizeof(Header) + page - 1) / page * page;
    if (header.magic_number != magic || header.sample_bytes == 0 || header.sample_bytes > 16 ||
        header.capacity > (bytes - head) / header.sample_bytes)
        return no_memory(EINVAL);
    return ring;
}

SharedRing::~SharedRing()
{
    ::munmap(memory_, bytes_);
    ::close(descriptor_);
}

std::uint64_t SharedRing::capacity() const { return header_->capacity; }
std::size_t SharedRing::bytes_per_sample() const { return header_->sample_bytes; }
std::size_t SharedRing::most_at_once() const { return largest_piece; }

std::span<std::byte> SharedRing::room(std::size_t most)
{
    const std::uint64_t at = header_->written.load(std::memory_order_relaxed) % header_->capacity;
    const std::size_t samples = std::min<std::size_t>({most, largest_piece, header_->capacity - at});
    return {samples_ + at * header_->sample_bytes, samples * header_->sample_bytes};
}

void SharedRing::advance(std::uint64_t samples)
{
    header_->written.store(header_->written.load(std::memory_order_relaxed) + samples, std::memory_order_release);
}

void SharedRing::mark(const RingMark& mark)
{
    const std::uint64_t count = header_->marks.load(std::memory_order_relaxed);
    header_->mark[count % most_marks] = mark;
    header_->marks.store(count + 1, std::memory_order_release);
}

void SharedRing::finish() { header_->finished.store(1, std::memory_order_release); }
void SharedRing::reopen() { header_->finished.store(0, std::memory_order_release); }
bool SharedRing::finished() const { return header_->finished.load(std::memory_order_acquire) != 0; }
void SharedRing::count_timeout() { header_->timeouts.fetch_add(1, std::memory_order_relaxed); }
std::uint64_t SharedRing::timeouts() const { return header_->timeouts.load(std::memory_order_relaxed); }
std::optional<std::size_t> SharedRing::join()
{
    for (std::size_t i = 0; i < most_readers; ++i) {
        std::uint64_t nobody = 0;
        if (header_->taken[i].compare_exchange_strong(nobody, oldest() + 1)) {
            header_->joined.store(1, std::memory_order_release);
            return i;
        }
    }
    return std::nullopt;
}

void SharedRing::leave(std::size_t reader) { header_->taken[reader].store(0, std::memory_order_release); }

void SharedRing::set_taken(std::size_t reader, std::uint64_t position)
{
    header_->taken[reader].store(position + 1, std::memory_order_release);
}

bool SharedRing::crowded() const
{
    const std::uint64_t now = written();
    const std::uint64_t capacity = header_->capacity;
    std::uint64_t slowest = now;
    std::optional<std::uint64_t> fastest;
    for (const auto& one : header_->taken) {
        if (const std::uint64_t position = one.load(std::memory_order_acquire); position > 0) {
            slowest = std::min(slowest, position - 1);
            fastest = std::max(fastest.value_or(0), position - 1);
        }
    }
    if (!fastest)
        return header_->joined.load(std::memory_order_acquire) == 0 && now > capacity / 4;
    return now - std::min(now, *fastest) > capacity / 4 || now - slowest > capacity - 2 * largest_piece;
}

std::uint64_t SharedRing::written() const { return header_->written.load(std::memory_order_acquire); }

std::uint64_t SharedRing::oldest() const
{
    const std::uint64_t kept = header_->capacity - largest_piece;
    const std::uint64_t now = written();
    return now > kept ? now - kept : 0;
}

bool SharedRing::copy(std::uint64_t first, std::span<std::byte> out) const
{
    const std::size_t width = header_->sample_bytes;
    const std::uint64_t count = out.size() / width;
    if (first < oldest() || first + count > written())
        return false;
    std::uint64_t at = first % header_->capacity;
    for (std::size_t done = 0; done < count;) {
        const auto piece = std::min<std::uint64_t>(count - done, header_->capacity - at);
        std::memcpy(out.data() + done * width, samples_ + at * width, piece * width);
        done += piece;
        at = 0;
    }
    // Whether the writer came by meanwhile: it may be at work on the piece after `written`.
    std::atomic_thread_fence(std::memory_order_acquire);
    return first >= oldest();
}

std::uint64_t SharedRing::mark_count() const { return header_->marks.load(std::memory_order_acquire); }

std::vector<RingMark> SharedRing::marks_after(std::uint64_t seen) const
{
    const std::uint64_t count = mark_count();
    std::vector<RingMark> found;
    // The oldest place may be being written to.
    for (std::uint64_t i = std::max(seen, count > most_marks - 1 ? count - (most_marks - 1) : 0); i < count; ++i)
        found.push_back(header_->mark[i % most_marks]);
    return found;
}

} // namespace gacsong::sdr
