// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "dsp/sample_format.hpp"

#include <SoapySDR/Device.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// What a receiver is to be set to.
struct DeviceWish {
    std::map<std::string, std::string> args; ///< `driver` and what the driver wants
    std::optional<double> rate_hz;
    std::optional<double> center_hz;
    std::map<std::string, double> gains; ///< by element; "" for the one element there is
    std::string antenna;
};

/// One open receiver. Drivers throw whatever they like; here everything is a Result, and what was set has been read
/// back. Calls may take as long as the driver likes: whoever asks has to be ready to end the process.
class Device {
public:
    /// Errors: `receiver.not_found`, `receiver.other_serial`, `receiver.driver` (the driver's own words),
    /// `device.rate`, `receiver.range`, `receiver.no_center`, `receiver.antenna`, `receiver.gain`, `receiver.format`.
    [[nodiscard]] static Result<std::unique_ptr<Device>> open(const DeviceWish& wish);
    ~Device();
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// What it turned out to be.
    struct Facts {
        std::string driver;
        std::string hardware;
        std::string serial;
        SampleFormat format; ///< as samples stand in the ring
        double rate_hz = 0.0;
        double center_hz = 0.0;
        double low_hz = 0.0; ///< tuning range
        double high_hz = 0.0;
        std::map<std::string, double> gains;
        std::string antenna;
        bool lossless = false; ///< plays as fast as it is read, so nothing need be lost
        bool recording = false;
    };
    [[nodiscard]] const Facts& facts() const { return facts_; }

    /// `hops`: it will be tuned often, so little is to be queued.
    [[nodiscard]] Status start(bool hops = false);
    void stop();

    /// Tunes, and gives the frequency that it came to. Allowed while another thread reads.
    [[nodiscard]] Result<double> tune(double center_hz);

    /// As SoapySDR's readStream(): samples, 0, or a negative error; −2 also where the driver throws.
    int read(std::byte* to, std::size_t samples, int& flags, long long& time_ns, long timeout_us);

    /// Samples that may still come from before a change of tuning, and seconds that the receiver needs to settle.
    struct Settling {
        std::size_t queued = 0;
        double settle_s = 0.0;
    };
    [[nodiscard]] Settling settling() const;

private:
    Device() = default;
    Status set_up(const DeviceWish& wish);
    Status set_rate(const DeviceWish& wish);
    Status set_center(const DeviceWish& wish);
    Status set_gains(const DeviceWish& wish);
    Status set_antenna(const DeviceWish& wish);
    Status choose_format();

    SoapySDR::Device* device_ = nullptr;
    SoapySDR::Stream* stream_ = nullptr;
    bool active_ = false;
    bool flip_ = false; ///< signed octets become unsigned ones, whose zero lies where the converter's does
    std::size_t mtu_ = 0;
    std::string stream_format_;
    Facts facts_;
};

/// Drivers that are installed, and receivers that answer to one of them.
[[nodiscard]] std::vector<std::string> installed_drivers();
[[nodiscard]] Result<std::vector<std::map<std::string, std::string>>>
find_devices(const std::map<std::string, std::string>& args);

} // namespace gacsong::sdr
