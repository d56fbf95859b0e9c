// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/replay/player.hpp"

#include <SoapySDR/Device.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// A receiver that plays a recording, for any program that uses SoapySDR. Throws std::runtime_error where a driver of
/// a real receiver would.
class ReplayDevice final : public SoapySDR::Device {
public:
    explicit ReplayDevice(const SoapySDR::Kwargs& args);

    [[nodiscard]] std::string getDriverKey() const override { return "replay"; }
    [[nodiscard]] std::string getHardwareKey() const override { return "replay"; }
    [[nodiscard]] SoapySDR::Kwargs getHardwareInfo() const override;
    [[nodiscard]] size_t getNumChannels(int direction) const override;
    [[nodiscard]] std::vector<std::string> listAntennas(int direction, size_t channel) const override;
    [[nodiscard]] std::string getAntenna(int direction, size_t channel) const override;

    [[nodiscard]] std::vector<std::string> getStreamFormats(int direction, size_t channel) const override;
    [[nodiscard]] std::string getNativeStreamFormat(int direction, size_t channel, double& full_scale) const override;
    SoapySDR::Stream* setupStream(int direction, const std::string& format, const std::vector<size_t>& channels,
                                  const SoapySDR::Kwargs& args) override;
    void closeStream(SoapySDR::Stream* stream) override;
    [[nodiscard]] size_t getStreamMTU(SoapySDR::Stream* stream) const override;
    int activateStream(SoapySDR::Stream* stream, int flags, long long time_ns, size_t count) override;
    int deactivateStream(SoapySDR::Stream* stream, int flags, long long time_ns) override;
    int readStream(SoapySDR::Stream* stream, void* const* buffers, size_t count, int& flags, long long& time_ns,
                   long timeout_us) override;

    [[nodiscard]] bool hasFrequencyCorrection(int direction, size_t channel) const override;
    void setFrequencyCorrection(int direction, size_t channel, double ppm) override;
    [[nodiscard]] double getFrequencyCorrection(int /*direction*/, size_t /*channel*/) const override
    {
        return corrected_ppm_;
    }
    [[nodiscard]] std::vector<std::string> listFrequencies(int direction, size_t channel) const override;
    void setFrequency(int direction, size_t channel, const std::string& name, double frequency,
                      const SoapySDR::Kwargs& args) override;
    [[nodiscard]] double getFrequency(int direction, size_t channel, const std::string& name) const override;
    [[nodiscard]] SoapySDR::RangeList getFrequencyRange(int direction, size_t channel,
                                                        const std::string& name) const override;
    void setSampleRate(int direction, size_t channel, double rate) override;
    [[nodiscard]] double getSampleRate(int /*direction*/, size_t /*channel*/) const override
    {
        return player_->rate_hz();
    }
    [[nodiscard]] std::vector<double> listSampleRates(int direction, size_t channel) const override;
    [[nodiscard]] SoapySDR::RangeList getSampleRateRange(int direction, size_t channel) const override;

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] double sent_s() const { return static_cast<double>(sent_) / player_->rate_hz(); }
    [[nodiscard]] bool unplugged();
    /// How many samples of `wanted` are due before the deadline; waits for them. Sets late where the reader came so
    /// late that a receiver's buffers would have run over.
    std::size_t due(std::size_t wanted, Clock::time_point deadline, std::uint64_t& late);
    void skip(std::uint64_t samples);
    [[nodiscard]] std::uint64_t fault(Clock::time_point deadline, int& result);

    ReplayOptions options_;
    std::mutex tuning_; ///< settings may change while another thread reads
    std::unique_ptr<Player> player_;
    double corrected_ppm_ = 0.0;
    SampleFormat format_;
    bool open_ = false;
    std::atomic<bool> active_ = false;
    bool gone_ = false;
    Clock::time_point began_{};
    std::uint64_t sent_ = 0; ///< samples played since activation, lost ones counted
    double drops_ = 0.0;     ///< faults shown so far
    double timeouts_ = 0.0;
    std::vector<std::byte> thrown_away_;
};

} // namespace gacsong::sdr
