// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/live_recorder.hpp"

#include "report/text/time_text.hpp"
#include "sdr/receivers/live_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gacsong::gui {
namespace {

constexpr std::size_t read_at_once = 1U << 18U;

Result<sdr::RecordingEnd> record(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base,
                                 const sdr::Listening& listening)
{
    auto opened = sdr::open_live(link, link->facts().name, listening);
    sdr::RecorderSettings settings;
    settings.base = base;
    settings.force = true; // the dialog has asked
    settings.program = "gacsong " GACSONG_VERSION;
    settings.hardware = opened.source->info().receiver;
    settings.gains = link->facts().gains;
    settings.antenna = link->facts().antenna;
    settings.latitude = opened.source->info().latitude;
    settings.longitude = opened.source->info().longitude;
    auto recorder = sdr::Recorder::create(opened.source->info(), settings);
    if (!recorder)
        return tl::unexpected(recorder.error());
    std::optional<Error> failure;
    while (!(*recorder)->full() && !failure) {
        const auto next = opened.source->next(read_at_once);
        if (!next || !*next)
            break;
        if (const Status written = (*recorder)->write(**next); !written)
            failure = written.error();
    }
    auto end = (*recorder)->close();
    if (failure)
        return tl::unexpected(*failure);
    return end;
}

} // namespace

void LiveRecorder::begin(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base,
                         std::optional<std::uint64_t> from, std::optional<double> seconds)
{
    if (running_ || !link)
        return;
    running_ = true;
    worker_ = std::jthread([this, link, base, from, seconds](const std::stop_token& stop) {
        auto result = record(link, base, {stop, seconds, true, from});
        running_ = false;
        QMetaObject::invokeMethod(
            this,
            [this, made = std::move(result)] {
                result_ = made;
                Q_EMIT finished();
            },
            Qt::QueuedConnection);
    });
    Q_EMIT started();
}

void LiveRecorder::start(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base)
{
    if (link)
        begin(link, base, link->ring().written(), std::nullopt);
}

void LiveRecorder::save_last(const std::shared_ptr<sdr::ReceiverLink>& link, const std::string& base, double seconds)
{
    if (!link)
        return;
    const sdr::SharedRing& ring = link->ring();
    const auto wanted = static_cast<std::uint64_t>(std::llround(seconds * link->facts().rate_hz));
    const std::uint64_t end = ring.written();
    const std::uint64_t from = std::max(ring.oldest(), end > wanted ? end - wanted : 0);
    begin(link, base, from, static_cast<double>(end - from) / link->facts().rate_hz);
}

void LiveRecorder::stop() { worker_ = {}; }

std::string usual_recording_name(const StreamInfo& info, Instant start)
{
    std::string time = rfc3339(start, 0);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    std::string name = "gacsong_" + time;
    if (info.center_hz)
        name += fmt::format("_{:.0f}Hz", *info.center_hz);
    return name + fmt::format("_{:.0f}sps", info.sample_rate_hz);
}

} // namespace gacsong::gui
