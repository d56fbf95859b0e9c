// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/output.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace gacsong {
namespace {

constexpr std::size_t large_piece = 1 << 16;

/// Waits until a descriptor that another program has made non-blocking takes text again.
void wait_until_writable(int descriptor)
{
    pollfd one{descriptor, POLLOUT, 0};
    poll(&one, 1, -1);
}

} // namespace

Output::Output(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name))
{
    struct stat facts {};
    by_line_ = fstat(descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode);
    terminal_ = isatty(descriptor_) == 1;
}

Output::~Output()
{
    // Whoever cares for errors has flushed before.
    [[maybe_unused]] const Status ignored = flush();
}

Status Output::line(std::string_view line_text)
{
    waiting_ += line_text;
    waiting_ += '\n';
    return by_line_ || waiting_.size() >= large_piece ? flush() : Status{};
}

Status Output::text(std::string_view more)
{
    waiting_ += more;
    return waiting_.size() >= large_piece ? flush() : Status{};
}

Status Output::flush()
{
    std::string_view rest = waiting_;
    while (!rest.empty() && !closed_) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written > 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            closed_ = true;
            if (when_closed_)
                when_closed_();
        } else if (errno == EAGAIN) {
            wait_until_writable(descriptor_);
        } else if (errno != EINTR) {
            const std::error_code why(errno, std::generic_category());
            waiting_.clear();
            if (why == std::errc::no_space_on_device)
                return failure("output.full", {{"file", name_}}, Fault::output);
            return failure("output.write", {{"file", name_}, {"why", why.message()}}, Fault::output);
        }
    }
    waiting_.clear();
    return {};
}

} // namespace gacsong
