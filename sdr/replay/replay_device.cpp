// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/replay/replay_device.hpp"

#include <SoapySDR/Formats.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

namespace gacsong::sdr {

namespace {

constexpr std::size_t most_mtu = 131072; ///< as rtlsdr and hackrf have it
constexpr double buffers_s = 0.5;        ///< of signal that a receiver's buffers hold

/// For other programs, which have none of our sentences; what is not listed is named by its code.
std::string plain(const std::string& key)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> known{
        {{"file.needs_rate", "the recording does not state its sample rate, add rate="},
         {"file.not_found", "there is no such recording"},
         {"file.denied", "the recording may not be read"},
         {"file.empty", "the recording is empty"},
         {"file.unknown_format", "the type of samples is not known, add type="}}};
    const auto* const found =
        std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == key; });
    return std::string(found == known.end() ? std::string_view(key) : found->second);
}

[[noreturn]] void refuse(const Error& error)
{
    std::string text = "replay: " + plain(error.message.key);
    for (const Argument& argument : error.message.arguments) {
        if (const auto* value = std::get_if<std::string>(&argument.value))
            text += " " + argument.name + "=" + *value;
    }
    throw std::runtime_error(text);
}

template <class T> T required(Result<T> result)
{
    if (!result)
        refuse(result.error());
    return std::move(*result);
}

std::string format_name(SampleFormat format)
{
    switch (format.component) {
    case Component::u8:
        return SOAPY_SDR_CU8;
    case Component::s8:
        return SOAPY_SDR_CS8;
    case Component::s16:
        return SOAPY_SDR_CS16;
    default:
        return SOAPY_SDR_CF32;
    }
}

ReplayOptions permitted(const SoapySDR::Kwargs& args)
{
    auto options = required(replay_options(args));
    const char* folder = std::getenv("GACSONG_REPLAY_FOLDER");
    const bool served = std::string_view(program_invocation_short_name) == "SoapySDRServer";
    if (const auto may =
            replay_permitted(options.file, folder == nullptr ? std::nullopt : std::optional(folder), served);
        !may)
        refuse(may.error());
    return options;
}

} // namespace

ReplayDevice::ReplayDevice(const SoapySDR::Kwargs& args)
    : options_(permitted(args)), player_(required(Player::open(options_))), format_(player_->native())
{
    if (unplugged())
        throw std::runtime_error("replay: the device is not plugged in");
}

SoapySDR::Kwargs ReplayDevice::getHardwareInfo() const
{
    return {{"recording", options_.file}, {"serial", options_.serial}, {"lossless", options_.speed == 0.0 ? "1" : "0"}};
}

size_t ReplayDevice::getNumChannels(int direction) const { return direction == SOAPY_SDR_RX ? 1 : 0; }

std::vector<std::string> ReplayDevice::listAntennas(int /*direction*/, size_t /*channel*/) const { return {"RX"}; }

std::string ReplayDevice::getAntenna(int /*direction*/, size_t /*channel*/) const { return "RX"; }

std::vector<std::string> ReplayDevice::getStreamFormats(int /*direction*/, size_t /*channel*/) const
{
    const std::string native = format_name(player_->native());
    return native == SOAPY_SDR_CF32 ? std::vector{native} : std::vector<std::string>{native, SOAPY_SDR_CF32};
}

std::string ReplayDevice::getNativeStreamFormat(int /*direction*/, size_t /*channel*/, double& full_scale) const
{
    full_scale = player_->native().full_scale;
    return format_name(player_->native());
}

SoapySDR::Stream* ReplayDevice::setupStream(int direction, const std::string& format,
                                            const std::vector<size_t>& channels, const SoapySDR::Kwargs& /*args*/)
{
    if (direction != SOAPY_SDR_RX || channels.size() > 1 || (channels.size() == 1 && channels[0] != 0))
        throw std::runtime_error("replay: there is one channel, and it receives");
    if (open_)
        throw std::runtime_error("replay: the stream is open already");
    if (format == format_name(player_->native()))
        format_ = player_->native();
    else if (format == SOAPY_SDR_CF32)
        format_ = SampleFormat::of(Component::f32);
    else
        throw std::runtime_error("replay: samples leave as " + format_name(player_->native()) + " or CF32");
    open_ = true;
    return reinterpret_cast<SoapySDR::Stream*>(this);
}

void ReplayDevice::closeStream(SoapySDR::Stream* /*stream*/) { open_ = active_ = false; }

size_t ReplayDevice::getStreamMTU(SoapySDR::Stream* /*stream*/) const
{
    const auto some_ms = static_cast<std::size_t>(player_->rate_hz() / 50.0);
    return std::clamp<std::size_t>(some_ms, 1024, most_mtu);
}

int ReplayDevice::activateStream(SoapySDR::Stream* /*stream*/, int /*flags*/, long long /*time_ns*/, size_t /*count*/)
{
    if (!open_)
        return SOAPY_SDR_STREAM_ERROR;
    active_ = true;
    began_ = Clock::now();
    sent_ = 0;
    drops_ = timeouts_ = 0.0;
    return 0;
}

int ReplayDevice::deactivateStream(SoapySDR::Stream* /*stream*/, int /*flags*/, long long /*time_ns*/)
{
    active_ = false;
    return 0;
}

bool ReplayDevice::unplugged()
{
    gone_ = gone_ || (!options_.present.empty() && ::access(options_.present.c_str(), F_OK) != 0) ||
            (options_.unplug_after_s && active_ && sent_s() >= *options_.unplug_after_s);
    return gone_;
}

void ReplayDevice::skip(std::uint64_t samples)
{
    const std::size_t width = format_.bytes_per_sample();
    thrown_away_.resize(std::min<std::uint64_t>(samples, most_mtu) * width);
    sent_ += samples;
    while (samples > 0) {
        std::uint64_t lost = 0;
        const auto count = std::min<std::uint64_t>(samples, most_mtu);
        const std::scoped_lock lock(tuning_);
        const auto got = player_->read(format_, std::span(thrown_away_).first(count * width), lost);
        if (!got || *got + lost == 0)
            return;
        samples -= std::min<std::uint64_t>(samples, *got + lost);
    }
}

std::size_t ReplayDevice::due(std::size_t wanted, Clock::time_point deadline, std::uint64_t& late)
{
    if (options_.speed <= 0.0)
        return wanted;
    const double rate = player_->rate_hz() * options_.speed;
    const auto played = [&](Clock::time_point when) {
        return static_cast<std::uint64_t>(std::max(0.0, std::chrono::duration<double>(when - began_).count() * rate));
    };
    if (const auto now = played(Clock::now()); now > sent_ + static_cast<std::uint64_t>(buffers_s * rate)) {
        late = now - sent_;
        return 0;
    }
    const auto whole = began_ + std::chrono::duration_cast<Clock::duration>(
                                    std::chrono::duration<double>(static_cast<double>(sent_ + wanted) / rate));
    std::this_thread::sleep_until(std::min(whole, deadline));
    if (whole <= deadline)
        return wanted;
    const auto now = played(Clock::now());
    return now <= sent_ ? 0 : std::min<std::size_t>(wanted, now - sent_);
}

/// Shows the faults that are due. `result` is not 0 where the read ends with one; gives samples to be skipped.
std::uint64_t ReplayDevice::fault(Clock::time_point deadline, int& result)
{
    if (options_.freeze_after_s && sent_s() >= *options_.freeze_after_s) {
        for (;;)
            ::pause();
    }
    if (unplugged()) {
        std::this_thread::sleep_until(deadline);
        result = SOAPY_SDR_TIMEOUT;
        return 0;
    }
    if (options_.timeout_every_s && sent_s() >= (timeouts_ + 1.0) * *options_.timeout_every_s) {
        ++timeouts_;
        result = SOAPY_SDR_TIMEOUT;
        return 0;
    }
    if (options_.drop_every_s && sent_s() >= (drops_ + 1.0) * *options_.drop_every_s) {
        ++drops_;
        result = SOAPY_SDR_OVERFLOW;
        return static_cast<std::uint64_t>(options_.drop_s * player_->rate_hz());
    }
    return 0;
}

int ReplayDevice::readStream(SoapySDR::Stream* /*stream*/, void* const* buffers, size_t count, int& flags,
                             long long& time_ns, long timeout_us)
{
    const auto deadline = Clock::now() + std::chrono::microseconds(std::max(timeout_us, 0L));
    if (!active_) { // SoapyRemote's server reads from the moment on when the stream is set up
        std::this_thread::sleep_until(deadline);
        return SOAPY_SDR_TIMEOUT;
    }
    int result = 0;
    if (const auto dropped = fault(deadline, result); result != 0) {
        skip(dropped);
        return result;
    }
    if (player_->ended()) {
        std::this_thread::sleep_until(deadline);
        return SOAPY_SDR_TIMEOUT;
    }
    std::uint64_t late = 0;
    const std::size_t wanted = due(std::min(count, getStreamMTU(nullptr)), deadline, late);
    if (late > 0) {
        skip(late);
        return SOAPY_SDR_OVERFLOW;
    }
    if (wanted == 0)
        return SOAPY_SDR_TIMEOUT;
    std::uint64_t lost = 0;
    const auto bytes = std::span(static_cast<std::byte*>(buffers[0]), wanted * format_.bytes_per_sample());
    const std::scoped_lock lock(tuning_);
    const auto got = player_->read(format_, bytes, lost);
    if (!got)
        return SOAPY_SDR_STREAM_ERROR;
    flags = SOAPY_SDR_HAS_TIME | (player_->ended() ? SOAPY_SDR_END_BURST : 0);
    time_ns = std::llround(sent_s() * options_.time_scale * 1e9);
    sent_ += *got + lost;
    if (lost > 0 && *got == 0)
        return SOAPY_SDR_OVERFLOW;
    return *got == 0 ? SOAPY_SDR_TIMEOUT : static_cast<int>(*got);
}

bool ReplayDevice::hasFrequencyCorrection(int /*direction*/, size_t /*channel*/) const { return true; }

void ReplayDevice::setFrequencyCorrection(int /*direction*/, size_t /*channel*/, double ppm)
{
    const std::scoped_lock lock(tuning_);
    corrected_ppm_ = ppm;
    player_->set_clock_error(options_.ppm - ppm);
}

std::vector<std::string> ReplayDevice::listFrequencies(int /*direction*/, size_t /*channel*/) const { return {"RF"}; }

void ReplayDevice::setFrequency(int /*direction*/, size_t /*channel*/, const std::string& name, double frequency,
                                const SoapySDR::Kwargs& /*args*/)
{
    const std::scoped_lock lock(tuning_);
    if (name == "RF")
        player_->set_center(frequency);
}

double ReplayDevice::getFrequency(int /*direction*/, size_t /*channel*/, const std::string& name) const
{
    return name == "RF" ? player_->center_hz() : 0.0;
}

SoapySDR::RangeList ReplayDevice::getFrequencyRange(int /*direction*/, size_t /*channel*/,
                                                    const std::string& /*name*/) const
{
    return {SoapySDR::Range(player_->lowest_hz(), player_->highest_hz())};
}

void ReplayDevice::setSampleRate(int /*direction*/, size_t /*channel*/, double rate)
{
    const std::scoped_lock lock(tuning_);
    player_->set_rate(rate);
}

std::vector<double> ReplayDevice::listSampleRates(int /*direction*/, size_t /*channel*/) const
{
    std::vector<double> rates;
    for (std::size_t d = Player::most_decimation; d >= 1; --d)
        rates.push_back(player_->info().sample_rate_hz / static_cast<double>(d));
    return rates;
}

SoapySDR::RangeList ReplayDevice::getSampleRateRange(int direction, size_t channel) const
{
    SoapySDR::RangeList ranges;
    for (const double rate : listSampleRates(direction, channel))
        ranges.emplace_back(rate, rate);
    return ranges;
}

} // namespace gacsong::sdr
