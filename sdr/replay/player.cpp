// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/replay/player.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace gacsong::sdr {

namespace {

constexpr std::size_t read_at_once = 65536;

template <class T> void put(std::byte* to, double value)
{
    constexpr double low = std::numeric_limits<T>::min();
    constexpr double high = std::numeric_limits<T>::max();
    const auto stored = static_cast<T>(std::clamp(std::nearbyint(value), low, high));
    std::memcpy(to, &stored, sizeof stored);
}

/// Forms that SoapySDR has a name for and that are read as they stand.
SampleFormat native_of(SampleFormat recorded)
{
    const bool known = recorded.component == Component::u8 || recorded.component == Component::s8 ||
                       recorded.component == Component::s16;
    return known && !recorded.big_endian ? recorded : SampleFormat::of(Component::f32);
}

} // namespace

void quantise(std::span<const std::complex<float>> in, SampleFormat format, std::span<std::byte> out)
{
    if (format.component == Component::f32) {
        std::memcpy(out.data(), in.data(), in.size_bytes());
        return;
    }
    const std::size_t width = format.bytes_per_sample() / 2;
    std::byte* to = out.data();
    for (const auto& sample : in) {
        for (const float part : {sample.real(), sample.imag()}) {
            const double value = static_cast<double>(part) * format.full_scale;
            if (format.component == Component::u8)
                put<std::uint8_t>(to, value + 127.5);
            else if (format.component == Component::s8)
                put<std::int8_t>(to, value);
            else
                put<std::int16_t>(to, value);
            to += width;
        }
    }
}

Result<std::unique_ptr<Player>> Player::open(const ReplayOptions& options)
{
    auto opened = open_recording(options.file, options.flags);
    if (!opened)
        return tl::unexpected(opened.error());
    return std::unique_ptr<Player>(new Player(options, std::move(*opened)));
}

Player::Player(ReplayOptions options, Opened opened)
    : options_(std::move(options)), opened_(std::move(opened)), native_(native_of(opened_.source->info().format)),
      clock_ppm_(options_.ppm)
{
    center_hz_ = recorded_center_hz();
    settle();
}

double Player::shift_hz() const
{
    // A clock that runs fast by p tunes too high by p: what is at f appears at f − p·f.
    return center_hz_ - recorded_center_hz() + center_hz_ * clock_ppm_ * 1e-6;
}

void Player::settle()
{
    const bool needed = decimation_ > 1 || shift_hz() != 0.0;
    if (!needed)
        tuner_.reset();
    else
        tuner_.emplace(info().sample_rate_hz, shift_hz(), decimation_);
    ready_.clear();
    at_ = 0;
}

double Player::set_rate(double rate_hz)
{
    const double steps = std::round(info().sample_rate_hz / std::max(rate_hz, 1.0));
    decimation_ = static_cast<std::size_t>(std::clamp(steps, 1.0, static_cast<double>(most_decimation)));
    center_hz_ = std::clamp(center_hz_, lowest_hz(), highest_hz());
    settle();
    return this->rate_hz();
}

double Player::set_center(double center_hz)
{
    center_hz_ = std::clamp(center_hz, lowest_hz(), highest_hz());
    settle();
    return center_hz_;
}

void Player::set_clock_error(double ppm)
{
    clock_ppm_ = ppm;
    settle();
}

bool Player::plain(SampleFormat format) const
{
    return !tuner_ && format == info().format && !options_.dc_dbfs && !options_.image_db;
}

/// What a receiver adds behind its mixer: a line at the tuned centre, and the mirror image of everything.
void Player::spoil(std::span<std::complex<float>> samples) const
{
    const auto amplitude = [](const std::optional<double>& db) {
        return db ? static_cast<float>(std::pow(10.0, *db / 20.0)) : 0.0F;
    };
    const float line = amplitude(options_.dc_dbfs);
    const float image = amplitude(options_.image_db);
    for (auto& sample : samples)
        sample += image * std::conj(sample) + line;
}

/// Makes block_ hold samples; false at the end of the recording.
Result<bool> Player::refill()
{
    while (!block_ || used_ * info().format.bytes_per_sample() >= block_->bytes.size()) {
        block_.reset();
        used_ = 0;
        auto next = opened_.source->next(read_at_once);
        if (!next)
            return tl::unexpected(next.error());
        if (*next) {
            block_ = std::move(**next);
            if (block_->begins && played_ > 0)
                lost_ += block_->begins->lost_before;
            continue;
        }
        if (!options_.loop || played_ == 0) {
            ended_ = true;
            return false;
        }
        auto again = open_recording(options_.file, options_.flags);
        if (!again)
            return tl::unexpected(again.error());
        opened_ = std::move(*again);
    }
    return true;
}

Result<std::size_t> Player::copy(std::span<std::byte> out, std::uint64_t& lost)
{
    const std::size_t width = info().format.bytes_per_sample();
    std::size_t done = 0;
    while (done < out.size() / width) {
        const auto more = refill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
        if (lost_ > 0) {
            if (done == 0)
                lost = std::exchange(lost_, 0);
            break;
        }
        const auto rest = block_->bytes.subspan(used_ * width);
        const std::size_t count = std::min(rest.size() / width, out.size() / width - done);
        std::memcpy(out.data() + done * width, rest.data(), count * width);
        used_ += count;
        done += count;
        played_ += count;
    }
    return done;
}

Result<std::size_t> Player::tuned(SampleFormat format, std::span<std::byte> out, std::uint64_t& lost)
{
    const std::size_t width = format.bytes_per_sample();
    const std::size_t wanted = out.size() / width;
    while (ready_.size() - at_ < wanted) {
        const auto more = refill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
        if (lost_ > 0) {
            if (ready_.size() == at_)
                lost = std::exchange(lost_, 0) / decimation_;
            break;
        }
        const std::size_t recorded_width = info().format.bytes_per_sample();
        const auto rest = block_->bytes.subspan(used_ * recorded_width);
        clean_.resize(rest.size() / recorded_width);
        convert(info().format, rest.first(clean_.size() * recorded_width), clean_);
        used_ += clean_.size();
        played_ += clean_.size();
        ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(std::exchange(at_, 0)));
        const std::size_t before = ready_.size();
        if (tuner_)
            tuner_->process(clean_, ready_);
        else
            ready_.insert(ready_.end(), clean_.begin(), clean_.end());
        if (options_.dc_dbfs || options_.image_db)
            spoil(std::span(ready_).subspan(before));
    }
    const std::size_t count = std::min(wanted, ready_.size() - at_);
    quantise(std::span(ready_).subspan(at_, count), format, out.first(count * width));
    at_ += count;
    return count;
}

Result<std::size_t> Player::read(SampleFormat format, std::span<std::byte> out, std::uint64_t& lost)
{
    lost = 0;
    auto count = plain(format) ? copy(out, lost) : tuned(format, out, lost);
    // The last block is to say that it is the last, so the end is looked for now.
    if (count && *count > 0 && !ended_)
        if (const auto more = refill(); !more)
            return tl::unexpected(more.error());
    return count;
}

} // namespace gacsong::sdr
