// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/soapy/reader.hpp"

#include <SoapySDR/Constants.h>
#include <SoapySDR/Errors.h>

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

using namespace std::chrono_literals;

constexpr long read_timeout_us = 100'000;
constexpr unsigned most_errors = 20; ///< in a row: the stream is broken
constexpr auto quick = 1ms;          ///< a read that gave nothing and came back sooner would spin
constexpr auto patience = 3s;

std::int64_t nanoseconds(std::chrono::nanoseconds since_epoch) { return since_epoch.count(); }

} // namespace

Reader::Reader(Device& device, std::shared_ptr<SharedRing> ring, Seam seam)
    : device_(device), ring_(std::move(ring)), times_(device.facts().rate_hz), seam_(seam),
      center_hz_(device.facts().center_hz)
{
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Reader::~Reader() { static_cast<void>(stop()); }

bool Reader::stop()
{
    if (!thread_.joinable())
        return true;
    thread_.request_stop();
    const auto deadline = Clock::now() + patience;
    while (!done_ && Clock::now() < deadline)
        std::this_thread::sleep_for(1ms);
    if (!done_) {
        thread_.detach();
        return false;
    }
    thread_.join();
    return true;
}

void Reader::retuned(double center_hz)
{
    new_center_hz_ = center_hz;
    retuned_ = true;
    retuning_ = false;
}

void Reader::wait_for_reader(const std::stop_token& stop) const
{
    while (device_.facts().lossless && !stop.stop_requested() && ring_->crowded())
        std::this_thread::sleep_for(200us);
}

/// Marks the place of the next samples, if anything happened before them.
void Reader::begin_stretch(std::size_t samples, long long time_ns, bool stamped)
{
    if (!seam_)
        return;
    const double rate = device_.facts().rate_hz;
    const auto ago = std::chrono::nanoseconds(std::llround(1e9 * static_cast<double>(samples) / rate));
    RingMark mark;
    mark.at_sample = ring_->written();
    mark.seam = *std::exchange(seam_, std::nullopt);
    mark.center_hz = center_hz_;
    mark.unix_ns = nanoseconds(std::chrono::system_clock::now().time_since_epoch() - ago);
    mark.monotonic_ns = nanoseconds(Clock::now().time_since_epoch() - ago);
    if (mark.seam == Seam::overflow) {
        const double passed_s = std::chrono::duration<double>(Clock::now() - ago - first_).count();
        const double by_clock = passed_s * rate - static_cast<double>(counted_);
        const auto by_stamps = stamped ? times_.lost_before(time_ns) : std::nullopt;
        mark.lost = by_stamps ? *by_stamps : static_cast<std::uint64_t>(std::max(1.0, by_clock));
        counted_ += mark.lost;
    }
    if (stamped)
        times_.resume(time_ns, samples);
    ring_->mark(mark);
}

/// Whether samples are to be thrown away: the receiver is being tuned, or was just now.
bool Reader::stale(std::size_t samples)
{
    if (retuning_)
        return true;
    if (retuned_.exchange(false)) {
        const auto settling = device_.settling();
        to_discard_ = settling.queued + static_cast<std::uint64_t>(settling.settle_s * device_.facts().rate_hz);
        center_hz_ = new_center_hz_;
        seam_ = Seam::retune;
        if (to_discard_ == 0)
            return true; // read while it was being tuned
    }
    if (to_discard_ == 0)
        return false;
    to_discard_ -= std::min<std::uint64_t>(to_discard_, samples);
    return true;
}

void Reader::take(std::size_t samples, long long time_ns, bool stamped)
{
    errors_ = 0;
    if (stale(samples)) {
        counted_ += samples;
        return;
    }
    if (counted_ == 0)
        first_ = Clock::now() -
                 std::chrono::nanoseconds(std::llround(1e9 * static_cast<double>(samples) / device_.facts().rate_hz));
    if (seam_)
        begin_stretch(samples, time_ns, stamped);
    else if (stamped)
        times_.good(time_ns, samples);
    counted_ += samples;
    ring_->advance(samples);
}

/// Takes an error or an empty read. True where reading on makes no sense.
bool Reader::failed(int code, Clock::duration took)
{
    if (code == SOAPY_SDR_OVERFLOW) {
        errors_ = 0;
        if (!seam_)
            seam_ = Seam::overflow;
        return false;
    }
    if (code != 0 && code != SOAPY_SDR_TIMEOUT) {
        if (code == SOAPY_SDR_CORRUPTION && !seam_)
            seam_ = Seam::overflow;
        // After the first error of a remote stream a read may never return (formats-and-radios.md §4.2).
        if ((device_.facts().driver == "remote" && code == SOAPY_SDR_STREAM_ERROR) || ++errors_ >= most_errors)
            return true;
    }
    ring_->count_timeout();
    if (took < quick)
        std::this_thread::sleep_for(quick);
    return false;
}

void Reader::work(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        wait_for_reader(stop);
        const auto room = ring_->room(ring_->most_at_once());
        int flags = 0;
        long long time_ns = 0;
        const auto began = Clock::now();
        const int got =
            device_.read(room.data(), room.size() / ring_->bytes_per_sample(), flags, time_ns, read_timeout_us);
        if (got > 0)
            take(static_cast<std::size_t>(got), time_ns, (flags & SOAPY_SDR_HAS_TIME) != 0);
        else if (failed(got, Clock::now() - began))
            break;
        if ((flags & SOAPY_SDR_END_BURST) != 0) {
            ring_->finish();
            break;
        }
    }
    done_ = true;
}

} // namespace gacsong::sdr
