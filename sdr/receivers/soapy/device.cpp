// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/soapy/device.hpp"

#include "sdr/receivers/soapy/guard.hpp"

#include <SoapySDR/Errors.hpp>
#include <SoapySDR/Formats.hpp>
#include <SoapySDR/Registry.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace gacsong::sdr {

namespace {

constexpr int rx = SOAPY_SDR_RX;
constexpr double usual_rate_hz = 2.4e6;

/// What drivers keep back after a change of tuning, and how long they need (formats-and-radios.md §4.1).
struct DriverHabit {
    std::string_view driver;
    std::size_t buffers;
    double settle_s;
};
constexpr DriverHabit habits[]{
    {"rtlsdr", 15, 0.020}, {"hackrf", 15, 0.010}, {"airspy", 8, 0.010}, {"plutosdr", 8, 0.030}, {"replay", 0, 0.0},
};
constexpr DriverHabit usual_habit{"", 8, 0.020};

bool has(const std::vector<std::string>& list, const std::string& name)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

std::string value_of(const SoapySDR::Kwargs& args, const std::string& key)
{
    const auto found = args.find(key);
    return found == args.end() ? std::string{} : found->second;
}

/// The value of the ranges that lies nearest.
double nearest_in(const SoapySDR::RangeList& ranges, double wanted)
{
    double best = wanted;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& range : ranges) {
        const double value = std::clamp(wanted, range.minimum(), range.maximum());
        if (std::abs(value - wanted) < least) {
            least = std::abs(value - wanted);
            best = value;
        }
    }
    return best;
}

/// Middle gain, without the amplifier that saturates first; reductions count the other way round.
double usual_gain(const std::string& element, const SoapySDR::Range& range)
{
    if (element == "AMP")
        return range.minimum();
    const double middle = 0.5 * (range.minimum() + range.maximum());
    return range.step() > 0.0 ? range.minimum() + std::floor((middle - range.minimum()) / range.step()) * range.step()
                              : std::floor(middle);
}

} // namespace

Result<std::unique_ptr<Device>> Device::open(const DeviceWish& wish)
{
    const auto found = find_devices(wish.args);
    if (!found)
        return tl::unexpected(found.error());
    const std::string name = device_name(wish.args);
    if (found->empty())
        return failure("receiver.not_found", {{"device", name}});
    const std::string asked = value_of(wish.args, "serial");
    const auto match = std::find_if(found->begin(), found->end(),
                                    [&](const auto& one) { return asked.empty() || value_of(one, "serial") == asked; });
    if (match == found->end())
        return failure("receiver.other_serial", {{"device", name}, {"other", value_of(found->front(), "serial")}});
    std::unique_ptr<Device> device(new Device());
    device->facts_.driver = value_of(wish.args, "driver");
    device->facts_.serial = value_of(*match, "serial");
    const auto made =
        guarded([&] { return SoapySDR::Device::make(SoapySDR::Kwargs(wish.args.begin(), wish.args.end())); });
    if (!made)
        return tl::unexpected(made.error());
    if (*made == nullptr)
        return failure("receiver.driver", {{"why", std::string("make() gave nothing")}});
    device->device_ = *made;
    if (const Status ready = device->set_up(wish); !ready)
        return tl::unexpected(ready.error());
    return device;
}

Device::~Device()
{
    stop();
    if (stream_ != nullptr)
        static_cast<void>(guarded([&] { device_->closeStream(stream_); }));
    if (device_ != nullptr)
        static_cast<void>(guarded([&] { SoapySDR::Device::unmake(device_); }));
}

Status Device::set_up(const DeviceWish& wish)
{
    const auto told = guarded([&] {
        facts_.hardware = device_->getHardwareKey();
        const SoapySDR::Kwargs info = device_->getHardwareInfo();
        facts_.recording = info.contains("recording");
        facts_.lossless = value_of(info, "lossless") == "1";
        if (facts_.serial.empty())
            facts_.serial = value_of(info, "serial");
    });
    return told.and_then([&] { return set_rate(wish); })
        .and_then([&] { return set_center(wish); })
        .and_then([&] { return set_antenna(wish); })
        .and_then([&] { return set_gains(wish); })
        .and_then([&] { return choose_format(); });
}

Status Device::set_rate(const DeviceWish& wish)
{
    return guarded([&]() -> Status {
        auto ranges = device_->getSampleRateRange(rx, 0);
        if (ranges.empty()) {
            for (const double rate : device_->listSampleRates(rx, 0))
                ranges.emplace_back(rate, rate);
        }
        const double now = device_->getSampleRate(rx, 0);
        const double wanted =
            wish.rate_hz ? *wish.rate_hz : (facts_.recording ? now : nearest_in(ranges, usual_rate_hz));
        const double near = nearest_in(ranges, wanted);
        if (std::abs(near - wanted) > 1e-6 * wanted)
            return failure("device.rate",
                           {{"device", device_name(wish.args)},
                            {"rate", Quantity{wanted, Unit::sample_rate}},
                            {"near", Quantity{near, Unit::sample_rate}}},
                           Fault::usage);
        device_->setSampleRate(rx, 0, wanted);
        const double got = device_->getSampleRate(rx, 0);
        facts_.rate_hz = got > 0.0 ? got : wanted;
        return {};
    });
}

Status Device::set_center(const DeviceWish& wish)
{
    return guarded([&]() -> Status {
        const auto components = device_->listFrequencies(rx, 0);
        const auto ranges =
            has(components, "RF") ? device_->getFrequencyRange(rx, 0, "RF") : device_->getFrequencyRange(rx, 0);
        facts_.low_hz = ranges.empty() ? 0.0 : ranges.front().minimum();
        facts_.high_hz = ranges.empty() ? 0.0 : ranges.back().maximum();
        if (!wish.center_hz && !facts_.recording)
            return failure("receiver.no_center", {{"device", device_name(wish.args)}}, Fault::usage);
        if (!wish.center_hz) {
            facts_.center_hz = device_->getFrequency(rx, 0, "RF");
            return {};
        }
        const auto tuned = tune(*wish.center_hz);
        return tuned ? Status() : Status(tl::unexpected(tuned.error()));
    });
}

Result<double> Device::tune(double center_hz)
{
    if (facts_.high_hz > 0.0 && (center_hz < facts_.low_hz || center_hz > facts_.high_hz))
        return failure("receiver.range",
                       {{"center", Quantity{center_hz, Unit::frequency, 1e3}},
                        {"low", Quantity{facts_.low_hz, Unit::frequency, 1e3}},
                        {"high", Quantity{facts_.high_hz, Unit::frequency, 1e3}}},
                       Fault::usage);
    return guarded([&] {
        // Not the call over all components: it hands what is left over to the next one, which may be the correction.
        if (has(device_->listFrequencies(rx, 0), "RF")) {
            device_->setFrequency(rx, 0, "RF", center_hz);
            facts_.center_hz = device_->getFrequency(rx, 0, "RF");
        } else {
            device_->setFrequency(rx, 0, center_hz, {{"CORR", "IGNORE"}});
            facts_.center_hz = device_->getFrequency(rx, 0);
        }
        if (facts_.center_hz <= 0.0)
            facts_.center_hz = center_hz;
        return facts_.center_hz;
    });
}

Status Device::set_antenna(const DeviceWish& wish)
{
    return guarded([&]() -> Status {
        const auto there = device_->listAntennas(rx, 0);
        if (!wish.antenna.empty()) {
            if (!has(there, wish.antenna))
                return failure("receiver.antenna", {{"antenna", wish.antenna}, {"list", joined(there)}}, Fault::usage);
            device_->setAntenna(rx, 0, wish.antenna);
        }
        facts_.antenna = there.empty() ? std::string{} : device_->getAntenna(rx, 0);
        return {};
    });
}

Status Device::set_gains(const DeviceWish& wish)
{
    return guarded([&]() -> Status {
        const auto there = device_->listGains(rx, 0);
        for (const auto& [name, value] : wish.gains) {
            const bool only = name.empty() && there.size() == 1;
            if (!only && !has(there, name))
                return failure("receiver.gain", {{"gain", name}, {"list", joined(there)}}, Fault::usage);
        }
        // Levels under an automatic gain say nothing.
        if (device_->hasGainMode(rx, 0))
            device_->setGainMode(rx, 0, false);
        for (const std::string& name : there) {
            const auto range = device_->getGainRange(rx, 0, name);
            auto wanted = wish.gains.find(name);
            if (wanted == wish.gains.end() && there.size() == 1)
                wanted = wish.gains.find("");
            const double value = wanted == wish.gains.end()
                                     ? usual_gain(name, range)
                                     : std::clamp(wanted->second, range.minimum(), range.maximum());
            device_->setGain(rx, 0, name, value);
            facts_.gains[name] = device_->getGain(rx, 0, name);
        }
        if (device_->hasDCOffsetMode(rx, 0))
            device_->setDCOffsetMode(rx, 0, true);
        return {};
    });
}

Status Device::choose_format()
{
    return guarded([&]() -> Status {
        double full_scale = 0.0;
        std::string name = device_->getNativeStreamFormat(rx, 0, full_scale);
        const auto offered = device_->getStreamFormats(rx, 0);
        constexpr std::pair<const char*, Component> known[]{{SOAPY_SDR_CU8, Component::u8},
                                                            {SOAPY_SDR_CS8, Component::s8},
                                                            {SOAPY_SDR_CS16, Component::s16},
                                                            {SOAPY_SDR_CF32, Component::f32}};
        const auto find = [&] {
            return std::find_if(std::begin(known), std::end(known), [&](const auto& one) { return name == one.first; });
        };
        if (find() == std::end(known)) {
            name = SOAPY_SDR_CF32;
            full_scale = 1.0;
            if (!has(offered, name))
                return failure("receiver.format", {{"list", joined(offered)}});
        }
        facts_.format = SampleFormat::of(find()->second);
        if (full_scale > 0.0 && facts_.format.component != Component::f32)
            facts_.format.full_scale = full_scale;
        // This driver takes 128 from octets whose zero is at 127.5 (formats-and-radios.md §4.1).
        flip_ = facts_.driver == "rtlsdr" && facts_.format.component == Component::s8;
        if (flip_)
            facts_.format = SampleFormat::of(Component::u8);
        stream_format_ = name;
        return {};
    });
}

Status Device::start(bool hops)
{
    return guarded([&]() -> Status {
        if (stream_ == nullptr) {
            SoapySDR::Kwargs args;
            if (facts_.driver == "remote")
                args["remote:prot"] = "tcp"; // a packet lost on the other way would not be told
            // What is queued when the receiver is tuned has to be waited for: 0.8 s with the usual buffers.
            if (hops && facts_.driver == "rtlsdr")
                args["bufflen"] = "32768";
            stream_ = device_->setupStream(rx, stream_format_, {0}, args);
            if (stream_ == nullptr)
                return failure("receiver.driver", {{"why", std::string("setupStream() gave nothing")}});
            mtu_ = std::max<std::size_t>(device_->getStreamMTU(stream_), 1);
        }
        const int code = device_->activateStream(stream_);
        if (code != 0)
            return failure("receiver.driver", {{"why", std::string(SoapySDR::errToStr(code))}});
        active_ = true;
        return {};
    });
}

void Device::stop()
{
    if (std::exchange(active_, false))
        static_cast<void>(guarded([&] { device_->deactivateStream(stream_); }));
}

int Device::read(std::byte* to, std::size_t samples, int& flags, long long& time_ns, long timeout_us)
{
    flags = 0; // some drivers only add to them
    time_ns = 0;
    void* buffers[1]{to};
    const auto got = guarded(
        [&] { return device_->readStream(stream_, buffers, std::min(samples, mtu_), flags, time_ns, timeout_us); });
    if (!got)
        return SOAPY_SDR_STREAM_ERROR;
    if (flip_ && *got > 0) {
        for (std::size_t i = 0; i < 2 * static_cast<std::size_t>(*got); ++i)
            to[i] ^= std::byte{0x80};
    }
    return *got;
}

Device::Settling Device::settling() const
{
    const auto* habit = std::find_if(std::begin(habits), std::end(habits),
                                     [&](const DriverHabit& one) { return one.driver == facts_.driver; });
    const DriverHabit& use = habit == std::end(habits) ? usual_habit : *habit;
    return {use.buffers * mtu_, use.settle_s};
}

std::vector<std::string> installed_drivers()
{
    std::vector<std::string> names;
    const auto functions = guarded([] { return SoapySDR::Registry::listFindFunctions(); });
    if (functions) {
        for (const auto& [name, function] : *functions)
            names.push_back(name);
    }
    return names;
}

Result<std::vector<std::map<std::string, std::string>>> find_devices(const std::map<std::string, std::string>& args)
{
    return guarded([&] {
        std::vector<std::map<std::string, std::string>> out;
        for (const auto& one : SoapySDR::Device::enumerate(SoapySDR::Kwargs(args.begin(), args.end())))
            out.emplace_back(one.begin(), one.end());
        return out;
    });
}

} // namespace gacsong::sdr
