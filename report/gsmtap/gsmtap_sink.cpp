// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/gsmtap/gsmtap_sink.hpp"

#include "report/gsmtap/gsmtap_packet.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace gacsong {
namespace {

constexpr std::string_view udp_scheme = "udp://";

tl::unexpected<Error> cannot_write(const std::string& where)
{
    const std::error_code why(errno, std::generic_category());
    return failure("output.write", {{"file", where}, {"why", why.message()}}, Fault::output);
}

/// A file that has a temporary name until the first input has ended; what later inputs add goes to the same file.
class PcapFile final : public GsmtapTarget {
public:
    PcapFile(std::string path, std::string temporary, int descriptor)
        : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor), waiting_(pcap_header())
    {
    }
    ~PcapFile() override
    {
        close(descriptor_);
        if (!temporary_.empty())
            unlink(temporary_.c_str());
    }
    PcapFile(const PcapFile&) = delete;
    PcapFile& operator=(const PcapFile&) = delete;

    Status put(const BroadcastBlock& block, const std::string& payload) override
    {
        constexpr std::size_t piece = 1U << 16U;
        waiting_ += pcap_record(block, payload);
        return waiting_.size() >= piece ? flush() : Status{};
    }

    Status end() override
    {
        Status written = flush();
        if (!written || temporary_.empty())
            return written;
        const mode_t mask = umask(0);
        umask(mask);
        if (fchmod(descriptor_, 0666U & ~mask) != 0 || rename(temporary_.c_str(), path_.c_str()) != 0)
            return cannot_write(path_);
        temporary_.clear();
        return {};
    }

private:
    Status flush()
    {
        std::string_view text = waiting_;
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno != EINTR)
                return cannot_write(path_);
            if (written > 0)
                text.remove_prefix(static_cast<std::size_t>(written));
        }
        waiting_.clear();
        return {};
    }

    std::string path_;
    std::string temporary_; ///< empty once it was renamed
    int descriptor_;
    std::string waiting_;
};

class UdpTarget final : public GsmtapTarget {
public:
    explicit UdpTarget(int descriptor) : descriptor_(descriptor) {}
    ~UdpTarget() override { close(descriptor_); }
    UdpTarget(const UdpTarget&) = delete;
    UdpTarget& operator=(const UdpTarget&) = delete;

    Status put(const BroadcastBlock& /*block*/, const std::string& payload) override
    {
        // Nobody has to listen: a refused datagram is no failure.
        [[maybe_unused]] const ssize_t sent = send(descriptor_, payload.data(), payload.size(), MSG_NOSIGNAL);
        return {};
    }
    Status end() override { return {}; }

private:
    int descriptor_;
};

std::optional<sockaddr_in> parse_address(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    unsigned port = 0;
    const std::string_view digits = text.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || port == 0 || port > 65535)
        return std::nullopt;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (inet_pton(AF_INET, std::string(text.substr(0, colon)).c_str(), &address.sin_addr) != 1)
        return std::nullopt;
    return address;
}

Result<std::unique_ptr<GsmtapTarget>> open_udp(const std::string& where)
{
    const auto address = parse_address(std::string_view(where).substr(udp_scheme.size()));
    errno = EINVAL;
    if (!address)
        return cannot_write(where);
    const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return cannot_write(where);
    auto target = std::make_unique<UdpTarget>(descriptor);
    if (connect(descriptor, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0)
        return cannot_write(where);
    return target;
}

Result<std::unique_ptr<GsmtapTarget>> open_file(const std::string& where, bool force)
{
    std::error_code error;
    if (!force && std::filesystem::exists(where, error))
        return failure("output.exists", {{"file", where}}, Fault::output);
    std::string temporary = where + ".XXXXXX";
    const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0)
        return cannot_write(where);
    return std::make_unique<PcapFile>(where, temporary, descriptor);
}

} // namespace

bool GsmtapSink::valid(const std::string& where)
{
    if (!where.starts_with(udp_scheme))
        return !where.empty();
    return parse_address(std::string_view(where).substr(udp_scheme.size())).has_value();
}

Status GsmtapSink::begin(const Run& /*run*/)
{
    if (target_)
        return {};
    auto target = where_.starts_with(udp_scheme) ? open_udp(where_) : open_file(where_, force_);
    if (!target)
        return tl::unexpected(target.error());
    target_ = std::move(*target);
    return {};
}

Status GsmtapSink::broadcast(const BroadcastBlock& block)
{
    if ((block.technology != "gsm" && block.technology != "lte") || !target_)
        return {};
    return target_->put(block, gsmtap_payload(block));
}

Status GsmtapSink::end(const End& /*end*/) { return target_ ? target_->end() : Status{}; }

} // namespace gacsong
