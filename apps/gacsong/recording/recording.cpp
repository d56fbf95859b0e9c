// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/recording/recording.hpp"

#include "sdr/names/civil_time.hpp"
#include "sdr/receivers/live_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gacsong::app {
namespace {

constexpr std::size_t read_at_once = 1U << 18U;

/// `gacsong_20261126T050336Z_98050000Hz_2048000sps`
std::string usual_name(const StreamInfo& info)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    std::string time = sdr::civil_text(
        info.start.value_or(Instant{std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()}));
    time[10] = 'T';
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    std::string name = "gacsong_" + time + "Z";
    if (info.center_hz)
        name += fmt::format("_{:.0f}Hz", *info.center_hz);
    return name + fmt::format("_{:.0f}sps", info.sample_rate_hz);
}

std::string without_extension(std::string name)
{
    for (const char* extension : {".sigmf-meta", ".sigmf-data", ".sigmf"}) {
        if (name.ends_with(extension))
            name.resize(name.size() - std::string_view(extension).size());
    }
    return name;
}

} // namespace

Message stopped(const Error& error)
{
    const bool full = error.message.key == "output.full";
    if (!full && error.message.key != "output.write")
        return error.message;
    return Message(full ? "record.stopped_full" : "record.stopped", error.message.arguments);
}

sdr::RecorderSettings recorder_settings(const Arguments& arguments, const StreamInfo& info,
                                        const sdr::ReceiverLink* link, std::shared_ptr<sdr::GpsdClient> gpsd)
{
    sdr::RecorderSettings settings;
    const std::string asked = arguments.record ? *arguments.record : arguments.output;
    settings.base = asked.empty() ? usual_name(info) : without_extension(asked);
    settings.force = arguments.force;
    settings.program = "gacsong " GACSONG_VERSION;
    settings.hardware = info.receiver;
    settings.most_bytes = arguments.most_bytes;
    if (arguments.settings.place) {
        settings.latitude = arguments.settings.place->latitude;
        settings.longitude = arguments.settings.place->longitude;
    }
    if (gpsd && !arguments.settings.place)
        settings.place = [gpsd = std::move(gpsd)]() -> std::optional<sdr::GeoPoint> {
            const auto here = gpsd->position();
            return here ? std::optional(sdr::GeoPoint{here->latitude, here->longitude, here->altitude_m})
                        : std::nullopt;
        };
    if (link != nullptr) {
        settings.gains = link->facts().gains;
        settings.antenna = link->facts().antenna;
    }
    return settings;
}

Result<std::unique_ptr<RecordingBeside>> RecordingBeside::start(const Arguments& arguments,
                                                                std::shared_ptr<sdr::ReceiverLink> link,
                                                                std::shared_ptr<sdr::GpsdClient> gpsd)
{
    std::stop_source stop;
    auto opened = sdr::open_live(link, link->facts().name, {stop.get_token(), arguments.stop_after_s, true, {}});
    auto recorder = sdr::Recorder::create(
        opened.source->info(), recorder_settings(arguments, opened.source->info(), link.get(), std::move(gpsd)));
    if (!recorder)
        return tl::unexpected(recorder.error());
    return std::unique_ptr<RecordingBeside>(
        new RecordingBeside(std::move(opened.source), std::move(*recorder), std::move(link), std::move(stop)));
}

RecordingBeside::RecordingBeside(std::unique_ptr<SampleSource> source, std::unique_ptr<sdr::Recorder> recorder,
                                 std::shared_ptr<sdr::ReceiverLink> link, std::stop_source stop)
    : link_(std::move(link)), source_(std::move(source)), recorder_(std::move(recorder)), stop_(std::move(stop)),
      thread_([this] { work(); })
{
}

void RecordingBeside::work()
{
    for (;;) {
        const auto next = source_->next(read_at_once);
        if (!next || !*next || recorder_->full())
            break;
        if (const Status written = recorder_->write(**next); !written) {
            good_ = false;
            link_->note(stopped(written.error()));
            break;
        }
    }
    const auto end = recorder_->close();
    source_.reset(); // a writer that waits need not wait for this one any more
    if (end) {
        link_->note(Message("record.done", {{"file", end->meta_path},
                                            {"n", static_cast<std::int64_t>(end->samples)},
                                            {"gaps", static_cast<std::int64_t>(end->gaps)}}));
    } else if (good_) {
        good_ = false;
        link_->note(stopped(end.error()));
    }
}

bool RecordingBeside::finish()
{
    stop_.request_stop();
    if (thread_.joinable())
        thread_.join();
    return good_;
}

} // namespace gacsong::app
