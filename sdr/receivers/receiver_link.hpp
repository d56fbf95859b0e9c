// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"
#include "dsp/sample_format.hpp"
#include "sdr/receivers/receiver_process.hpp"
#include "sdr/receivers/reconnect_policy.hpp"
#include "sdr/receivers/shared_ring.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gacsong::sdr {

/// How a receiver is to be opened.
struct ReceiverSettings {
    std::map<std::string, std::string> args; ///< as parse_receiver() gives them
    std::optional<double> rate_hz;
    std::optional<double> center_hz;
    std::map<std::string, double> gains; ///< as parse_gains() gives them
    std::string antenna;
    double history_s = 10.0; ///< of signal kept in memory, as far as 1.25 GB go
    std::string program;     ///< gacsong-receiver, empty: found by itself
    bool hops = false;       ///< it will be tuned often: small buffers
};

/// What the receiver turned out to be.
struct ReceiverFacts {
    std::string name; ///< for sentences: `rtlsdr 00000001`
    std::string driver;
    std::string hardware;
    std::string serial;
    SampleFormat format;
    double rate_hz = 0.0;
    double center_hz = 0.0;
    double low_hz = 0.0;
    double high_hz = 0.0;
    std::map<std::string, double> gains;
    std::string antenna;
    bool recording = false; ///< a replayed one
    bool lossless = false;
    double settle_s = 0.0; ///< from a change of tuning to the first sample that is good
};

/// Keeps a ring filled from one receiver, whatever the receiver does: one that is lost is opened again by its serial
/// number, in a new process, as often as it takes.
class ReceiverLink {
public:
    /// Opens the receiver and starts it; the first samples are there when it returns. Errors: those of the receiver's
    /// process, `receiver.no_samples`.
    [[nodiscard]] static Result<std::shared_ptr<ReceiverLink>> open(const ReceiverSettings& settings);
    ~ReceiverLink();
    ReceiverLink(const ReceiverLink&) = delete;
    ReceiverLink& operator=(const ReceiverLink&) = delete;

    /// As it was when it was opened; it does not change while it is lost and found again.
    [[nodiscard]] const ReceiverFacts& facts() const { return facts_; }
    [[nodiscard]] SharedRing& ring() const { return *ring_; }

    /// Tunes; a mark in the ring says from which sample on it holds. Errors as when opening.
    Result<double> tune(double center_hz);

    /// What happened since the last call: lost, back again.
    [[nodiscard]] std::vector<Message> take_notes();

    /// Adds to what take_notes() gives.
    void note(Message message);

    [[nodiscard]] ReconnectPolicy::State state() const { return state_; }
    [[nodiscard]] std::uint64_t losses() const { return losses_; }
    /// Process that holds the receiver now; −1 where none does. For tests, which end it.
    [[nodiscard]] pid_t process() const { return pid_; }

private:
    explicit ReceiverLink(ReceiverSettings settings) : settings_(std::move(settings)) {}

    Result<std::unique_ptr<ReceiverProcess>> connect(bool again);
    [[nodiscard]] Result<ReceiverFacts> facts_of(const nlohmann::json& told) const;
    void keep(const std::stop_token& stop);
    void lose(const std::stop_token& stop);

    ReceiverSettings settings_;
    ReceiverFacts facts_;
    std::shared_ptr<SharedRing> ring_;
    std::mutex asking_; ///< one request at a time
    std::unique_ptr<ReceiverProcess> process_;
    std::optional<ReconnectPolicy> policy_;
    std::mutex telling_;
    std::vector<Message> notes_;
    std::atomic<ReconnectPolicy::State> state_ = ReconnectPolicy::State::opening;
    std::atomic<std::uint64_t> losses_ = 0;
    std::atomic<pid_t> pid_ = -1;
    std::jthread keeper_;
};

/// Receivers of one driver, or the drivers that are installed. The answer of a process with a deadline: what does not
/// answer is an error, and hangs nobody.
[[nodiscard]] Result<std::vector<std::map<std::string, std::string>>>
list_receivers(const std::map<std::string, std::string>& args, const std::string& program = {});
[[nodiscard]] Result<std::vector<std::string>> list_drivers(const std::string& program = {});

} // namespace gacsong::sdr
