// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/buffer_pool.hpp"

#include <utility>

namespace gacsong::sdr {

std::shared_ptr<BufferPool> BufferPool::make(std::size_t bytes)
{
    return std::shared_ptr<BufferPool>(new BufferPool(bytes));
}

std::shared_ptr<std::byte> BufferPool::take()
{
    std::unique_ptr<std::byte[]> buffer;
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            buffer = std::move(free_.back());
            free_.pop_back();
        }
    }
    if (!buffer)
        buffer = std::make_unique_for_overwrite<std::byte[]>(bytes_);
    return {buffer.release(), [pool = weak_from_this()](std::byte* back) {
                std::unique_ptr<std::byte[]> owned(back);
                if (const auto alive = pool.lock())
                    alive->give_back(std::move(owned));
            }};
}

void BufferPool::give_back(std::unique_ptr<std::byte[]> buffer)
{
    constexpr std::size_t most_kept = 8;
    const std::lock_guard lock(mutex_);
    if (free_.size() < most_kept)
        free_.push_back(std::move(buffer));
}

} // namespace gacsong::sdr
