// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/line.hpp"

#include "detect/line/announcements.hpp"
#include "detect/line/cell_teller.hpp"
#include "detect/line/cell_watch.hpp"
#include "detect/line/emission_maker.hpp"
#include "detect/line/outlet.hpp"
#include "detect/line/settings_text.hpp"
#include "detect/line/slabs.hpp"
#include "detect/line/worker_pool.hpp"
#include "detect/spectral/detector.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gacsong {

namespace {

using detect::Outlet;
using detect::Slab;
using detect::SlabSpectra;
using Pool = detect::OrderedPool<detect::SlabWorker, Slab, SlabSpectra>;

constexpr std::uint64_t least_frames = 16; ///< frame lengths below which nothing can be told from noise
constexpr double most_bridged_s = 2.0;     ///< of missing samples that a transmission may be taken to go on through
constexpr std::size_t most_artefacts_told = 20; ///< a run with more of them has one cause

/// One scan of one source.
class LineRun {
public:
    LineRun(SampleSource& source, const History& history, const Judge& judge, const LineSettings& settings,
            std::span<Sink* const> sinks, std::stop_token stop)
        : source_(source), info_(source.info()), history_(history), judge_(judge), settings_(settings), outlet_(sinks),
          stop_(std::move(stop))
    {
    }

    Result<End> run();

private:
    Status scan();
    void scan_segment(detect::SlabReader& reader);
    void feed(detect::SlabReader& reader, const detect::Resolutions& resolutions, Pool& pool,
              detect::Detector& detector);
    [[nodiscard]] bool goes_on(const detect::SlabReader& reader) const;
    void let_go();
    void start_searchers();
    void search_cells(const Slab& slab)
    {
        cells_.add(std::span(slab.bytes).first(slab.samples * info_.format.bytes_per_sample()),
                   seconds(segment_.first_sample + lost_ + slab.first_sample + slab.samples), end_);
    }
    void count_only(detect::SlabReader& reader, const detect::Resolutions& resolutions);
    void take(detect::Detector& detector, std::vector<SlabSpectra>& window, SlabSpectra spectra,
              const detect::Resolutions& resolutions);
    void give_out(detect::Detector& detector, bool all);
    void give_out(const detect::Track& track, Emission emission);
    void tell_artefacts(const std::vector<detect::Artefact>& artefacts);
    void begin();
    void announce(detect::Detector& detector);
    void withdraw(const std::vector<detect::Announcements::Told>& told);
    void tell_notes();
    void look(detect::Detector& detector, const std::vector<SlabSpectra>& window);
    void gap(double at_s, std::uint64_t samples, const std::string& why);
    [[nodiscard]] double seconds(std::uint64_t sample) const
    {
        return static_cast<double>(sample) / info_.sample_rate_hz;
    }

    SampleSource& source_;
    const StreamInfo& info_;
    const History& history_;
    const Judge& judge_;
    const LineSettings& settings_;
    Outlet outlet_;
    std::stop_token stop_;
    detect::SlabSpares spares_;
    Segment segment_;
    std::uint64_t lost_ = 0; ///< samples known to be lost before the segment
    std::uint64_t done_ = 0; ///< samples scanned
    std::uint64_t clipped_ = 0;
    std::size_t artefacts_told_ = 0;
    detect::Announcements announcements_;
    std::unique_ptr<detect::Detector> before_; ///< of the segment before, where its tracks may go on
    End end_;
    detect::CellTeller teller_{judge_, info_, outlet_};
    detect::CellCarriers carriers_;
    detect::EmissionMaker maker_{info_, history_, settings_};
    detect::CellWatch cells_{teller_, settings_.announce_after_s.has_value()};
};

void LineRun::begin()
{
    Run run;
    run.program = settings_.program;
    run.stream = info_;
    run.plan = judge_.plan_edition();
    run.register_name = judge_.register_name();
    run.settings = detect::settings_text(detect::choose_resolutions(info_.sample_rate_hz, info_.length));
    outlet_.tell([&](Sink& sink) { return sink.begin(run); });
    std::vector<Message> notes = info_.warnings;
    for (auto& note : judge_.begin(info_))
        notes.push_back(std::move(note));
    if (!settings_.clock_known && info_.center_hz) {
        const double error = *info_.center_hz * settings_.clock_ppm * 1e-6;
        notes.push_back(Message("warn.clock", {{"ppm", Quantity{settings_.clock_ppm, Unit::none}},
                                               {"u_center", Quantity{error, Unit::bandwidth}},
                                               {"center", Quantity{*info_.center_hz, Unit::frequency, 1e3}}}));
    }
    for (const auto& note : notes)
        outlet_.tell([&](Sink& sink) { return sink.warning(note); });
}

void LineRun::tell_notes()
{
    for (const auto& note : source_.take_notes())
        outlet_.tell([&](Sink& sink) { return sink.warning(note); });
    if (!info_.length) // also while nothing comes: the line is alive
        outlet_.progress({seconds(done_), std::nullopt, end_.emissions});
}

void LineRun::gap(double at_s, std::uint64_t samples, const std::string& why)
{
    ++end_.gaps;
    const Gap gap{at_s, samples, why};
    outlet_.tell([&](Sink& sink) { return sink.gap(gap); });
}

void LineRun::tell_artefacts(const std::vector<detect::Artefact>& artefacts)
{
    for (const auto& artefact : artefacts) {
        if (++artefacts_told_ > most_artefacts_told)
            return;
        const double base = segment_.center_hz.value_or(0.0);
        const auto frequency = [&](double offset_hz) { return Quantity{base + offset_hz, Unit::frequency, 1e3}; };
        const bool image = artefact.kind == detect::ArtefactKind::image;
        Message note(image ? "warn.image" : "warn.intermod", {{"center", frequency(artefact.offset_hz)}});
        if (image)
            note.arguments.push_back({"other", frequency(artefact.source_hz)});
        else
            note.arguments.push_back({"step", Quantity{6.0, Unit::db}});
        outlet_.tell([&](Sink& sink) { return sink.warning(note); });
    }
}

/// Tells of what goes on, for those who cannot wait for its end.
void LineRun::announce(detect::Detector& detector)
{
    for (const auto& track : detector.take_begun(*settings_.announce_after_s)) {
        const auto carrier = carriers_.of(track);
        const auto id = !carrier || carrier->main ? announcements_.begin(track) : std::nullopt;
        if (!id)
            continue;
        Emission emission = carrier ? maker_.of_cell(*carrier) : maker_.named(std::span(&track, 1)).front();
        emission.id = *id;
        auto findings = judge_.judge(emission);
        for (auto& finding : findings)
            finding.subject = *id;
        outlet_.tell([&](Sink& sink) { return sink.started(emission, findings); });
    }
    withdraw(announcements_.take_lost(
        [&](const detect::Band& core) { return detector.knows(core) || carriers_.holds(core); }));
}

/// What was told of and turned out to be a part or a product of something stronger never comes as an emission.
void LineRun::withdraw(const std::vector<detect::Announcements::Told>& told)
{
    for (const auto& one : told) {
        const double center = segment_.center_hz.value_or(0.0) + one.core.center();
        const Message why("warn.withdrawn", {{"id", one.id}, {"center", Quantity{center, Unit::frequency, 1e3}}});
        outlet_.tell([&](Sink& sink) { return sink.withdrawn(one.id, why); });
    }
}

/// What has ended, and with `all` what is left of the base stations' carriers as well.
void LineRun::give_out(detect::Detector& detector, bool all)
{
    auto tracks = detector.take_finished();
    tell_artefacts(detector.take_artefacts());
    if (!tracks.empty() || all || settings_.announce_after_s)
        carriers_.add(cells_.heard());
    carriers_.claim(tracks);
    auto emissions = maker_.named(tracks);
    auto claimed = all ? carriers_.take() : std::vector<detect::CellCarriers::Claimed>{};
    std::size_t next = 0;
    const auto before = [](const detect::Track& a, const detect::Track& b) {
        return a.time.start_s != b.time.start_s ? a.time.start_s < b.time.start_s : a.core.low_hz < b.core.low_hz;
    };
    std::ranges::sort(claimed, before, &detect::CellCarriers::Claimed::track);
    for (std::size_t i = 0; i <= tracks.size(); ++i) {
        for (; next < claimed.size() && (i == tracks.size() || before(claimed[next].track, tracks[i])); ++next)
            give_out(claimed[next].track, maker_.of_cell(claimed[next]));
        if (i < tracks.size())
            give_out(tracks[i], std::move(emissions[i]));
    }
    if (settings_.announce_after_s)
        announce(detector);
}

void LineRun::give_out(const detect::Track& track, Emission emission)
{
    emission.id = announcements_.end(track);
    ++end_.emissions;
    auto findings = judge_.judge(emission);
    outlet_.tell([&](Sink& sink) { return sink.emission(emission); });
    for (auto& finding : findings) {
        finding.id = "f" + std::to_string(++end_.findings);
        finding.subject = emission.id;
        outlet_.tell([&](Sink& sink) { return sink.finding(finding); });
    }
}

void LineRun::look(detect::Detector& detector, const std::vector<SlabSpectra>& window)
{
    std::vector<const SlabSpectra*> view;
    for (const auto& slab : window)
        view.push_back(&slab);
    detector.add_window(view);
    outlet_.tell([level = detector.noise()](Sink& sink) { return sink.noise(level); });
}

void LineRun::take(detect::Detector& detector, std::vector<SlabSpectra>& window, SlabSpectra spectra,
                   const detect::Resolutions& resolutions)
{
    done_ += spectra.samples;
    clipped_ += spectra.clipped;
    if (spectra.not_finite > 0) {
        end_.skipped_samples += spectra.not_finite;
        gap(seconds(segment_.first_sample + lost_ + spectra.first_sample), spectra.not_finite, "not-finite");
    }
    window.push_back(std::move(spectra));
    if (window.size() == resolutions.window_slabs) {
        look(detector, window);
        for (auto& slab : window)
            spares_.spectra.give(std::move(slab));
        window.clear();
        give_out(detector, false);
    }
    std::optional<double> total;
    if (info_.length)
        total = seconds(*info_.length);
    outlet_.progress({seconds(done_), total, end_.emissions});
}

void LineRun::feed(detect::SlabReader& reader, const detect::Resolutions& resolutions, Pool& pool,
                   detect::Detector& detector)
{
    // Enough to keep the threads busy while a window is being looked at.
    const std::size_t most_ahead =
        2U * detect::thread_count(settings_.threads) + std::min<std::size_t>(16, resolutions.window_slabs);
    std::vector<SlabSpectra> window;
    for (bool more = true; more && !stop_.stop_requested();) {
        auto slab = reader.next_slab(resolutions);
        more = !slab.last;
        search_cells(slab);
        pool.submit(std::move(slab));
        // What is ready goes on at once: a receiver may take its time with the next slab.
        while (pool.outstanding() >= most_ahead || pool.ready())
            take(detector, window, pool.take(), resolutions);
    }
    while (pool.outstanding() > 0)
        take(detector, window, pool.take(), resolutions);
    if (std::any_of(window.begin(), window.end(), [](const SlabSpectra& s) { return s.narrow.count > 0; }))
        look(detector, window);
    detector.finish();
}

/// Whether what is on when the segment ends may still be on in the next one: same tuning, little missing.
bool LineRun::goes_on(const detect::SlabReader& reader) const
{
    const auto next = reader.coming();
    return next && !stop_.stop_requested() && next->center_hz == segment_.center_hz &&
           static_cast<double>(next->lost_before) <= most_bridged_s * info_.sample_rate_hz;
}

/// Ends what the segments so far have left open.
void LineRun::let_go()
{
    if (!before_)
        return;
    give_out(*before_, true);
    before_.reset();
    carriers_.clear();
    withdraw(announcements_.forget());
}

void LineRun::start_searchers()
{
    if (!settings_.cells)
        return;
    cells_.begin({info_.format, info_.sample_rate_hz, segment_.center_hz, seconds(segment_.first_sample + lost_),
                  segment_.start, settings_.clock_correction_ppm, detect::thread_count(settings_.threads)});
}

/// Reads the segment without looking for emissions.
void LineRun::count_only(detect::SlabReader& reader, const detect::Resolutions& resolutions)
{
    for (bool more = true; more && !stop_.stop_requested();) {
        auto slab = reader.next_slab(resolutions);
        more = !slab.last;
        search_cells(slab);
        done_ += slab.samples;
        spares_.bytes.give(std::move(slab.bytes));
        std::optional<double> total;
        if (info_.length)
            total = seconds(*info_.length);
        outlet_.progress({seconds(done_), total, end_.emissions});
    }
}

void LineRun::scan_segment(detect::SlabReader& reader)
{
    segment_ = reader.segment();
    if (segment_.lost_before > 0) {
        gap(seconds(segment_.first_sample + lost_), segment_.lost_before, segment_.lost_why);
        lost_ += segment_.lost_before;
    }
    maker_.begin(segment_, seconds(segment_.first_sample + lost_));
    const auto length = reader.length_if_shorter(detect::short_input_limit(info_.sample_rate_hz));
    const auto resolutions = detect::choose_resolutions(info_.sample_rate_hz, length);
    start_searchers();
    if (!settings_.emissions) {
        count_only(reader, resolutions);
        cells_.finish();
        return cells_.tell(goes_on(reader), end_);
    }
    if (length && *length < least_frames * resolutions.narrow.bins) {
        count_only(reader, resolutions);
        cells_.finish();
        cells_.tell(goes_on(reader), end_);
        const Message note("warn.short", {{"duration", Quantity{seconds(*length), Unit::seconds}}});
        outlet_.tell([&](Sink& sink) { return sink.warning(note); });
        return;
    }
    Pool pool(detect::thread_count(settings_.threads),
              [&] { return std::make_unique<detect::SlabWorker>(info_.format, resolutions, spares_); });
    auto detector = std::make_unique<detect::Detector>(resolutions, history_, segment_.first_sample,
                                                       seconds(segment_.first_sample + lost_));
    if (before_ && detector->take_over(*before_))
        before_.reset();
    let_go();
    feed(reader, resolutions, pool, *detector);
    before_ = std::move(detector);
    cells_.finish(); // what was decoded names the emissions as well
    const bool more = goes_on(reader);
    if (more)
        carriers_.add(cells_.heard());
    else
        let_go();
    cells_.tell(more, end_);
}

Status LineRun::scan()
{
    const auto sample_at = [&](double at_s) {
        return static_cast<std::uint64_t>(std::llround(std::max(0.0, at_s * info_.sample_rate_hz)));
    };
    const std::uint64_t from = settings_.from_s ? sample_at(*settings_.from_s) : 0;
    const std::uint64_t to = settings_.to_s ? sample_at(*settings_.to_s) : std::numeric_limits<std::uint64_t>::max();
    detect::SlabReader reader(source_, from, to, spares_);
    reader.set_meanwhile([this] { tell_notes(); });
    while (!stop_.stop_requested() && reader.next_segment())
        scan_segment(reader);
    let_go();
    cells_.let_go(end_);
    if (reader.failure())
        return tl::unexpected(*reader.failure());
    return {};
}

Result<End> LineRun::run()
{
    const auto began = std::chrono::steady_clock::now();
    begin();
    const Status status = scan();
    end_.samples = done_;
    if (clipped_ > 0 && done_ > 0 && static_cast<double>(clipped_) > 1e-4 * 2.0 * static_cast<double>(done_)) {
        const double share = static_cast<double>(clipped_) / (2.0 * static_cast<double>(done_));
        const Message note("warn.clipping", {{"percent", Quantity{100.0 * share, Unit::percent}}});
        outlet_.tell([&](Sink& sink) { return sink.warning(note); });
    }
    if (!status) {
        end_.complete = false;
        end_.why = status.error().message;
    } else if (const auto shortfall = source_.shortfall()) {
        end_.complete = false;
        end_.why = *shortfall;
    }
    if (stop_.stop_requested()) {
        end_.complete = false;
        end_.interrupted = true;
        if (!end_.why)
            end_.why = Message("end.interrupted", {{"at", Quantity{seconds(done_), Unit::at}}});
    }
    end_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    outlet_.tell([&](Sink& sink) { return sink.end(end_); });
    if (!status && done_ == 0)
        return tl::unexpected(status.error());
    return end_;
}

} // namespace

Result<End> run_line(SampleSource& source, const History& history, const Judge& judge, const LineSettings& settings,
                     std::span<Sink* const> sinks, std::stop_token stop)
{
    return LineRun(source, history, judge, settings, sinks, std::move(stop)).run();
}

} // namespace gacsong
