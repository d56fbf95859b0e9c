// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/atomic_write.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace gacsong {
namespace {

/// The temporary file; it is removed unless it was renamed.
class Temporary {
public:
    explicit Temporary(const std::filesystem::path& beside) : name_(beside.string() + ".XXXXXX")
    {
        descriptor_ = mkostemp(name_.data(), O_CLOEXEC);
    }
    ~Temporary()
    {
        if (descriptor_ >= 0) {
            close(descriptor_);
            unlink(name_.c_str());
        }
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    [[nodiscard]] bool write_all(std::string_view text) const
    {
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno != EINTR)
                return false;
            if (written > 0)
                text.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

    [[nodiscard]] bool become(const std::filesystem::path& path)
    {
        struct stat old {};
        const bool replaces = stat(path.c_str(), &old) == 0;
        const mode_t mask = umask(0);
        umask(mask);
        const mode_t mode = replaces ? old.st_mode & 07777U : 0666U & ~mask;
        if (fchmod(descriptor_, mode) != 0 || fsync(descriptor_) != 0 || rename(name_.c_str(), path.c_str()) != 0)
            return false;
        close(descriptor_);
        descriptor_ = -1;
        return true;
    }

    [[nodiscard]] bool open() const { return descriptor_ >= 0; }

private:
    std::string name_;
    int descriptor_ = -1;
};

tl::unexpected<Error> failed(const std::filesystem::path& path)
{
    const std::error_code why(errno, std::generic_category());
    if (why == std::errc::no_space_on_device)
        return failure("output.full", {{"file", path.string()}}, Fault::output);
    return failure("output.write", {{"file", path.string()}, {"why", why.message()}}, Fault::output);
}

} // namespace

Status write_atomically(const std::filesystem::path& path, std::string_view text)
{
    Temporary file(path);
    if (!file.open() || !file.write_all(text) || !file.become(path))
        return failed(path);
    return {};
}

} // namespace gacsong
