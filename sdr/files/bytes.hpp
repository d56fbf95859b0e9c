// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr {

/// Bytes that can be read at any place: a file, a member of an archive, a test's memory.
class Bytes {
public:
    virtual ~Bytes() = default;

    /// Length when it was opened. What is there later may be less: a stick can be pulled out.
    [[nodiscard]] virtual std::uint64_t size() const = 0;

    /// Fills `out` from `offset` on and tells how many bytes were there (fewer than asked only at the end).
    /// Thread-safe. Errors: `file.read`.
    [[nodiscard]] virtual Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) const = 0;

    /// Last byte + 1 of what is stored on the disk and not a hole; size() where that cannot be told.
    [[nodiscard]] virtual std::uint64_t stored_end() const { return size(); }
};

/// A regular file, read with pread(2): a file that shrinks gives a short read, never a signal.
class FileBytes final : public Bytes {
public:
    /// Opens `path` (bytes as the system knows them) for reading.
    /// Errors: `file.not_found`, `file.denied`, `file.is_folder`, `file.read`.
    [[nodiscard]] static Result<std::shared_ptr<const FileBytes>> open(const std::string& path);

    ~FileBytes() override;
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) const override;
    [[nodiscard]] std::uint64_t stored_end() const override;

private:
    FileBytes(int descriptor, std::uint64_t size, std::string name);
    int descriptor_;
    std::uint64_t size_;
    std::string name_;
};

/// Bytes in memory, for headers read ahead and for tests. Does not own them.
class MemoryBytes final : public Bytes {
public:
    explicit MemoryBytes(std::span<const std::byte> bytes) : bytes_(bytes) {}
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
    [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) const override;

private:
    std::span<const std::byte> bytes_;
};

/// A stretch of other bytes: a member of an uncompressed archive.
class PartBytes final : public Bytes {
public:
    /// `offset + length` may pass the end of `whole` (a cut archive); then reads are short.
    PartBytes(std::shared_ptr<const Bytes> whole, std::uint64_t offset, std::uint64_t length);
    [[nodiscard]] std::uint64_t size() const override { return length_; }
    [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) const override;

private:
    std::shared_ptr<const Bytes> whole_;
    std::uint64_t offset_;
    std::uint64_t length_;
};

/// Reads at most `most` bytes from `offset` into a new buffer no larger than what is there.
[[nodiscard]] Result<std::vector<std::byte>> read_some(const Bytes& bytes, std::uint64_t offset, std::size_t most);

/// A path as a person may read it: valid UTF-8, other bytes and control characters replaced by U+FFFD.
[[nodiscard]] std::string shown(std::string_view path);

/// The error that an errno from opening or reading `path` means.
[[nodiscard]] tl::unexpected<Error> system_failure(const std::string& path, int number);

} // namespace gacsong::sdr
