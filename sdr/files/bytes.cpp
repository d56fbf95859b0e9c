// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>

namespace gacsong::sdr {

namespace {

constexpr auto largest_offset = static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());

/// Length of the well-formed UTF-8 character at the start of `text`, 0 where there is none (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto tail = [&](std::size_t i) { return byte(i) >= 0x80U && byte(i) <= 0xBFU; };
    const unsigned first = byte(0);
    if (first < 0x80U)
        return first < 0x20U || first == 0x7FU ? 0 : 1;
    if (first >= 0xC2U && first <= 0xDFU)
        return tail(1) && !(first == 0xC2U && byte(1) < 0xA0U) ? 2 : 0;
    if (first >= 0xE0U && first <= 0xEFU) {
        const bool range = !(first == 0xE0U && byte(1) < 0xA0U) && !(first == 0xEDU && byte(1) > 0x9FU);
        return range && tail(1) && tail(2) ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        const bool range = !(first == 0xF0U && byte(1) < 0x90U) && !(first == 0xF4U && byte(1) > 0x8FU);
        return range && tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::string shown(std::string_view path)
{
    std::string text;
    while (!path.empty()) {
        const std::size_t length = character_length(path);
        text += length == 0 ? std::string_view("\xEF\xBF\xBD") : path.substr(0, length);
        path.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

tl::unexpected<Error> system_failure(const std::string& path, int number)
{
    const std::string name = shown(path);
    if (number == ENOENT || number == ENOTDIR || number == ENAMETOOLONG)
        return failure("file.not_found", {{"file", name}});
    if (number == EACCES || number == EPERM)
        return failure("file.denied", {{"file", name}});
    if (number == EISDIR)
        return failure("file.is_folder", {{"file", name}});
    return failure("file.read", {{"file", name}, {"why", std::generic_category().message(number)}});
}

FileBytes::FileBytes(int descriptor, std::uint64_t size, std::string name)
    : descriptor_(descriptor), size_(size), name_(std::move(name))
{
}

FileBytes::~FileBytes() { ::close(descriptor_); }

Result<std::shared_ptr<const FileBytes>> FileBytes::open(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return system_failure(path, errno);
    struct stat about = {};
    if (::fstat(descriptor, &about) != 0 || S_ISDIR(about.st_mode)) {
        const int number = S_ISDIR(about.st_mode) ? EISDIR : errno;
        ::close(descriptor);
        return system_failure(path, number);
    }
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    const auto size = static_cast<std::uint64_t>(std::max<off_t>(about.st_size, 0));
    return std::shared_ptr<const FileBytes>(new FileBytes(descriptor, size, path));
}

Result<std::size_t> FileBytes::read(std::uint64_t offset, std::span<std::byte> out) const
{
    std::size_t done = 0;
    while (done < out.size() && offset <= largest_offset - done) {
        const ssize_t got =
            ::pread(descriptor_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return system_failure(name_, errno);
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::uint64_t FileBytes::stored_end() const
{
    // From each hole to the data behind it: the last hole that nothing follows is the end. A file in more pieces
    // than this is not worth the walk.
    constexpr int most_pieces = 100000;
    off_t at = 0;
    for (int piece = 0; piece < most_pieces; ++piece) {
        const off_t data = ::lseek(descriptor_, at, SEEK_DATA);
        if (data < 0)
            return errno == ENXIO ? static_cast<std::uint64_t>(at) : size_;
        const off_t hole = ::lseek(descriptor_, data, SEEK_HOLE);
        if (hole < 0 || hole <= data)
            return size_;
        at = hole;
    }
    return size_;
}

Result<std::size_t> MemoryBytes::read(std::uint64_t offset, std::span<std::byte> out) const
{
    if (offset >= bytes_.size() || out.empty())
        return 0;
    const std::size_t count = std::min(out.size(), bytes_.size() - static_cast<std::size_t>(offset));
    std::memcpy(out.data(), bytes_.data() + offset, count);
    return count;
}

PartBytes::PartBytes(std::shared_ptr<const Bytes> whole, std::uint64_t offset, std::uint64_t length)
    : whole_(std::move(whole)), offset_(offset), length_(length)
{
}

Result<std::size_t> PartBytes::read(std::uint64_t offset, std::span<std::byte> out) const
{
    if (offset >= length_ || offset > std::numeric_limits<std::uint64_t>::max() - offset_)
        return 0;
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), length_ - offset));
    return whole_->read(offset_ + offset, out.first(most));
}

Result<std::vector<std::byte>> read_some(const Bytes& bytes, std::uint64_t offset, std::size_t most)
{
    if (offset >= bytes.size())
        return std::vector<std::byte>{};
    std::vector<std::byte> buffer(static_cast<std::size_t>(std::min<std::uint64_t>(most, bytes.size() - offset)));
    const auto got = bytes.read(offset, buffer);
    if (!got)
        return tl::unexpected(got.error());
    buffer.resize(*got);
    return buffer;
}

} // namespace gacsong::sdr
