// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sources.hpp"

#include "tests/support/quantise.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace gacsong::test {

namespace {

StreamInfo describe(SampleFormat format, double rate_hz, std::optional<double> center_hz, std::optional<Instant> start)
{
    StreamInfo info;
    info.input = "scene";
    info.format = format;
    info.sample_rate_hz = rate_hz;
    info.center_hz = center_hz;
    info.start = start;
    info.format_name = format.name();
    info.format_origin = Origin::flag;
    info.rate_origin = Origin::flag;
    info.center_origin = center_hz ? Origin::flag : Origin::unknown;
    info.start_origin = start ? Origin::flag : Origin::unknown;
    info.container = "raw";
    return info;
}

Status out_of_range() { return failure("history.range"); }

} // namespace

std::vector<std::byte> to_bytes(std::span<const std::complex<float>> samples)
{
    return quantise(samples, SampleFormat::of(Component::f32));
}

MemoryRecording record(const Scene& scene, SampleFormat format)
{
    MemoryRecording recording;
    recording.bytes = scene.build(format);
    recording.format = format;
    recording.sample_rate_hz = scene.sample_rate_hz;
    recording.center_hz = scene.center_hz;
    recording.start = scene.start;
    return recording;
}

MemorySource::MemorySource(std::shared_ptr<const MemoryRecording> recording)
    : recording_(std::move(recording)), segments_(recording_->segments),
      info_(describe(recording_->format, recording_->sample_rate_hz, recording_->center_hz, recording_->start))
{
    if (segments_.empty())
        segments_.push_back({0, recording_->center_hz, recording_->start, 0, {}});
    if (recording_->length_known)
        info_.length = recording_->bytes.size() / recording_->format.bytes_per_sample();
}

Result<std::optional<Block>> MemorySource::next(std::size_t most)
{
    const std::size_t width = recording_->format.bytes_per_sample();
    const std::uint64_t total = recording_->bytes.size() / width;
    if (position_ >= total) {
        if (recording_->error)
            return tl::unexpected<Error>(*recording_->error);
        return std::optional<Block>{};
    }
    Block block;
    if (segment_ < segments_.size() && segments_[segment_].first_sample <= position_)
        block.begins = segments_[segment_++];
    const std::uint64_t until = segment_ < segments_.size() ? std::min(segments_[segment_].first_sample, total) : total;
    std::size_t count = std::min<std::size_t>(most, until - position_);
    if (!recording_->block_sizes.empty())
        count = std::min(count, recording_->block_sizes[turn_++ % recording_->block_sizes.size()]);
    block.bytes = std::span{recording_->bytes}.subspan(position_ * width, count * width);
    block.first_sample = position_;
    block.owner = recording_;
    position_ += count;
    return block;
}

std::uint64_t MemoryHistory::end() const { return recording_->bytes.size() / recording_->format.bytes_per_sample(); }

Status MemoryHistory::read(std::uint64_t first_sample, std::span<std::complex<float>> out) const
{
    if (first_sample > end() || out.size() > end() - first_sample)
        return out_of_range();
    const std::size_t width = recording_->format.bytes_per_sample();
    convert(recording_->format, std::span{recording_->bytes}.subspan(first_sample * width, out.size() * width), out);
    return {};
}

SceneSource::SceneSource(const Scene& scene, SampleFormat format, std::size_t block_samples)
    : renderer_(std::make_shared<const SceneRenderer>(scene)),
      info_(describe(format, scene.sample_rate_hz, scene.center_hz, scene.start)), block_samples_(block_samples),
      cache_(SceneRenderer::chunk * format.bytes_per_sample())
{
    info_.length = scene.length();
}

Result<std::optional<Block>> SceneSource::next(std::size_t most)
{
    constexpr std::size_t chunk = SceneRenderer::chunk;
    const std::uint64_t total = *info_.length;
    if (position_ >= total)
        return std::optional<Block>{};
    const std::size_t width = info_.format.bytes_per_sample();
    const std::size_t count = std::min({most, block_samples_, static_cast<std::size_t>(total - position_)});
    auto bytes = std::make_shared<std::vector<std::byte>>(count * width);
    std::vector<std::complex<float>> samples(chunk);
    for (std::size_t done = 0; done < count;) {
        const std::uint64_t at = position_ + done;
        if (at / chunk != cached_chunk_) {
            cached_chunk_ = at / chunk;
            renderer_->render(cached_chunk_ * chunk, samples);
            quantise(samples, info_.format, cache_);
        }
        const std::size_t skip = at % chunk;
        const std::size_t part = std::min(count - done, chunk - skip);
        std::memcpy(bytes->data() + done * width, cache_.data() + skip * width, part * width);
        done += part;
    }
    Block block;
    block.bytes = *bytes;
    block.first_sample = position_;
    block.owner = bytes;
    if (position_ == 0)
        block.begins = Segment{0, info_.center_hz, info_.start, 0, {}};
    position_ += count;
    return block;
}

Status SceneHistory::read(std::uint64_t first_sample, std::span<std::complex<float>> out) const
{
    if (first_sample > end() || out.size() > end() - first_sample)
        return out_of_range();
    renderer_->render(first_sample, out);
    const auto bytes = quantise(out, format_);
    convert(format_, bytes, out);
    return {};
}

double ManualClock::now_s() const
{
    const std::scoped_lock lock(mutex_);
    return now_s_;
}

void ManualClock::wait_until(double t_s)
{
    const std::scoped_lock lock(mutex_);
    now_s_ = std::max(now_s_, t_s);
}

void ManualClock::advance(double by_s)
{
    const std::scoped_lock lock(mutex_);
    now_s_ += by_s;
}

PacedSource::PacedSource(SampleSource& inner, PacingClock& clock, double ring_s)
    : inner_(inner), clock_(clock), ring_s_(ring_s), started_s_(clock.now_s())
{
}

Result<std::optional<Block>> PacedSource::next(std::size_t most)
{
    const double rate_hz = info().sample_rate_hz;
    std::uint64_t dropped = 0;
    while (true) {
        auto block = inner_.next(most);
        if (!block || !*block)
            return block;
        Block& out = **block;
        if (out.begins)
            segment_ = out.begins;
        const std::uint64_t count = out.bytes.size() / info().format.bytes_per_sample();
        const double due_s = started_s_ + static_cast<double>(handed_ + lost_ + count) / rate_hz;
        if (clock_.now_s() - due_s > ring_s_) { // overwritten in the ring before anybody came for it
            lost_ += count;
            dropped += count;
            continue;
        }
        clock_.wait_until(due_s);
        if (dropped > 0) {
            Segment after = segment_.value_or(Segment{});
            const double shift_s = static_cast<double>(out.first_sample - after.first_sample) / rate_hz;
            if (after.start)
                after.start->unix_ns += std::llround(shift_s * 1e9);
            after.lost_before = dropped;
            after.lost_why = "overflow";
            out.begins = after;
        }
        out.first_sample = handed_;
        if (out.begins)
            out.begins->first_sample = handed_;
        handed_ += count;
        return block;
    }
}

} // namespace gacsong::test
