// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/live_source.hpp"

#include "sdr/files/buffer_pool.hpp"
#include "sdr/receivers/position_map.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <thread>

namespace gacsong::sdr {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto look_every = 4ms;
constexpr auto heartbeat = 250ms;
constexpr auto gather = 40ms;         ///< after this less than a good piece is handed out
constexpr double good_piece_s = 0.02; ///< of signal

class LiveSource final : public SampleSource {
public:
    LiveSource(std::shared_ptr<ReceiverLink> link, std::string name, Listening listening,
               std::shared_ptr<PositionMap> places)
        : link_(std::move(link)), ring_(link_->ring()), listening_(std::move(listening)), places_(std::move(places)),
          began_(Clock::now())
    {
        const ReceiverFacts& facts = link_->facts();
        info_.input = std::move(name);
        info_.format = facts.format;
        info_.format_name = facts.format.name();
        info_.sample_rate_hz = facts.rate_hz;
        info_.center_hz = facts.center_hz;
        info_.format_origin = info_.rate_origin = info_.center_origin = info_.start_origin = Origin::header;
        info_.receiver = facts.name + (facts.hardware.empty() ? "" : " (" + facts.hardware + ")");
        info_.container = "receiver";
        reader_ = ring_.join();
        take_marks();
        position_ = listening_.from.value_or(0);
        while (ahead_.size() > 1 && ahead_[1].at_sample <= position_)
            ahead_.pop_front();
        if (!ahead_.empty())
            info_.start = Instant{ahead_.front().unix_ns};
        if (!ahead_.empty() && ahead_.front().center_hz > 0.0)
            info_.center_hz = ahead_.front().center_hz; // it may have been tuned since it was opened
    }

    ~LiveSource() override
    {
        if (reader_)
            ring_.leave(*reader_);
    }
    LiveSource(const LiveSource&) = delete;
    LiveSource& operator=(const LiveSource&) = delete;

    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] std::optional<Message> shortfall() const override { return std::nullopt; }
    [[nodiscard]] std::vector<Message> take_notes() override
    {
        return listening_.quiet ? std::vector<Message>{} : link_->take_notes();
    }

    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        const auto began = Clock::now();
        const auto good = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(good_piece_s * info_.sample_rate_hz));
        for (;;) {
            if (over())
                return std::nullopt;
            const bool finished = ring_.finished(); // before looking what there is
            catch_up();
            const std::uint64_t there = available();
            const auto waited = Clock::now() - began;
            if (there >= std::min<std::uint64_t>(good, most) ||
                (there > 0 && (waited >= gather || bounded() || finished)))
                if (auto block = take(static_cast<std::size_t>(std::min<std::uint64_t>(there, most))))
                    return block;
            if (there == 0 && finished && ring_.written() == position_)
                return std::nullopt;
            if (there == 0 && waited >= heartbeat)
                return Block{{}, handed_, nullptr, std::nullopt};
            std::this_thread::sleep_for(link_->facts().lossless ? 200us : look_every);
        }
    }

private:
    [[nodiscard]] bool over() const
    {
        if (listening_.stop.stop_requested())
            return true;
        if (!listening_.stop_after_s)
            return false;
        const double heard_s = static_cast<double>(handed_ + lost_) / info_.sample_rate_hz;
        const double passed_s = std::chrono::duration<double>(Clock::now() - began_).count();
        // What has come in time is read to its end, however late that is.
        return heard_s >= *listening_.stop_after_s ||
               (!link_->facts().lossless && ring_.written() == position_ && passed_s >= *listening_.stop_after_s + 1.0);
    }

    void take_marks()
    {
        for (const RingMark& mark : ring_.marks_after(marks_seen_))
            ahead_.push_back(mark);
        marks_seen_ = ring_.mark_count();
    }

    /// Up to where samples of the present stretch are there.
    [[nodiscard]] std::uint64_t available()
    {
        const std::uint64_t written = ring_.written();
        take_marks();
        std::uint64_t count = std::min(written, next_seam()) - position_;
        if (listening_.stop_after_s) {
            const auto all = static_cast<std::uint64_t>(std::llround(*listening_.stop_after_s * info_.sample_rate_hz));
            count = std::min(count, all - std::min(all, handed_ + lost_));
        }
        return count;
    }

    /// Whether the stretch ends where the samples at hand do.
    [[nodiscard]] bool bounded() const { return next_seam() != std::numeric_limits<std::uint64_t>::max(); }

    /// Where the stretch that begins at or goes on at position_ ends, as far as that is known.
    [[nodiscard]] std::uint64_t next_seam() const
    {
        const auto next = std::find_if(ahead_.begin(), ahead_.end(),
                                       [&](const RingMark& mark) { return mark.at_sample > position_; });
        return next == ahead_.end() ? std::numeric_limits<std::uint64_t>::max() : next->at_sample;
    }

    /// Jumps to where samples are still there, when the reader was too slow.
    void catch_up()
    {
        if (position_ >= ring_.oldest())
            return;
        const std::uint64_t to = std::max(position_, ring_.written() - std::min(ring_.written(), ring_.capacity() / 2));
        missed_ += to - position_;
        position_ = to;
    }

    /// What is known of the stretch at position_, after everything that was missed or happened before it.
    std::optional<Segment> begin_stretch()
    {
        if (ahead_.empty() || ahead_.front().at_sample > position_) {
            if (missed_ == 0)
                return std::nullopt;
        }
        std::uint64_t lost = std::exchange(missed_, 0);
        std::string why = lost > 0 ? "overflow" : "";
        while (!ahead_.empty() && ahead_.front().at_sample <= position_) {
            const RingMark& mark = ahead_.front();
            if (mark.seam == Seam::overflow) {
                lost += mark.lost;
                why = "overflow";
            } else if (mark.seam == Seam::device) {
                lost += lost_between(mark);
                why = "device";
            }
            mark_ = mark;
            ahead_.pop_front();
        }
        Segment segment;
        segment.first_sample = handed_;
        segment.center_hz = mark_.center_hz;
        segment.start = Instant{mark_.unix_ns + nanoseconds(position_ - mark_.at_sample)};
        segment.lost_before = handed_ == 0 ? 0 : lost;
        segment.lost_why = handed_ == 0 ? "" : why;
        lost_ += segment.lost_before;
        return segment;
    }

    [[nodiscard]] std::int64_t nanoseconds(std::uint64_t samples) const
    {
        return std::llround(1e9 * static_cast<double>(samples) / info_.sample_rate_hz);
    }

    /// Samples that would have come while the receiver was away.
    [[nodiscard]] std::uint64_t lost_between(const RingMark& mark) const
    {
        const std::int64_t ended = mark_.monotonic_ns + nanoseconds(mark.at_sample - mark_.at_sample);
        const double away_s = 1e-9 * static_cast<double>(mark.monotonic_ns - ended);
        return static_cast<std::uint64_t>(std::max(1.0, std::round(away_s * info_.sample_rate_hz)));
    }

    std::optional<Block> take(std::size_t count)
    {
        const std::size_t bytes = count * info_.format.bytes_per_sample();
        if (!pool_ || pool_->bytes() < bytes)
            pool_ = BufferPool::make(bytes);
        const auto buffer = pool_->take();
        if (!ring_.copy(position_, {buffer.get(), bytes}))
            return std::nullopt; // overtaken just now
        Block block;
        block.begins = begin_stretch();
        block.bytes = {buffer.get(), bytes};
        block.first_sample = handed_;
        block.owner = buffer;
        if (block.begins)
            places_->begin(handed_, position_);
        position_ += count;
        handed_ += count;
        places_->reach(handed_);
        if (reader_)
            ring_.set_taken(*reader_, position_);
        return block;
    }

    std::shared_ptr<ReceiverLink> link_;
    SharedRing& ring_;
    Listening listening_;
    std::shared_ptr<PositionMap> places_;
    StreamInfo info_;
    std::shared_ptr<BufferPool> pool_;
    std::deque<RingMark> ahead_;
    RingMark mark_;                     ///< of the present stretch
    std::optional<std::size_t> reader_; ///< number in the ring
    std::uint64_t marks_seen_ = 0;
    std::uint64_t position_ = 0; ///< in the ring
    std::uint64_t handed_ = 0;   ///< samples handed out
    std::uint64_t missed_ = 0;   ///< by us, not yet told
    std::uint64_t lost_ = 0;     ///< by anybody, told
    Clock::time_point began_;
};

class LiveHistory final : public History {
public:
    LiveHistory(std::shared_ptr<ReceiverLink> link, std::string name, std::shared_ptr<PositionMap> places)
        : link_(std::move(link)), name_(std::move(name)), places_(std::move(places))
    {
    }

    [[nodiscard]] std::uint64_t first() const override { return places_->handed_at(link_->ring().oldest()); }
    [[nodiscard]] std::uint64_t end() const override { return places_->end(); }

    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override
    {
        const SampleFormat format = link_->facts().format;
        constexpr std::size_t chunk = 32768;
        std::vector<std::byte> raw;
        while (!out.empty()) {
            const auto place = places_->find(first_sample);
            if (!place)
                return outside();
            const auto count = static_cast<std::size_t>(std::min<std::uint64_t>({out.size(), chunk, place->samples}));
            raw.resize(count * format.bytes_per_sample());
            if (!link_->ring().copy(place->in_ring, raw))
                return outside();
            convert(format, raw, out.first(count));
            out = out.subspan(count);
            first_sample += count;
        }
        return {};
    }

private:
    [[nodiscard]] Status outside() const { return failure("history.outside", {{"file", name_}}); }

    std::shared_ptr<ReceiverLink> link_;
    std::string name_;
    std::shared_ptr<PositionMap> places_;
};

} // namespace

Opened open_live(const std::shared_ptr<ReceiverLink>& link, const std::string& name, const Listening& listening)
{
    auto places = std::make_shared<PositionMap>();
    Opened opened;
    opened.source = std::make_unique<LiveSource>(link, name, listening, places);
    opened.history = std::make_unique<LiveHistory>(link, name, places);
    return opened;
}

} // namespace gacsong::sdr
