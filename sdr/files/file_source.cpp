// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/buffer_pool.hpp"
#include "sdr/files/layout.hpp"

#include <algorithm>

namespace gacsong::sdr {

namespace {

constexpr std::size_t largest_block = std::size_t{4} << 20U; // bytes; bounds the memory whatever is asked for

class FileSource final : public SampleSource {
public:
    FileSource(StreamInfo info, std::shared_ptr<const Layout> layout, std::optional<Message> shortfall)
        : info_(std::move(info)), layout_(std::move(layout)), shortfall_(std::move(shortfall))
    {
    }

    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] std::optional<Message> shortfall() const override { return shortfall_; }

    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        if (ended_ || piece_ == layout_->pieces.size())
            return std::nullopt;
        const Piece& piece = layout_->pieces[piece_];
        const std::size_t frame = layout_->transform.frame();
        const auto fitting = std::max<std::size_t>(1, std::min(std::max<std::size_t>(most, 1), largest_block / frame));
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(fitting, piece.samples - done_));
        const auto buffer = take_buffer(count * frame);
        const std::span<std::byte> frames(buffer.get(), count * frame);
        const auto got = layout_->bytes->read(piece.offset + done_ * frame, frames);
        if (!got) {
            ended_ = true;
            return tl::unexpected(got.error());
        }
        const std::size_t whole = *got / frame;
        if (whole < count)
            end_short(piece.offset + done_ * frame + *got);
        if (whole == 0)
            return std::nullopt;
        layout_->transform.apply(frames.first(whole * frame));
        Block block;
        block.bytes = frames.first(whole * layout_->transform.format.bytes_per_sample());
        block.first_sample = piece.first_sample + done_;
        block.owner = buffer;
        if (done_ == 0)
            block.begins = piece.begins;
        advance(whole);
        return block;
    }

private:
    std::shared_ptr<std::byte> take_buffer(std::size_t bytes)
    {
        if (!pool_ || pool_->bytes() < bytes)
            pool_ = BufferPool::make(bytes);
        return pool_->take();
    }

    void advance(std::uint64_t samples)
    {
        done_ += samples;
        if (done_ < layout_->pieces[piece_].samples)
            return;
        done_ = 0;
        ++piece_;
    }

    /// The file became shorter since it was opened.
    void end_short(std::uint64_t actual)
    {
        ended_ = true;
        if (!shortfall_)
            shortfall_ = truncated(layout_->name, layout_->bytes->size(), actual);
    }

    StreamInfo info_;
    std::shared_ptr<const Layout> layout_;
    std::optional<Message> shortfall_;
    std::shared_ptr<BufferPool> pool_;
    std::size_t piece_ = 0;
    std::uint64_t done_ = 0; ///< samples of the piece that have been handed out
    bool ended_ = false;
};

class FileHistory final : public History {
public:
    explicit FileHistory(std::shared_ptr<const Layout> layout) : layout_(std::move(layout)) {}

    [[nodiscard]] std::uint64_t first() const override { return 0; }
    [[nodiscard]] std::uint64_t end() const override { return layout_->samples; }

    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override
    {
        if (first_sample > layout_->samples || out.size() > layout_->samples - first_sample)
            return failure("history.outside", {{"file", layout_->name}});
        constexpr std::size_t chunk_bytes = 65536;
        const std::size_t frame = layout_->transform.frame();
        std::vector<std::byte> raw(std::max(frame, std::min(chunk_bytes, out.size() * frame) / frame * frame));
        while (!out.empty()) {
            const Piece& piece = layout_->piece_of(first_sample);
            const std::uint64_t inside = first_sample - piece.first_sample;
            const auto count = static_cast<std::size_t>(
                std::min<std::uint64_t>({out.size(), raw.size() / frame, piece.samples - inside}));
            const auto frames = std::span(raw).first(count * frame);
            const auto got = layout_->bytes->read(piece.offset + inside * frame, frames);
            if (!got)
                return tl::unexpected(got.error());
            if (*got != frames.size())
                return failure("history.outside", {{"file", layout_->name}});
            layout_->transform.apply(frames);
            convert(layout_->transform.format, frames.first(count * layout_->transform.format.bytes_per_sample()),
                    out.first(count));
            out = out.subspan(count);
            first_sample += count;
        }
        return {};
    }

private:
    std::shared_ptr<const Layout> layout_;
};

} // namespace

const Piece& Layout::piece_of(std::uint64_t sample) const
{
    const auto after =
        std::upper_bound(pieces.begin(), pieces.end(), sample,
                         [](std::uint64_t value, const Piece& piece) { return value < piece.first_sample; });
    return *std::prev(after);
}

Message truncated(const std::string& name, std::uint64_t expected, std::uint64_t actual)
{
    const auto bytes = [](std::uint64_t n) { return Quantity{static_cast<double>(n), Unit::bytes}; };
    return Message{"file.truncated", {{"file", name}, {"expected", bytes(expected)}, {"actual", bytes(actual)}}};
}

std::unique_ptr<SampleSource> make_file_source(StreamInfo info, std::shared_ptr<const Layout> layout,
                                               std::optional<Message> shortfall)
{
    return std::make_unique<FileSource>(std::move(info), std::move(layout), std::move(shortfall));
}

std::unique_ptr<History> make_file_history(std::shared_ptr<const Layout> layout)
{
    return std::make_unique<FileHistory>(std::move(layout));
}

} // namespace gacsong::sdr
