// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/recording/event_recordings.hpp"

#include "apps/gacsong/recording/recording.hpp"
#include "report/annotate/annotation.hpp"
#include "report/clips/clip.hpp"
#include "sdr/receivers/live_source.hpp"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

namespace gacsong::app {
namespace {

constexpr double piece_s = 0.02;     ///< a recording begins and ends with a piece of this length
constexpr double told_after_s = 3.0; ///< from the beginning of an event until it is told of, at the latest

} // namespace

double events_memory_s(const EventTimes& times) { return (times.before_s + told_after_s) / events_lag + 1.0; }

Result<std::unique_ptr<EventRecordings>> EventRecordings::start(const Arguments& arguments,
                                                                std::shared_ptr<sdr::ReceiverLink> link,
                                                                std::shared_ptr<sdr::GpsdClient> gpsd,
                                                                const Wording& words)
{
    const double memory_s = static_cast<double>(link->ring().capacity()) / link->facts().rate_hz;
    const double lag_s = events_lag * memory_s;
    const double room_s = lag_s - told_after_s;
    if (arguments.events.before_s > room_s)
        return failure("record.memory",
                       {{"before", Quantity{arguments.events.before_s, Unit::seconds}},
                        {"most", Quantity{std::max(0.0, std::floor(room_s)), Unit::seconds}}},
                       Fault::usage);
    std::error_code error;
    std::filesystem::create_directories(*arguments.record, error);
    if (error)
        return failure("output.write", {{"file", *arguments.record}, {"why", error.message()}}, Fault::output);
    auto opened = sdr::open_live(link, link->facts().name, {{}, arguments.stop_after_s, true, {}});
    return std::unique_ptr<EventRecordings>(
        new EventRecordings(arguments, std::move(opened.source), std::move(link), std::move(gpsd), words, lag_s));
}

EventRecordings::EventRecordings(const Arguments& arguments, std::unique_ptr<SampleSource> source,
                                 std::shared_ptr<sdr::ReceiverLink> link, std::shared_ptr<sdr::GpsdClient> gpsd,
                                 const Wording& words, double lag_s)
    : arguments_(arguments), link_(std::move(link)), gpsd_(std::move(gpsd)), words_(words),
      findings_only_(arguments.trigger == "findings"), lag_s_(lag_s), wanted_(arguments.events),
      source_(std::move(source)), thread_([this] { work(); })
{
}

EventRecordings::~EventRecordings() { finish(); }

// --- in the thread of the scan

Status EventRecordings::started(const Emission& emission, std::span<const Finding> findings)
{
    if (findings_only_ && findings.empty())
        return {};
    WantedEvent event{emission, {}, false};
    for (const Finding& finding : findings)
        event.rules.push_back(finding.rule);
    const std::lock_guard lock(mutex_);
    wanted_.tell(std::move(event));
    return {};
}

Status EventRecordings::emission(const Emission& emission)
{
    last_ = emission;
    const std::lock_guard lock(mutex_);
    if (!findings_only_ || wanted_.knows(emission.id))
        wanted_.tell({emission, {}, true});
    return {};
}

Status EventRecordings::finding(const Finding& finding)
{
    if (!findings_only_ || !last_ || finding.subject != last_->id)
        return {};
    const Emission emission = *std::exchange(last_, std::nullopt); // one that is over already is there twice, no harm
    const std::lock_guard lock(mutex_);
    wanted_.tell({emission, {finding.rule}, true});
    return {};
}

Status EventRecordings::withdrawn(const std::string& id, const Message& /*why*/)
{
    const std::lock_guard lock(mutex_);
    wanted_.end(id, known_s_);
    return {};
}

Status EventRecordings::gap(const Gap& gap)
{
    if (gap.why != "not-finite") // those stand in the stream
        lost_s_ += static_cast<double>(gap.samples) / link_->facts().rate_hz;
    return {};
}

void EventRecordings::progress(const Progress& progress)
{
    done_s_ = progress.done_s;
    reach(done_s_ + lost_s_);
}

Status EventRecordings::end(const End& /*end*/)
{
    const std::lock_guard lock(mutex_);
    wanted_.end_all(known_s_);
    ended_ = true;
    moved_.notify_all();
    return {};
}

void EventRecordings::reach(double known_s)
{
    const std::lock_guard lock(mutex_);
    known_s_ = std::max(known_s_, known_s);
    moved_.notify_all();
}

bool EventRecordings::finish()
{
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        moved_.notify_all();
    }
    if (thread_.joinable())
        thread_.join();
    return good_;
}

// --- in its own

/// Waits until it is known whether a moment is wanted; false where nothing more is to come.
bool EventRecordings::wait_for(double at_s)
{
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return ended_ || known_s_ >= at_s + lag_s_; });
    return !ended_ || at_s < known_s_;
}

Status EventRecordings::start_recording(const WantedEvent& event, const Block& block)
{
    Arguments named = arguments_;
    named.record = (std::filesystem::path(*arguments_.record) / clip_name(event.emission)).string();
    recorded_ = source_->info();
    recorded_.center_hz = segment_.center_hz;
    if (segment_.start)
        recorded_.start = Instant{segment_.start->unix_ns +
                                  std::llround(1e9 * static_cast<double>(block.first_sample - segment_.first_sample) /
                                               recorded_.sample_rate_hz)};
    auto recorder = sdr::Recorder::create(recorded_, recorder_settings(named, recorded_, link_.get(), gpsd_));
    if (!recorder)
        return tl::unexpected(recorder.error());
    recorder_ = std::move(*recorder);
    recorded_from_s_ = at_s_;
    lost_inside_ = 0;
    return {};
}

Status EventRecordings::close()
{
    const auto recorder = std::exchange(recorder_, nullptr);
    if (!recorder)
        return {};
    std::vector<WantedEvent> events;
    {
        const std::lock_guard lock(mutex_);
        events = wanted_.within(recorded_from_s_, at_s_);
        wanted_.forget_before(at_s_);
    }
    const double rate_hz = recorded_.sample_rate_hz;
    const double most = std::max(0.0, (at_s_ - recorded_from_s_) * rate_hz - static_cast<double>(lost_inside_) - 1.0);
    for (const WantedEvent& event : events) {
        const auto sample = [&](double when_s) {
            return static_cast<std::uint64_t>(std::clamp((when_s - recorded_from_s_) * rate_hz, 0.0, most));
        };
        AnnotationPlace place;
        place.sample_start = sample(event.emission.start_s);
        place.sample_count = std::max<std::uint64_t>(1, sample(event.emission.end_s) - place.sample_start);
        place.frequency_hz = recorded_.center_hz;
        recorder->annotate(annotation(event.emission, place, event.rules, "gacsong " GACSONG_VERSION, words_));
    }
    const auto end = recorder->close();
    if (!end)
        return tl::unexpected(end.error());
    link_->note(Message("record.done", {{"file", end->meta_path},
                                        {"n", static_cast<std::int64_t>(end->samples)},
                                        {"gaps", static_cast<std::int64_t>(end->gaps)}}));
    return {};
}

Status EventRecordings::take(const Block& block)
{
    const double rate_hz = source_->info().sample_rate_hz;
    if (block.begins) {
        segment_ = *block.begins;
        read_lost_ += segment_.lost_before;
        lost_inside_ += segment_.lost_before;
    }
    const double from_s = static_cast<double>(block.first_sample + read_lost_) / rate_hz;
    at_s_ = from_s;
    std::optional<WantedEvent> event;
    {
        const std::lock_guard lock(mutex_);
        if (const WantedEvent* first = wanted_.first_at(from_s))
            event = *first;
        else if (!recorder_)
            wanted_.forget_before(from_s);
    }
    if (recorder_ && (!event || recorder_->full())) {
        if (Status closed = close(); !closed)
            return closed;
    }
    if (!event)
        return {};
    Block part = block;
    if (!recorder_) {
        if (Status begun = start_recording(*event, block); !begun)
            return begun;
        part.begins.reset(); // it is the recording's own beginning
    }
    return recorder_->write(part);
}

void EventRecordings::work()
{
    const double rate_hz = source_->info().sample_rate_hz;
    const auto piece = std::max<std::size_t>(1, static_cast<std::size_t>(piece_s * rate_hz));
    double next_s = 0.0;
    Status status;
    while (status && wait_for(next_s)) {
        const auto next = source_->next(piece);
        if (!next || !*next)
            break;
        const Block& block = **next;
        if (block.bytes.empty())
            continue;
        status = take(block);
        next_s = at_s_ + static_cast<double>(block.bytes.size() / source_->info().format.bytes_per_sample()) / rate_hz;
        at_s_ = next_s;
    }
    if (status)
        status = close();
    else
        static_cast<void>(recorder_ ? recorder_->close() : Result<sdr::RecordingEnd>());
    if (!status) {
        good_ = false;
        link_->note(stopped(status.error()));
    }
    source_.reset(); // a writer that waits need not wait for this one any more
}

} // namespace gacsong::app
