// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "sdr/position/gpsd_client.hpp"
#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recorder/recorder.hpp"

#include <memory>
#include <string>
#include <thread>

namespace gacsong::app {

/// What a recording says of itself. `link` is null where the samples do not come from a receiver.
/// `gpsd` is null where nobody knows the place.
[[nodiscard]] sdr::RecorderSettings recorder_settings(const Arguments& arguments, const StreamInfo& info,
                                                      const sdr::ReceiverLink* link,
                                                      std::shared_ptr<sdr::GpsdClient> gpsd);

/// What to say where a recording ends before its time and the rest goes on.
[[nodiscard]] Message stopped(const Error& error);

/// Records a receiver beside whatever else reads it. What stops the recording is told through the receiver's notes;
/// the rest goes on.
class RecordingBeside {
public:
    /// Errors: those of Recorder::create().
    [[nodiscard]] static Result<std::unique_ptr<RecordingBeside>>
    start(const Arguments& arguments, std::shared_ptr<sdr::ReceiverLink> link, std::shared_ptr<sdr::GpsdClient> gpsd);
    /// Ends it; true where everything was recorded that was to be.
    bool finish();

private:
    RecordingBeside(std::unique_ptr<SampleSource> source, std::unique_ptr<sdr::Recorder> recorder,
                    std::shared_ptr<sdr::ReceiverLink> link, std::stop_source stop);
    void work();

    std::shared_ptr<sdr::ReceiverLink> link_;
    std::unique_ptr<SampleSource> source_;
    std::unique_ptr<sdr::Recorder> recorder_;
    std::stop_source stop_;
    bool good_ = true;
    std::jthread thread_;
};

} // namespace gacsong::app
