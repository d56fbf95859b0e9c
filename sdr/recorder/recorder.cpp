// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/recorder/recorder.hpp"

#include "sdr/files/atomic_write.hpp"
#include "sdr/names/civil_time.hpp"
#include "sdr/position/position_watch.hpp"
#include "sdr/sigmf.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gacsong::sdr {

namespace {

using nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr auto renew_every = 5s;
constexpr double moved_m = 25.0;
constexpr std::size_t most_captures = 20'000; ///< more are of no use to anybody, and are written each time

/// `2026-11-02T03:15:00.250000000Z`
std::string datetime(Instant time)
{
    constexpr std::int64_t second = 1'000'000'000;
    const std::int64_t part = ((time.unix_ns % second) + second) % second;
    std::string text = civil_text(Instant{time.unix_ns - part});
    text[10] = 'T';
    return fmt::format("{}.{:09}Z", text, part);
}

} // namespace

Result<std::unique_ptr<Recorder>> Recorder::create(const StreamInfo& info, RecorderSettings settings)
{
    if (!sigmf_datatype(info.format))
        return failure("record.format", {{"what", info.format_name}});
    if (!settings.force && std::filesystem::exists(settings.base + ".sigmf-meta"))
        return failure("output.exists", {{"file", settings.base + ".sigmf-meta"}}, Fault::usage);
    std::unique_ptr<Recorder> recorder(new Recorder(info, std::move(settings)));
    const std::filesystem::path folder = std::filesystem::path(recorder->settings_.base).parent_path();
    if (free_bytes(folder.empty() ? "." : folder.string()) < recorder->settings_.keep_free)
        return failure("output.full", {{"file", recorder->settings_.base + ".sigmf-data"}}, Fault::output);
    auto data = SampleFile::create(recorder->settings_.base + ".sigmf-data", recorder->settings_.force);
    if (!data)
        return tl::unexpected(data.error());
    recorder->data_ = std::move(*data);
    if (const Status written = recorder->write_meta(false); !written)
        return tl::unexpected(written.error());
    return recorder;
}

Recorder::Recorder(const StreamInfo& info, RecorderSettings settings)
    : settings_(std::move(settings)), rate_hz_(info.sample_rate_hz), width_(info.format.bytes_per_sample())
{
    global_ = {
        {"core:datatype", *sigmf_datatype(info.format)},
        {"core:sample_rate", rate_hz_},
        {"core:version", "1.2.5"},
        {"core:recorder", settings_.program},
        {"core:extensions", ordered_json::array({{{"name", "gacsong"}, {"version", "1.0.0"}, {"optional", true}}})}};
    if (!settings_.hardware.empty())
        global_["core:hw"] = settings_.hardware;
    if (!settings_.description.empty())
        global_["core:description"] = settings_.description;
    if (settings_.latitude && settings_.longitude)
        global_["core:geolocation"] = {{"type", "Point"}, {"coordinates", {*settings_.longitude, *settings_.latitude}}};
    if (!settings_.gains.empty())
        global_["gacsong:gains_db"] = settings_.gains;
    if (!settings_.antenna.empty())
        global_["gacsong:antenna"] = settings_.antenna;
    if (info.format.integer() && info.format.full_scale != SampleFormat::of(info.format.component).full_scale)
        global_["gacsong:full_scale"] = info.format.full_scale;
    begin_capture(Segment{0, info.center_hz, info.start, 0, {}});
}

void Recorder::begin_capture(const Segment& segment)
{
    lost_ += segment.lost_before;
    gaps_ += segment.lost_before > 0 ? 1U : 0U;
    ordered_json capture{{"core:sample_start", kept_}, {"core:global_index", kept_ + lost_}};
    if (segment.center_hz)
        capture["core:frequency"] = *segment.center_hz;
    if (segment.start)
        capture["core:datetime"] = datetime(*segment.start);
    if (segment.lost_before > 0)
        capture["gacsong:lost_why"] = segment.lost_why;
    segment_ = segment;
    segment_kept_ = kept_;
    place_ = settings_.place ? settings_.place() : std::nullopt;
    if (place_) {
        auto& point =
            capture["core:geolocation"] = {{"type", "Point"}, {"coordinates", {place_->longitude, place_->latitude}}};
        if (place_->altitude_m)
            point["coordinates"].push_back(*place_->altitude_m);
    }
    // Of two that begin at one sample the later one holds, with what both lost.
    if (!captures_.empty() && captures_.back()["core:sample_start"] == kept_)
        captures_.erase(captures_.size() - 1);
    captures_.push_back(std::move(capture));
}

/// A receiver that moves gets a new capture where it has come to another place.
void Recorder::follow()
{
    const auto here = settings_.place ? settings_.place() : std::nullopt;
    if (!here || captures_.size() >= most_captures)
        return;
    if (place_ && distance_m(place_->latitude, place_->longitude, here->latitude, here->longitude) < moved_m)
        return;
    Segment next = segment_;
    next.lost_before = 0;
    if (next.start)
        next.start = after_samples(*next.start, static_cast<double>(kept_ - segment_kept_), rate_hz_);
    begin_capture(next);
}

Status Recorder::write_meta(bool complete)
{
    renewed_ = std::chrono::steady_clock::now();
    ordered_json global = global_;
    global["gacsong:complete"] = complete;
    if (!complete)
        global["gacsong:safe_samples"] = safe_;
    const ordered_json document{{"global", std::move(global)}, {"captures", captures_}, {"annotations", annotations_}};
    return write_atomically(settings_.base + ".sigmf-meta", document.dump(2) + "\n");
}

/// Every few seconds: what is safe is made safe, and said.
Status Recorder::now_and_then()
{
    if (std::chrono::steady_clock::now() - renewed_ < renew_every)
        return {};
    if (free_bytes(settings_.base + ".sigmf-data") < settings_.keep_free)
        return failure("output.full", {{"file", settings_.base + ".sigmf-data"}}, Fault::output);
    const auto safe = data_->sync();
    if (!safe)
        return tl::unexpected(safe.error());
    safe_ = *safe / width_;
    follow();
    return write_meta(false);
}

Status Recorder::write(const Block& block)
{
    std::span<const std::byte> bytes = block.bytes;
    taken_ += bytes.size() / width_;
    if (failed_ || full_)
        return {};
    if (block.begins && block.first_sample > 0) {
        begin_capture(*block.begins);
        if (const Status written = write_meta(false); !written) {
            failed_ = true;
            return written;
        }
    }
    if (settings_.most_bytes && data_->size() + bytes.size() >= *settings_.most_bytes) {
        const std::uint64_t room = *settings_.most_bytes - std::min(*settings_.most_bytes, data_->size());
        bytes = bytes.first(std::min<std::uint64_t>(bytes.size(), room) / width_ * width_);
        full_ = true;
    }
    const Status written = data_->write(bytes).and_then([&] {
        kept_ += bytes.size() / width_;
        hash_.add(bytes);
        return now_and_then();
    });
    failed_ = !written;
    return written;
}

Result<RecordingEnd> Recorder::close()
{
    const std::uint64_t held = data_->size();
    const auto length = data_->close();
    RecordingEnd end;
    end.meta_path = settings_.base + ".sigmf-meta";
    end.taken = taken_;
    end.gaps = gaps_;
    end.samples = (length ? *length : std::min(held, safe_ * width_)) / width_;
    const bool whole = length && *length == kept_ * width_;
    if (whole)
        global_["core:sha512"] = end.sha512 = hash_.hex();
    if (const Status written = write_meta(whole); !written)
        return tl::unexpected(written.error());
    if (!length)
        return tl::unexpected(length.error());
    return end;
}

} // namespace gacsong::sdr
