// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/recorder/sample_file.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

namespace gacsong::sdr {

namespace {

constexpr std::size_t block_bytes = 1U << 20U;
constexpr std::size_t alignment = 4096;
constexpr std::uint64_t step = 64U << 20U; ///< room that is set aside at a time

} // namespace

void SampleFile::Free::operator()(std::byte* memory) const { std::free(memory); }

Result<std::unique_ptr<SampleFile>> SampleFile::create(const std::string& path, bool force)
{
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL);
    bool direct = true;
    int descriptor = ::open(path.c_str(), flags | O_DIRECT, 0666);
    if (descriptor < 0 && errno == EINVAL) {
        // The file may be there all the same, so it may not be asked for as a new one again.
        direct = false;
        descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_TRUNC, 0666);
    }
    if (descriptor < 0 && errno == EEXIST)
        return failure("output.exists", {{"file", path}}, Fault::usage);
    if (descriptor < 0)
        return failure("output.write", {{"file", path}, {"why", std::generic_category().message(errno)}},
                       Fault::output);
    return std::unique_ptr<SampleFile>(new SampleFile(path, descriptor, direct));
}

SampleFile::SampleFile(std::string path, int descriptor, bool direct)
    : path_(std::move(path)), descriptor_(descriptor), direct_(direct),
      block_(static_cast<std::byte*>(std::aligned_alloc(alignment, block_bytes)))
{
}

SampleFile::~SampleFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

tl::unexpected<Error> SampleFile::failed(int number) const
{
    const bool full = number == ENOSPC || number == EDQUOT;
    return failure(full ? "output.full" : "output.write",
                   {{"file", path_}, {"why", std::generic_category().message(number)}}, Fault::output);
}

Status SampleFile::put(std::size_t bytes)
{
    if (written_ + bytes > set_aside_ &&
        ::fallocate(descriptor_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(written_), static_cast<off_t>(step)) == 0)
        set_aside_ = written_ + step;
    for (std::size_t done = 0; done < bytes;) {
        const ssize_t put =
            ::pwrite(descriptor_, block_.get() + done, bytes - done, static_cast<off_t>(written_ + done));
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0 && errno == EINVAL && std::exchange(direct_, false)) {
            ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~O_DIRECT);
            continue;
        }
        if (put <= 0)
            return failed(put < 0 ? errno : ENOSPC);
        done += static_cast<std::size_t>(put);
    }
    if (!direct_)
        ::sync_file_range(descriptor_, static_cast<off_t>(written_), static_cast<off_t>(bytes), SYNC_FILE_RANGE_WRITE);
    written_ += bytes;
    return {};
}

Status SampleFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), block_bytes - waiting_);
        std::memcpy(block_.get() + waiting_, bytes.data(), count);
        waiting_ += count;
        bytes = bytes.subspan(count);
        if (waiting_ < block_bytes)
            continue;
        if (const Status done = put(block_bytes); !done)
            return done;
        waiting_ = 0;
    }
    return {};
}

Result<std::uint64_t> SampleFile::sync()
{
    if (::fdatasync(descriptor_) != 0)
        return failed(errno);
    return written_;
}

Result<std::uint64_t> SampleFile::close()
{
    Status status;
    if (waiting_ > 0) {
        if (std::exchange(direct_, false)) // the rest is no whole block
            ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~O_DIRECT);
        status = put(waiting_);
    }
    waiting_ = 0;
    // Room that was set aside and not used is given back.
    if (::ftruncate(descriptor_, static_cast<off_t>(written_)) != 0 && status)
        status = failed(errno);
    if (::fsync(descriptor_) != 0 && status)
        status = failed(errno);
    if (::close(std::exchange(descriptor_, -1)) != 0 && status)
        status = failed(errno);
    return status ? Result<std::uint64_t>(written_) : tl::unexpected(status.error());
}

std::uint64_t free_bytes(const std::string& path)
{
    struct statvfs about = {};
    if (::statvfs(path.c_str(), &about) != 0)
        return ~std::uint64_t{0};
    return static_cast<std::uint64_t>(about.f_bavail) * about.f_frsize;
}

} // namespace gacsong::sdr
