// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recorder/recorder.hpp"

#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace gacsong::gui {

/// Writes what a receiver gives to a SigMF recording, beside the line that looks at it: from now on until it is
/// stopped, or what came in the last seconds.
class LiveRecorder final : public QObject {
    Q_OBJECT

public:
    explicit LiveRecorder(QObject* parent = nullptr) : QObject(parent) {}
    ~LiveRecorder() override { stop(); }

    /// Begins; `base` without suffix. Answers by finished() when it has ended. Does nothing while one is under way.
    void start(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base);
    /// Writes the last `seconds` that are still in memory. Answers by finished().
    void save_last(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base, double seconds);
    /// Ends the recording and waits until its file is closed.
    void stop();

    [[nodiscard]] bool running() const { return running_; }
    /// The recording that ended last.
    [[nodiscard]] const Result<sdr::RecordingEnd>& result() const { return result_; }

Q_SIGNALS:
    void started();
    void finished();

private:
    void begin(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base,
               std::optional<std::uint64_t> from, std::optional<double> seconds);

    std::atomic<bool> running_ = false;
    Result<sdr::RecordingEnd> result_;
    std::jthread worker_;
};

/// `gacsong_20261126T050336Z_98050000Hz_2048000sps`: the usual name of a recording that begins at `start`.
[[nodiscard]] std::string usual_recording_name(const StreamInfo& info, Instant start);

} // namespace gacsong::gui
