// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/clock.hpp"
#include "apps/gacsong/commands/compared_files.hpp"
#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/commands/position_feed.hpp"
#include "apps/gacsong/commands/scan_sinks.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/level/levels.hpp"
#include "apps/gacsong/recording/event_recordings.hpp"
#include "apps/gacsong/recording/recording.hpp"
#include "detect/line/line.hpp"
#include "report/clips/clips_sink.hpp"
#include "report/helpers/installed_programs.hpp"

#include <algorithm>

namespace gacsong::app {
namespace {

/// A stream may never end, nor may what is in it: what has been on for so long is told of before it ends.
constexpr double announce_after_s = 2.0;

/// One scan command: its inputs, one after the other, through the same outputs.
class Scan {
public:
    Scan(const Arguments& arguments, Session& session, const Comparison& comparison, const SinkContext& sinks)
        : arguments_(arguments), session_(session), context_(comparison.context),
          sinks_(make_sinks(sinks, comparison.problems)), gpsd_(gpsd_of(arguments))
    {
        for (const auto& sink : sinks_)
            views_.push_back(sink.get());
        session_.out().when_closed([this] { interrupt_.stop(); });
    }

    ~Scan() { session_.out().when_closed({}); }
    Scan(const Scan&) = delete;
    Scan& operator=(const Scan&) = delete;

    int run()
    {
        int result = status::done;
        for (const std::string& input : arguments_.words) {
            if (interrupt_.token().stop_requested())
                break;
            result = worse(result, scan(input));
        }
        failed_ = failed_ || std::ranges::any_of(sinks_, [](const auto& sink) { return sink->failed(); });
        if (failed_)
            result = worse(result, status::failed);
        return interrupt_.interrupted() ? status::interrupted : result;
    }

private:
    /// What needs the samples of one input; appended to `views`.
    std::vector<std::unique_ptr<WatchedSink>> sinks_of_input(const SegmentTap& source, const History& history,
                                                             std::vector<Sink*>& views,
                                                             std::shared_ptr<ReceiverTrack> track) const
    {
        std::vector<std::unique_ptr<WatchedSink>> own;
        if (arguments_.clips) {
            ClipSettings settings{*arguments_.clips, "gacsong " GACSONG_VERSION};
            const auto warn = [all = views_](const Message& message) {
                for (Sink* sink : all)
                    static_cast<void>(sink->warning(message));
            };
            own.push_back(std::make_unique<WatchedSink>(
                std::make_unique<ClipsSink>(settings, source, history, session_.words(), warn), no_preface_));
        }
        for (const auto& sink : own)
            views.push_back(sink.get());
        if (gpsd_) {
            own.push_back(std::make_unique<WatchedSink>(std::make_unique<PositionFeed>(gpsd_, views, std::move(track)),
                                                        no_preface_));
            views.push_back(own.back().get());
        }
        return own;
    }

    int scan(const std::string& input)
    {
        auto ready = open_input(arguments_, input, interrupt_.token());
        if (!ready)
            return interrupt_.interrupted() ? status::interrupted : session_.fail(ready.error());
        sdr::Opened& opened = ready->opened;
        SegmentTap source(*opened.source);
        if (const auto place = first_place(arguments_, gpsd_.get(), interrupt_.token()))
            source.set_place(place->latitude, place->longitude);
        std::unique_ptr<RecordingBeside> recording;
        std::unique_ptr<EventRecordings> events;
        if (arguments_.record && !arguments_.trigger.empty()) {
            auto started = EventRecordings::start(arguments_, ready->link, gpsd_, session_.words());
            if (!started)
                return session_.fail(started.error());
            events = std::move(*started);
        } else if (arguments_.record) {
            auto started = RecordingBeside::start(arguments_, ready->link, gpsd_);
            if (!started)
                return session_.fail(started.error());
            recording = std::move(*started);
        }
        KnownLevels levels;
        if (ready->link) {
            levels = known_levels(ready->link->facts());
            if (levels.note)
                ready->link->note(*levels.note);
        }
        const auto track = gpsd_ ? std::make_shared<ReceiverTrack>() : nullptr;
        const Judge judge(with_levels(context_at(context_, source.info(), track), levels));
        LineSettings settings = line_settings(arguments_);
        settings.helpers = &helpers_;
        if (!opened.source->info().length)
            settings.announce_after_s = announce_after_s;
        if (ready->link) {
            if (const auto said = use_calibration(ready->link->facts(), *opened.source->info().start, settings))
                ready->link->note(*said);
        }
        LevelledSinks levelled(std::move(levels.calibration));
        std::vector<Sink*> views = views_;
        const auto own = sinks_of_input(source, *opened.history, views, track);
        if (events)
            views.push_back(events.get());
        const auto end = run_line(source, *opened.history, judge, settings, levelled.before(views), interrupt_.token());
        failed_ = failed_ || std::ranges::any_of(own, [](const auto& sink) { return sink->failed(); });
        int result = status::done;
        if ((recording && !recording->finish()) || (events && !events->finish()))
            result = status::failed;
        for (const Message& note : opened.source->take_notes())
            session_.warn(note);
        if (!end)
            return session_.fail(end.error());
        // A file that is shorter than its header promises was read to its end; anything else broke off.
        if (!end->complete && !end->interrupted && !opened.source->shortfall())
            return session_.fail({end->why.value_or(Message("end.partial")), Fault::input});
        return worse(result, end->findings > 0 && arguments_.fail_on_findings ? status::findings : status::done);
    }

    const Arguments& arguments_;
    Session& session_;
    Interrupt interrupt_; // before the first thread
    InstalledPrograms helpers_;
    std::shared_ptr<const JudgeContext> context_;
    std::vector<std::unique_ptr<WatchedSink>> sinks_;
    std::vector<Sink*> views_;
    const std::vector<Message> no_preface_;
    const std::shared_ptr<sdr::GpsdClient> gpsd_;
    bool failed_ = false; ///< an output could not be written
};

} // namespace

int run_scan(const Arguments& arguments, Session& session)
{
    const auto comparison = load_comparison(arguments.settings);
    if (!comparison)
        return session.fail(comparison.error());
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return session.fail(vi ? en.error() : vi.error());
    int result = status::done;
    auto store = usable_store(arguments, session, result);
    if (result == status::usage)
        return result;
    const Comparison with_memory = remembering(*comparison, store);
    Scan scan(
        arguments, session, with_memory,
        {arguments, session, *vi, *en, std::move(store), compared_files(arguments.settings, *with_memory.context)});
    return worse(result, scan.run());
}

} // namespace gacsong::app
