// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/buffer_pool.hpp"
#include "sdr/files/layout.hpp"
#include "sdr/files/sample_ring.hpp"
#include "sdr/stream.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gacsong::sdr {

namespace {

constexpr std::size_t chunk_target = 262144; // bytes

/// Samples of a pipe as they come. A chunk of memory is filled bit by bit; blocks are views into it, and so is what
/// the ring keeps, so nothing is copied.
class StreamSource final : public SampleSource {
public:
    StreamSource(StreamInfo info, StreamStart start, Transform transform, std::shared_ptr<SampleRing> ring)
        : info_(std::move(info)), start_(std::move(start)), transform_(transform), ring_(std::move(ring)),
          pool_(BufferPool::make(std::max<std::size_t>(chunk_target / transform.frame(), 1) * transform.frame()))
    {
    }

    ~StreamSource() override
    {
        if (start_.owned)
            ::close(start_.descriptor);
    }
    StreamSource(const StreamSource&) = delete;
    StreamSource& operator=(const StreamSource&) = delete;

    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] std::optional<Message> shortfall() const override { return shortfall_; }

    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        while (filled_ - handed_ < transform_.frame()) {
            const auto more = fill();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return std::nullopt;
        }
        const std::size_t frame = transform_.frame();
        const std::size_t count = std::min(std::max<std::size_t>(most, 1), (filled_ - handed_) / frame);
        const std::span<std::byte> frames(chunk_.get() + handed_, count * frame);
        transform_.apply(frames);
        handed_ += frames.size();
        return hand_out(frames.first(count * transform_.format.bytes_per_sample()), count);
    }

private:
    Block hand_out(std::span<const std::byte> bytes, std::size_t count)
    {
        Block block;
        block.bytes = bytes;
        block.first_sample = samples_;
        block.owner = chunk_;
        if (samples_ == 0)
            block.begins = Segment{0, info_.center_hz, info_.start, 0, {}};
        // With more channels the samples of a chunk do not touch, so each block is a chunk of its own to the ring.
        const auto memory = transform_.channels == 1 ? std::shared_ptr<const std::byte>(chunk_)
                                                     : std::shared_ptr<const std::byte>(chunk_, bytes.data());
        ring_->append(memory, transform_.channels == 1 ? pool_->bytes() : bytes.size() * transform_.channels,
                      bytes.data(), count);
        samples_ += count;
        return block;
    }

    /// Reads more into the chunk, or into a new one when it is used up. False at the end of the stream.
    Result<bool> fill()
    {
        if (ended_)
            return false;
        if (!chunk_ || filled_ == pool_->bytes()) {
            chunk_ = pool_->take();
            filled_ = 0;
            handed_ = 0;
        }
        std::size_t room = pool_->bytes() - filled_;
        if (start_.promised)
            room = static_cast<std::size_t>(std::min<std::uint64_t>(room, *start_.promised - received_));
        const auto got = room == 0 ? Result<std::size_t>(0) : receive({chunk_.get() + filled_, room});
        if (!got || *got == 0) {
            end();
            if (!got)
                return tl::unexpected(got.error());
            return false;
        }
        filled_ += *got;
        received_ += *got;
        return true;
    }

    Result<std::size_t> receive(std::span<std::byte> out)
    {
        if (ahead_ < start_.ahead.size()) {
            const std::size_t count = std::min(out.size(), start_.ahead.size() - ahead_);
            std::memcpy(out.data(), start_.ahead.data() + ahead_, count);
            ahead_ += count;
            return count;
        }
        while (wait_readable(start_.descriptor, start_.stop)) {
            const ssize_t got = ::read(start_.descriptor, out.data(), out.size());
            if (got >= 0)
                return static_cast<std::size_t>(got);
            if (errno != EINTR)
                return system_failure(info_.input, errno);
        }
        return 0;
    }

    void end()
    {
        ended_ = true;
        if (start_.promised && received_ < *start_.promised)
            shortfall_ = truncated(info_.input, *start_.promised, received_);
        else if (filled_ != handed_)
            shortfall_ =
                Message{"file.odd_bytes", {{"file", info_.input}, {"n", static_cast<std::int64_t>(filled_ - handed_)}}};
    }

    StreamInfo info_;
    StreamStart start_;
    Transform transform_;
    std::shared_ptr<SampleRing> ring_;
    std::shared_ptr<BufferPool> pool_;
    std::shared_ptr<std::byte> chunk_;
    std::size_t filled_ = 0; ///< bytes of the chunk that have been received
    std::size_t handed_ = 0; ///< … and handed out
    std::size_t ahead_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t samples_ = 0;
    std::optional<Message> shortfall_;
    bool ended_ = false;
};

class RingHistory final : public History {
public:
    explicit RingHistory(std::shared_ptr<const SampleRing> ring) : ring_(std::move(ring)) {}
    [[nodiscard]] std::uint64_t first() const override { return ring_->first(); }
    [[nodiscard]] std::uint64_t end() const override { return ring_->end(); }
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override
    {
        return ring_->read(first_sample, out);
    }

private:
    std::shared_ptr<const SampleRing> ring_;
};

} // namespace

std::size_t history_bytes(double rate_hz, std::size_t bytes_per_sample)
{
    constexpr double seconds = 4.0;
    constexpr double least = 64.0 * 1024 * 1024;
    constexpr double most = 256e6;
    const double wanted = seconds * rate_hz * static_cast<double>(bytes_per_sample);
    return static_cast<std::size_t>(std::clamp(wanted, least, most));
}

Opened make_stream(StreamInfo info, StreamStart start, const InputFlags& flags, unsigned channels)
{
    const Transform transform{info.format, channels, flags.swap_iq, false};
    auto ring = std::make_shared<SampleRing>(info.format, history_bytes(info.sample_rate_hz, transform.frame()));
    Opened opened;
    opened.history = std::make_unique<RingHistory>(ring);
    opened.source = std::make_unique<StreamSource>(std::move(info), std::move(start), transform, std::move(ring));
    return opened;
}

} // namespace gacsong::sdr
