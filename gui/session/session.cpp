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

LineSettings line_settings(std::optional<double> ppm)
{
    LineSettings settings;
    settings.program = "gacsong " GACSONG_VERSION;
    // One core stays free for the window and its rows.
    settings.threads = std::max(1U, std::thread::hardware_concurrency() - 1);
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
    gaps_.clear();
    warnings_.clear();
    tiles_.clear();
    hold_.clear();
    phase_ = Phase::opening;
    Q_EMIT opening();
    worker_ = std::jthread([this, what = std::move(input), load = load_, files = files_, ppm = ppm_, number = number_](
                               const std::stop_token& token) { work(token, what, load, files, ppm, number); });
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

void Session::work(const std::stop_token& stop, const Input& input, const LoadComparison& load,
                   const ComparisonFiles& files, std::optional<double> ppm, std::uint64_t number)
{
    const auto fail = [&](const Error& error) { tell(number, [&](News& news) { news.error = error; }); };
    std::unique_ptr<SampleSource> source;
    auto recording = open_input(input, source, stop);
    if (!recording)
        return fail(recording.error());
    const auto comparison = load(files);
    if (!comparison)
        return fail(comparison.error());
    recording->context = context_at(*comparison, recording->stream);
    const Judge judge(recording->context);
    tell(number, [&](News& news) {
        news.recording = *recording;
        news.warnings = comparison->problems;
    });
    if (input.receiver)
        source = std::make_unique<Followed>(*this, number, std::move(source));
    Tap tap(*this, number);
    Sink* const sinks[] = {&tap};
    const auto end = run_line(*source, *recording->history, judge, line_settings(ppm), sinks, stop);
    if (!end)
        fail(end.error());
}

void Session::take_tiles(std::vector<TilePtr> tiles)
{
    for (TilePtr& tile : tiles) {
        auto& hold = hold_[tile->key.log2_bins];
        hold.resize(tile->bins(), Tile::nothing);
        for (std::size_t row = 0; row < Tile::rows; ++row) {
            if (tile->state[row] != RowState::rough && tile->state[row] != RowState::whole)
                continue;
            const auto levels = tile->row(tile->maximum, row);
            std::ranges::transform(levels, hold, hold.begin(), [](auto a, auto b) { return std::max(a, b); });
        }
        tiles_.put(std::move(tile));
    }
}

void Session::collect()
{
    News news;
    {
        const std::lock_guard lock(mutex_);
        std::swap(news, news_);
        news_.analysed = news.analysed;
        announced_ = false;
    }
    const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(gaps_, news.gaps);
    const auto first_warning = static_cast<int>(warnings_.size());
    append(warnings_, news.warnings);
    if (news.run)
        run_ = std::move(*news.run);
    if (news.recording) {
        recording_ = std::move(news.recording);
        phase_ = Phase::scanning;
        server_ = std::make_unique<TileServer>(recording_->history, recording_->timeline,
                                               [this, number = number_](TilePtr tile) {
                                                   tell(number, [&](News& to) { to.tiles.push_back(std::move(tile)); });
                                               });
        Q_EMIT opened();
    }
    if (news.stored_end > 0 || !news.segments.empty())
        take_growth(news);
    if (!news.tiles.empty()) {
        take_tiles(std::move(news.tiles));
        Q_EMIT rows_changed();
    }
    for (const Seen& seen : news.emissions)
        findings_.erase(seen.emission.id);
    for (const Seen& seen : news.emissions)
        for (const Finding& finding : seen.findings)
            findings_.emplace(finding.subject, finding);
    for (Finding& finding : news.findings)
        findings_.emplace(finding.subject, std::move(finding));
    if (!news.emissions.empty())
        take_emissions(std::move(news.emissions));
    if (news.analysed > analysed_) {
        analysed_ = news.analysed;
        Q_EMIT progressed();
    }
    if (!news.warnings.empty())
        Q_EMIT warned(first_warning);
    if (news.error) {
        error_ = std::move(news.error);
        phase_ = recording_ ? Phase::done : Phase::failed;
        Q_EMIT failed();
    }
    if (news.end) {
        end_ = std::move(news.end);
        phase_ = Phase::done;
        analysed_ = end_->complete ? 1.0 : analysed_;
        Q_EMIT ended();
    }
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

void Session::mark_ignored(int row, const std::string& reason, std::optional<Instant> until)
{
    Emission& emission = emissions_[static_cast<std::size_t>(row)];
    const Quantity center{emission.center_hz.value_or(emission.offset_hz), Unit::frequency,
                          emission.uncertainty.center_hz};
    Message line("verdict.ignored.line", {{"center", center}, {"reason", reason}});
    if (until)
        line.arguments.push_back({"until", *until});
    else
        line.arguments.push_back({"until", std::vector<Message>{Message("ignored.no_end")}});
    emission.verdict = Verdict::ignored;
    emission.reasons = {{"ignored", std::move(line), {}}};
    findings_.erase(emission.id);
    Q_EMIT emission_changed(row);
}

void Session::take_emissions(std::vector<Seen> seen)
{
    const auto first = static_cast<int>(emissions_.size());
    std::set<std::size_t> changed;
    for (Seen& one : seen) {
        const auto [place, fresh] = places_.emplace(one.emission.id, emissions_.size());
        if (fresh) {
            emissions_.push_back(std::move(one.emission));
        } else {
            emissions_[place->second] = std::move(one.emission);
            changed.insert(place->second);
        }
    }
    if (static_cast<int>(emissions_.size()) > first)
        Q_EMIT emissions_added(first, static_cast<int>(emissions_.size()) - first);
    for (const std::size_t row : changed)
        Q_EMIT emission_changed(static_cast<int>(row));
}

void Session::take_growth(const News& news)
{
    if (!recording_ || !recording_->live())
        return;
    segments_.insert(segments_.end(), news.segments.begin(), news.segments.end());
    const Timeline& old = recording_->timeline;
    const std::uint64_t before = old.stretches().empty() ? 0
                                                         : old.stretches().back().stored +
                                                               static_cast<std::uint64_t>(old.stretches().back().count);
    recording_->timeline = Timeline(segments_, std::max(before, news.stored_end), recording_->stream.sample_rate_hz);
    if (server_)
        server_->grow(recording_->timeline);
    Q_EMIT grown();
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
