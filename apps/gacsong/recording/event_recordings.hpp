// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "apps/gacsong/recording/wanted_times.hpp"
#include "detect/sink.hpp"
#include "report/wording/wording.hpp"
#include "sdr/position/gpsd_client.hpp"
#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recorder/recorder.hpp"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace gacsong::app {

/// Share of the receiver's memory by which writing follows the scan.
inline constexpr double events_lag = 0.5;
/// How much memory that takes, seconds.
[[nodiscard]] double events_memory_s(const EventTimes& times);

/// Records the whole band of a receiver around what is found in it, one recording for events that overlap. Each begins
/// before the event did: the receiver's last seconds are in memory, and what is written follows the scan at a
/// distance, when it is known what happened. What stops the recordings is told through the receiver's notes; the scan
/// goes on.
class EventRecordings final : public Sink {
public:
    /// Reads from now on. The folder `arguments.record` is made; `words` must outlive it. Errors: output.write;
    /// record.memory where the receiver's memory does not reach back far enough.
    [[nodiscard]] static Result<std::unique_ptr<EventRecordings>> start(const Arguments& arguments,
                                                                        std::shared_ptr<sdr::ReceiverLink> link,
                                                                        std::shared_ptr<sdr::GpsdClient> gpsd,
                                                                        const Wording& words);
    ~EventRecordings() override;
    EventRecordings(const EventRecordings&) = delete;
    EventRecordings& operator=(const EventRecordings&) = delete;

    Status emission(const Emission& emission) override;
    Status finding(const Finding& finding) override;
    Status started(const Emission& emission, std::span<const Finding> findings) override;
    Status withdrawn(const std::string& id, const Message& why) override;
    Status gap(const Gap& gap) override;
    void progress(const Progress& progress) override;
    Status end(const End& end) override;

    /// Writes what is still to be written; true where everything was recorded that was to be.
    bool finish();

private:
    EventRecordings(const Arguments& arguments, std::unique_ptr<SampleSource> source,
                    std::shared_ptr<sdr::ReceiverLink> link, std::shared_ptr<sdr::GpsdClient> gpsd,
                    const Wording& words, double lag_s);
    void reach(double known_s);
    void work();
    [[nodiscard]] bool wait_for(double at_s);
    Status take(const Block& block);
    Status start_recording(const WantedEvent& event, const Block& block);
    Status close();

    const Arguments& arguments_;
    std::shared_ptr<sdr::ReceiverLink> link_;
    std::shared_ptr<sdr::GpsdClient> gpsd_;
    const Wording& words_;
    const bool findings_only_;
    const double lag_s_;           ///< by so much writing follows the scan
    std::optional<Emission> last_; ///< of which findings may still come
    double done_s_ = 0.0;
    double lost_s_ = 0.0;

    std::mutex mutex_;
    std::condition_variable moved_;
    WantedTimes wanted_;
    double known_s_ = 0.0; ///< up to here everything is known, seconds from the start of the run
    bool ended_ = false;

    std::unique_ptr<SampleSource> source_;
    Segment segment_; ///< of what is being read
    double at_s_ = 0.0;
    std::uint64_t read_lost_ = 0;
    std::unique_ptr<sdr::Recorder> recorder_;
    StreamInfo recorded_; ///< what is being recorded
    double recorded_from_s_ = 0.0;
    std::uint64_t lost_inside_ = 0;
    bool good_ = true;
    std::jthread thread_;
};

} // namespace gacsong::app
