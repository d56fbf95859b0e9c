// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/session.hpp"

#include "detect/line/line.hpp"
#include "detect/rules/judge.hpp"
#include "gui/session/taps.hpp"
#include "sdr/receivers/live_source.hpp"

#include <algorithm>
#include <set>

namespace gacsong::gui {
namespace {

constexpr int news_interval_ms = 33;
/// A receiver may go on for ever: what has been on for so long is shown before it ends.
constexpr double announce_after_s = 2.0;
constexpr double stated_clock_ppm = 2.0; ///< left of a clock error that was corrected

bool finished(const Tile& tile)
{
    return std::ranges::none_of(tile.state,
                                [](RowState state) { return state == RowState::empty || state == RowState::rough; });
}

std::shared_ptr<const JudgeContext> context_at(const Comparison& comparison, const StreamInfo& stream)
{
    if (comparison.context->place || !stream.latitude || !stream.longitude)
        return comparison.context;
    auto with_place = std::make_shared<JudgeContext>(*comparison.context);
    with_place->place = Place{*stream.latitude, *stream.longitude};
    return with_place;
}

LineSettings line_settings(std::optional<double> ppm, bool endless)
{
    LineSettings settings;
    settings.program = "gacsong " GACSONG_VERSION;
    // One core stays free for the window and its rows.
    settings.threads = std::max(1U, std::thread::hardware_concurrency() - 1);
    if (endless)
        settings.announce_after_s = announce_after_s;
    if (ppm) {
        settings.clock_known = true;
        settings.clock_ppm = stated_clock_ppm;
        settings.clock_correction_ppm = *ppm;
    }
    return settings;
}

} // namespace

Session::Session(LoadComparison load, QObject* parent) : QObject(parent), load_(std::move(load))
{
    pace_.setSingleShot(true);
    pace_.setInterval(news_interval_ms);
    connect(&pace_, &QTimer::timeout, this, &Session::collect);
}

Session::~Session() { stop(); }

void Session::stop()
{
    {
        const std::lock_guard lock(mutex_);
        ++number_;
        news_ = {};
    }
    server_.reset();
    plotter_ = {};
    clipper_ = {};
    worker_ = {};
    if (phase_ == Phase::opening || phase_ == Phase::scanning)
        phase_ = recording_ ? Phase::done : Phase::empty;
}

void Session::open(const std::string& path, const sdr::InputFlags& flags) { start({path, flags, std::nullopt}); }

void Session::listen(const std::string& address, const sdr::ReceiverSettings& settings)
{
    start({address, {}, settings});
}

void Session::start(Input input)
{
    stop();
    path_ = input.path;
    recording_.reset();
    error_.reset();
    run_ = {};
    end_.reset();
    analysed_ = 0.0;
    emissions_.clear();
    places_.clear();
    segments_.clear();
    findings_.clear();
    stored_run_.reset();
    dangers_.clear();
    cells_.clear();
    searched_.clear();
    gaps_.clear();
    noise_.clear();
    warnings_.clear();
    tiles_.clear();
    hold_.clear();
    phase_ = Phase::opening;
    Q_EMIT opening();
    worker_ = std::jthread([this, task = Task{std::move(input), load_, files_, ppm_, calibration_, levels_, store_,
                                              number_}](const std::stop_token& token) { work(token, task); });
}

Result<OpenRecording> Session::open_input(const Input& input, std::unique_ptr<SampleSource>& source,
                                          const std::stop_token& stop) const
{
    OpenRecording recording;
    recording.path = input.path;
    recording.flags = input.flags;
    recording.receiver = input.receiver;
    std::vector<Segment> segments;
    if (input.receiver) {
        auto link = sdr::ReceiverLink::open(*input.receiver);
        if (!link)
            return tl::unexpected(link.error());
        recording.link = *link;
        auto opened = sdr::open_live(*link, input.path, {stop, std::nullopt});
        source = std::move(opened.source);
        recording.history = std::move(opened.history);
    } else {
        const auto inspection = sdr::inspect_recording(input.path, input.flags);
        if (!inspection)
            return tl::unexpected(inspection.error());
        auto opened = sdr::open_recording(input.path, input.flags);
        if (!opened)
            return tl::unexpected(opened.error());
        segments = inspection->segments;
        source = std::move(opened->source);
        recording.history = std::move(opened->history);
    }
    recording.stream = source->info();
    const std::uint64_t length = input.receiver ? 0 : recording.history->end();
    recording.timeline = Timeline(segments, length, recording.stream.sample_rate_hz);
    return recording;
}

std::unique_ptr<Sink> Session::tap() { return std::make_unique<Tap>(*this, number_); }

void Session::work(const std::stop_token& stop, const Task& task)
{
    const auto fail = [&](const Error& error) { tell(task.number, [&](News& news) { news.error = error; }); };
    std::unique_ptr<SampleSource> source;
    auto recording = open_input(task.input, source, stop);
    if (!recording)
        return fail(recording.error());
    const auto comparison = task.load(task.files);
    if (!comparison)
        return fail(comparison.error());
    KnownLevels levels;
    if (recording->live() && task.levels)
        levels = task.levels(recording->link->facts());
    if (levels.calibration)
        recording->levels = std::make_shared<const sdr::LevelCalibration>(*levels.calibration);
    recording->context = with_levels(context_at(*comparison, recording->stream), levels);
    const Judge judge(recording->context);
    tell(task.number, [&](News& news) {
        news.recording = *recording;
        news.warnings = comparison->problems;
    });
    const bool live = task.input.receiver.has_value();
    if (live)
        source = std::make_unique<Followed>(*this, task.number, std::move(source));
    std::optional<StoreSink> store;
    std::vector<Sink*> sinks;
    if (task.store) {
        sinks.push_back(&store.emplace(*task.store));
        store->set_compared_with(comparison->files);
    }
    // After the store: at the end it knows whether the run stands there.
    Tap tap(*this, task.number, store ? &*store : nullptr);
    sinks.push_back(&tap);
    LineSettings settings = line_settings(task.ppm, live);
    if (live && task.calibration)
        if (const auto said =
                task.calibration(recording->link->facts(), recording->stream.start.value_or(Instant{}), settings))
            recording->link->note(*said);
    if (levels.note)
        recording->link->note(*levels.note);
    LevelledSinks levelled(std::move(levels.calibration));
    const auto end = run_line(*source, *recording->history, judge, settings, levelled.before(sinks), stop);
    if (!end)
        fail(end.error());
}

void Session::request_plots(int row)
{
    plotter_ = {};
    plots_ = {};
    if (!recording_ || row < 0 || row >= static_cast<int>(emissions_.size()))
        return;
    plotter_ =
        std::jthread([this, row, emission = emissions_[static_cast<std::size_t>(row)], history = recording_->history,
                      timeline = recording_->timeline](const std::stop_token& token) {
            picture::EmissionPlots plots = picture::make_plots(emission, *history, timeline, token);
            if (token.stop_requested())
                return;
            QMetaObject::invokeMethod(
                this,
                [this, row, made = std::move(plots)] {
                    plots_ = made;
                    Q_EMIT plots_ready(row);
                },
                Qt::QueuedConnection);
        });
}

void Session::save_clip(int row, const std::filesystem::path& path, const Wording& words)
{
    if (!recording_ || row < 0 || row >= static_cast<int>(emissions_.size()))
        return;
    const Emission& emission = emissions_[static_cast<std::size_t>(row)];
    std::vector<std::string> rules;
    for (const Finding& finding : findings_of(emission.id))
        rules.push_back(finding.rule);
    clipper_ =
        std::jthread([this, path, emission, rules, words, history = recording_->history,
                      timeline = recording_->timeline, stream = recording_->stream](const std::stop_token& token) {
            ClipSource source{.stream = stream, .timeline = timeline, .history = history.get(), .program = {}};
            source.program = "gacsong " GACSONG_VERSION;
            auto result = write_clip(source, emission, rules, path, words, token);
            if (token.stop_requested())
                return;
            QMetaObject::invokeMethod(
                this,
                [this, made = std::move(result)] {
                    clip_ = made;
                    Q_EMIT clip_saved();
                },
                Qt::QueuedConnection);
        });
}

std::vector<Finding> Session::findings_of(const std::string& emission) const
{
    std::vector<Finding> all;
    const auto [from, to] = findings_.equal_range(emission);
    std::transform(from, to, std::back_inserter(all), [](const auto& item) { return item.second; });
    return all;
}

void Session::want(const std::vector<Range>& ranges)
{
    if (!server_)
        return;
    const double rate = recording_->timeline.sample_rate_hz();
    std::vector<TileKey> keys;
    std::set<TileKey> seen;
    // A receiver's samples are at hand for some seconds only.
    const History& history = *recording_->history;
    const double kept_s = static_cast<double>(history.end() - history.first()) / rate;
    const bool forgets = recording_->live() && history.first() > 0;
    const double oldest_s = forgets ? recording_->timeline.duration_s() - kept_s + 0.5 : 0.0;
    for (const Range& range : ranges) {
        const double from = std::max({0.0, range.from_s, oldest_s});
        const double to = std::min(recording_->timeline.duration_s(), range.to_s);
        const TileKey last = tile_at(range.grid, static_cast<std::int64_t>(to * rate));
        for (TileKey key = tile_at(range.grid, static_cast<std::int64_t>(from * rate));
             from < to && key.index <= last.index; ++key.index) {
            const Tile* tile = tiles_.tile(key);
            if ((tile == nullptr || !finished(*tile)) && seen.insert(key).second)
                keys.push_back(key);
        }
    }
    if (!keys.empty())
        server_->want(std::move(keys));
}

} // namespace gacsong::gui
