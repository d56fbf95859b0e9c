// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/slabs.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr std::uint64_t most_unusable = 20;     ///< one sample in so many: a slab with more is left out whole
constexpr std::size_t read_at_once = 1U << 18U; ///< samples asked of the source at a time

/// Formats that the pass reads as they come; all others are converted to clean floats first.
bool read_raw(SampleFormat format)
{
    return !format.big_endian && (format.component == Component::u8 || format.component == Component::s8 ||
                                  format.component == Component::s16);
}

} // namespace

SlabReader::SlabReader(SampleSource& source, std::uint64_t from_sample, std::uint64_t to_sample, SlabSpares& spares)
    : source_(source), spares_(spares), from_(from_sample), to_(to_sample),
      width_(source.info().format.bytes_per_sample())
{
}

void SlabReader::fill(std::size_t samples)
{
    while (pending_.size() < samples * width_ && !segment_ended_ && !input_ended_) {
        auto next =
            ahead_ ? Result<std::optional<Block>>(std::exchange(ahead_, std::nullopt)) : source_.next(read_at_once);
        if (meanwhile_)
            meanwhile_();
        if (!next) {
            failure_ = next.error();
            input_ended_ = segment_ended_ = true;
            break;
        }
        if (!*next) {
            input_ended_ = segment_ended_ = true;
            break;
        }
        Block& block = **next;
        const std::uint64_t count = block.bytes.size() / width_;
        const std::uint64_t begin = std::max(block.first_sample, from_);
        const std::uint64_t end = std::min(block.first_sample + count, to_);
        if (block.begins && read_ > 0 && block.first_sample != segment_.first_sample) {
            ahead_ = std::move(block);
            segment_ended_ = true;
            break;
        }
        if (block.begins) {
            segment_ = *block.begins;
            if (from_ > segment_.first_sample) {
                if (segment_.start)
                    segment_.start->unix_ns += static_cast<std::int64_t>(
                        1e9 * static_cast<double>(from_ - segment_.first_sample) / source_.info().sample_rate_hz);
                segment_.first_sample = from_;
                segment_.lost_before = 0;
            }
        }
        if (block.first_sample >= to_) {
            input_ended_ = segment_ended_ = true;
            break;
        }
        if (end > begin) {
            const auto part = block.bytes.subspan((begin - block.first_sample) * width_, (end - begin) * width_);
            pending_.insert(pending_.end(), part.begin(), part.end());
            read_ += end - begin;
        }
    }
}

bool SlabReader::next_segment()
{
    pending_.clear();
    position_ = 0;
    segment_ended_ = false;
    if (ahead_ && ahead_->begins)
        segment_ = *ahead_->begins; // fill() then takes the block for a part of the current segment
    if (input_ended_)
        return false;
    fill(1);
    return !pending_.empty();
}

std::optional<std::uint64_t> SlabReader::length_if_shorter(std::uint64_t limit)
{
    fill(limit);
    const std::uint64_t there = pending_.size() / width_;
    return there < limit ? std::optional(there) : std::nullopt;
}

Slab SlabReader::next_slab(const Resolutions& resolutions)
{
    const std::uint64_t step = resolutions.slab_step();
    const std::uint64_t overlap = resolutions.narrow.bins - resolutions.narrow.hop;
    // One sample more tells whether this is the last slab.
    fill(step + overlap + 1);
    Slab slab;
    slab.first_sample = position_;
    const std::uint64_t there = pending_.size() / width_;
    if (there <= step + overlap) {
        slab.samples = there;
        slab.last = true;
        slab.bytes = std::exchange(pending_, {});
        return slab;
    }
    slab.samples = step;
    // The slab takes the buffer itself; only what the next one needs too is copied.
    slab.bytes = std::exchange(pending_, spares_.bytes.take());
    pending_.clear();
    pending_.reserve(slab.bytes.size() + read_at_once * width_);
    pending_.assign(slab.bytes.begin() + static_cast<std::ptrdiff_t>(step * width_), slab.bytes.end());
    slab.bytes.resize((step + overlap) * width_);
    position_ += step;
    return slab;
}

SlabWorker::SlabWorker(SampleFormat format, const Resolutions& resolutions, SlabSpares& spares)
    : format_(format), pass_format_(read_raw(format) ? format : SampleFormat::of(Component::f32)),
      resolutions_(resolutions), spares_(spares), narrow_(pass_format_, resolutions.narrow),
      brief_(pass_format_, resolutions.brief)
{
}

void SlabWorker::rows_of(dsp::SpectrumPass& pass, const Slab& slab, std::span<const std::byte> bytes, Rows& out)
{
    const auto& shape = pass.shape();
    const std::size_t width = pass_format_.bytes_per_sample();
    const std::uint64_t there = bytes.size() / width;
    std::uint64_t frames =
        slab.last ? (there < shape.bins ? 0 : (there - shape.bins) / shape.hop + 1) : slab.samples / shape.hop;
    out.bins = shape.bins;
    out.count = (frames + shape.frames - 1) / shape.frames;
    out.last_frames = frames == 0 ? 0 : frames - (out.count - 1) * shape.frames;
    out.mean.resize(out.count * out.bins);
    for (std::size_t r = 0; r < out.count; ++r) {
        const std::size_t now = r + 1 == out.count ? out.last_frames : shape.frames;
        // Detection reads nothing but the mean; what the window draws keeps all four statistics (report/rows).
        const dsp::SpectrumRow row{std::span(out.mean).subspan(r * out.bins, out.bins), {}, {}, {}};
        pass.row(bytes.subspan(r * shape.row_step() * width), now, row);
    }
}

SlabSpectra SlabWorker::process(Slab& slab)
{
    SlabSpectra out = spares_.spectra.take();
    out.first_sample = slab.first_sample;
    out.samples = slab.samples;
    out.clipped = out.not_finite = 0;
    out.row_clipped.clear();
    std::span<const std::byte> bytes = slab.bytes;
    const std::size_t own = slab.samples * format_.bytes_per_sample();
    if (format_.component == Component::u8 || format_.component == Component::s8) {
        const std::size_t step = resolutions_.narrow.row_step() * format_.bytes_per_sample();
        for (std::size_t at = 0; at < own; at += step) {
            const auto part = bytes.subspan(at, std::min(step, own - at));
            const auto count = format_.component == Component::u8
                                   ? dsp::count_limits(reinterpret_cast<const std::uint8_t*>(part.data()), part.size())
                                   : dsp::count_limits(reinterpret_cast<const std::int8_t*>(part.data()), part.size());
            out.row_clipped.push_back(static_cast<std::uint32_t>(count));
            out.clipped += count;
        }
    }
    if (!read_raw(format_)) {
        clean_.resize(bytes.size() / format_.bytes_per_sample());
        const std::size_t mine = std::min<std::size_t>(clean_.size(), slab.samples);
        const auto whole = std::span(clean_);
        const auto count = convert(format_, bytes.first(own), whole.first(mine));
        convert(format_, bytes.subspan(own), whole.subspan(mine));
        out.not_finite = count.not_finite;
        // Where a good part of the samples is none, the rest says nothing either.
        if (count.not_finite * most_unusable > slab.samples)
            std::fill(clean_.begin(), clean_.end(), std::complex<float>{});
        out.clipped = format_.integer() ? count.clipped : 0;
        bytes = std::as_bytes(std::span<const std::complex<float>>(clean_));
    }
    rows_of(narrow_, slab, bytes, out.narrow);
    rows_of(brief_, slab, bytes, out.brief);
    spares_.bytes.give(std::move(slab.bytes));
    return out;
}

} // namespace gacsong::detect
