// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/sweep/sweep_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gacsong::app {
namespace {

constexpr std::size_t most_said = 1000; ///< different warnings
constexpr double floor_share = 0.2;     ///< of the steps of a look

/// Warnings of a look that its sweep says itself, once and for the whole span.
bool of_the_whole(const std::string& key)
{
    return key == "warn.clock" || key == "warn.short" || key.starts_with("unlicensed.") || key == "rule.left_out";
}

} // namespace

SweepRun::SweepRun(std::shared_ptr<sdr::ReceiverLink> link, const Judge& judge, const Plan& plan, LineSettings settings,
                   SweepOrder order, std::span<Sink* const> sinks, PowerFile* power, std::stop_token stop)
    : link_(std::move(link)), stepper_(link_), judge_(judge), plan_(plan), settings_(std::move(settings)),
      order_(std::move(order)), sinks_(sinks.begin(), sinks.end()), power_(power), stop_(std::move(stop)),
      clock_(std::chrono::steady_clock::now())
{
    middle_hz_ = 0.5 * (order_.wish.low_hz + order_.wish.high_hz);
    settings_.announce_after_s.reset();
    settings_.emissions = true; // base stations are searched where carriers stand
    if (order_.rounds > 0) {
        planned_s_ = 0.0;
        for (const auto& one : order_.round)
            *planned_s_ += one.dwell_s * order_.rounds;
    }
}

void SweepRun::tell(const std::function<Status(Sink&)>& call)
{
    std::vector<Message> failures;
    std::erase_if(sinks_, [&](Sink* sink) {
        const Status status = call(*sink);
        if (!status)
            failures.push_back(status.error().message);
        return !status;
    });
    for (const Message& failure : failures)
        for (Sink* sink : sinks_)
            static_cast<void>(sink->warning(failure));
}

void SweepRun::warn(const Message& message)
{
    if (said_.size() >= most_said || std::ranges::find(said_, message) != said_.end())
        return;
    // What a receiver does is told each time.
    if (!message.key.starts_with("device."))
        said_.push_back(message);
    tell([&](Sink& sink) { return sink.warning(message); });
}

double SweepRun::due_s() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - clock_).count();
}

bool SweepRun::over() const
{
    return stop_.stop_requested() || failed_ || (order_.stop_after_s && due_s() >= *order_.stop_after_s);
}

double SweepRun::floor_of(const PowerMeter& meter, const detect::PlannedLook& planned, double center_hz) const
{
    std::vector<double> steps;
    for (double at = planned.low_hz; at + order_.step_hz <= planned.high_hz; at += order_.step_hz)
        steps.push_back(meter.power(at - center_hz, at + order_.step_hz - center_hz));
    if (steps.empty())
        return 0.0;
    const auto place = steps.begin() + static_cast<std::ptrdiff_t>(floor_share * static_cast<double>(steps.size() - 1));
    std::nth_element(steps.begin(), place, steps.end());
    return 10.0 * std::log10(std::max(*place, 1e-20));
}

void SweepRun::write_power(const PowerMeter& meter, const detect::PlannedLook& planned, double center_hz, Instant start)
{
    PowerRow row;
    row.time = start;
    row.step_hz = order_.step_hz;
    row.low_hz = std::ceil(planned.low_hz / order_.step_hz - 1e-9) * order_.step_hz;
    row.samples = meter.frames() * meter.bins();
    const double hidden = detect::centre_share * order_.wish.rate_hz;
    for (double at = row.low_hz; at + order_.step_hz <= planned.high_hz + 1e-6; at += order_.step_hz) {
        const double low = at - center_hz;
        const double power = meter.power(low, low + order_.step_hz);
        // The receiver's own line would be taken for a carrier; the other grid shows what stands there.
        const bool own_line = low < hidden && low + order_.step_hz > -hidden;
        row.levels.push_back(own_line || power <= 0.0 ? std::numeric_limits<float>::quiet_NaN()
                                                      : static_cast<float>(10.0 * std::log10(power)));
    }
    if (row.levels.empty() || meter.frames() == 0)
        return;
    if (const Status written = power_->add(row); !written) {
        warn(written.error().message);
        failed_ = written.error().message;
    }
}

void SweepRun::take_cells(const Collector& told, double at_s)
{
    for (Cell cell : told.cells) {
        const std::string name = fmt::format("{} {} {} {}", cell.technology, cell.channel.value_or(0), cell.plmn,
                                             cell.cell ? std::to_string(*cell.cell) : "");
        if (!told_cells_.insert(name).second)
            continue;
        const std::string before = cell.id;
        cell.id = fmt::format("c{}", ++end_.cells);
        cell.first_s += at_s;
        cell.last_s += at_s;
        tell([&](Sink& sink) { return sink.cell(cell); });
        for (Finding finding : told.findings) {
            if (finding.subject != before)
                continue;
            finding.id = fmt::format("f{}", ++end_.findings);
            finding.subject = cell.id;
            tell([&](Sink& sink) { return sink.finding(finding); });
        }
    }
}

std::optional<SweepRun::Shown> SweepRun::look(const detect::PlannedLook& planned, const char* why, bool cells)
{
    auto step = stepper_.look(planned.center_hz, planned.dwell_s, stop_);
    if (!step || !*step) {
        if (!step)
            failed_ = step.error().message;
        return std::nullopt;
    }
    if (!begun_)
        begun_ = (*step)->start;
    PowerMeter meter(link_->facts().format, link_->facts().rate_hz, order_.step_hz);
    TappedSource source(*(*step)->opened.source, meter);
    LineSettings settings = settings_;
    settings.cells = cells;
    Collector told;
    Sink* const sinks[] = {&told};
    const auto end = run_line(source, *(*step)->opened.history, judge_, settings, sinks, stop_);
    Shown shown;
    shown.looked.rate_hz = link_->facts().rate_hz;
    shown.looked.round = round_;
    shown.looked.look = {1e-9 * static_cast<double>((*step)->start.unix_ns - begun_->unix_ns),
                         end ? static_cast<double>(end->samples) / link_->facts().rate_hz : 0.0,
                         (*step)->center_hz,
                         planned.low_hz,
                         planned.high_hz,
                         why};
    const double at_s = shown.looked.look.at_s;
    end_.samples += end ? end->samples : 0;
    for (Gap gap : told.gaps) {
        gap.at_s += at_s;
        ++end_.gaps;
        tell([&](Sink& sink) { return sink.gap(gap); });
    }
    for (const Message& message : told.warnings)
        if (!of_the_whole(message.key))
            warn(message);
    for (Emission& emission : told.emissions) {
        const bool strong = emission.snr_db >= 10.0 && emission.bandwidth_hz >= 150e3;
        shown.wide_carrier = shown.wide_carrier || strong;
        emission.start_s += at_s;
        emission.end_s += at_s;
        if (emission.center_hz)
            emission.offset_hz = *emission.center_hz - middle_hz_;
        if (const auto number = sightings_.add(emission, shown.looked))
            shown.numbers.insert(*number);
    }
    take_cells(told, at_s);
    shown.floor_db = floor_of(meter, planned, (*step)->center_hz);
    if (power_ != nullptr && std::string_view(why) == "sweep")
        write_power(meter, planned, (*step)->center_hz, (*step)->start);
    looks_.push_back(shown.looked);
    tell([&](Sink& sink) { return sink.look(shown.looked.look); });
    done_s_ += planned.dwell_s;
    return shown;
}

Emission SweepRun::emission_of(const detect::Sighted& sighted)
{
    Emission emission = detect::Sightings::told(sighted, looks_);
    auto& id = ids_[sighted.number];
    if (id.empty())
        id = fmt::format("e{}", ++last_id_);
    emission.id = id;
    return emission;
}

/// Tells of what goes on, for those who cannot wait for the end of the sweep.
void SweepRun::announce()
{
    for (const detect::Sighted& sighted : sightings_.all()) {
        if (sighted.standing != detect::Standing::confirmed || !announced_.insert(sighted.number).second)
            continue;
        Emission emission = emission_of(sighted);
        auto findings = judge_.judge(emission);
        for (Finding& finding : findings)
            finding.subject = emission.id;
        tell([&](Sink& sink) { return sink.started(emission, findings); });
    }
}

void SweepRun::give_out(std::vector<detect::Sighted> ended)
{
    for (const detect::Sighted& sighted : ended) {
        if (sighted.standing == detect::Standing::artefact) {
            warn(Message("sweep.artefact", {{"center", Quantity{sighted.center_hz(), Unit::frequency, 1e3}},
                                            {"other", Quantity{sighted.first_tuning_hz, Unit::frequency, 1e3}}}));
            continue;
        }
        Emission emission = emission_of(sighted);
        ++end_.emissions;
        auto findings = judge_.judge(emission);
        tell([&](Sink& sink) { return sink.emission(emission); });
        for (Finding& finding : findings) {
            finding.id = fmt::format("f{}", ++end_.findings);
            finding.subject = emission.id;
            tell([&](Sink& sink) { return sink.finding(finding); });
        }
        ids_.erase(sighted.number);
        announced_.erase(sighted.number);
    }
}

} // namespace gacsong::app
