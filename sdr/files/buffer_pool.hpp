// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace gacsong::sdr {

/// Buffers of one size that come back when the last who looks at them lets go. Thread-safe.
class BufferPool : public std::enable_shared_from_this<BufferPool> {
public:
    /// `bytes`: size of every buffer, ≥ 1.
    [[nodiscard]] static std::shared_ptr<BufferPool> make(std::size_t bytes);

    /// A buffer with anything in it.
    [[nodiscard]] std::shared_ptr<std::byte> take();
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    explicit BufferPool(std::size_t bytes) : bytes_(bytes) {}
    void give_back(std::unique_ptr<std::byte[]> buffer);

    std::size_t bytes_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<std::byte[]>> free_;
};

} // namespace gacsong::sdr
