// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace gacsong::sdr {

/// A growing file of samples. What was written stays there whatever happens to the program: its length on the disk is
/// that of what it holds. Blocks go past the page cache where the file system can do that (speed.md §5), else they are
/// pushed out as they come; room is set aside in advance without lengthening the file.
class SampleFile {
public:
    /// Errors: output.exists (unless `force`), output.write, output.full.
    [[nodiscard]] static Result<std::unique_ptr<SampleFile>> create(const std::string& path, bool force);
    ~SampleFile();
    SampleFile(const SampleFile&) = delete;
    SampleFile& operator=(const SampleFile&) = delete;

    /// Errors: output.full, output.write. After one, only close() makes sense: what had been written is good.
    [[nodiscard]] Status write(std::span<const std::byte> bytes);

    /// Puts everything but the last, incomplete block where a power cut cannot reach it; gives the bytes that are safe.
    [[nodiscard]] Result<std::uint64_t> sync();

    /// Writes the rest, gives back what was set aside, and closes. The length of the file then.
    [[nodiscard]] Result<std::uint64_t> close();

    /// Bytes taken, the block under way included.
    [[nodiscard]] std::uint64_t size() const { return written_ + waiting_; }

private:
    struct Free {
        void operator()(std::byte* memory) const;
    };
    SampleFile(std::string path, int descriptor, bool direct);
    Status put(std::size_t bytes);
    [[nodiscard]] tl::unexpected<Error> failed(int number) const;

    std::string path_;
    int descriptor_;
    bool direct_;
    std::unique_ptr<std::byte, Free> block_;
    std::size_t waiting_ = 0;     ///< bytes of the block that are filled
    std::uint64_t written_ = 0;   ///< bytes before the block
    std::uint64_t set_aside_ = 0; ///< end of the room that was set aside
};

/// Free bytes where a path lies, for ordinary users; nothing where that is not known.
[[nodiscard]] std::uint64_t free_bytes(const std::string& path);

} // namespace gacsong::sdr
