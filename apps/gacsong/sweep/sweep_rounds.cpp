// SPDX-License-Identifier: GPL-3.0-or-later
// What a sweep does in which order: rounds, longer looks, second looks.
#include "apps/gacsong/sweep/sweep_run.hpp"

#include <algorithm>
#include <limits>

namespace gacsong::app {
namespace {

constexpr double closer_s = 2.0;       ///< at what is suspicious
constexpr double second_s = 0.5;       ///< at what was steady
constexpr double cells_s = 4.0;        ///< two rounds of a GSM cell's system information
constexpr unsigned most_extra = 100;   ///< looks of a round that nobody ordered
constexpr unsigned silent_rounds = 2;  ///< after which an emission has ended
constexpr double raised_db = 8.0;      ///< floor above that of its neighbours: something wider than a look
constexpr std::size_t neighbours = 12; ///< looks on each side

/// Whether base stations may transmit between two frequencies.
bool downlink(const Plan& plan, double low_hz, double high_hz, Instant when)
{
    const auto holds = [&](const PlanRow& row) {
        return row.low_hz < high_hz && row.high_hz > low_hz && row.validity.holds(when);
    };
    return std::ranges::any_of(plan.blocks, [&](const MobileBlock& block) { return holds(block.row); }) ||
           std::ranges::any_of(plan.bands, [&](const Band& band) {
               return band.service == "public land mobile network" && holds(band.row);
           });
}

} // namespace

bool SweepRun::suspicious(const detect::Sighted& sighted)
{
    Emission emission = detect::Sightings::told(sighted, looks_);
    // Judged as if it were confirmed: that is what the longer look is to find out.
    emission.quality = sighted.best.quality;
    const auto findings = judge_.judge(emission);
    return std::ranges::any_of(findings, [](const Finding& f) { return f.severity >= Severity::serious; });
}

/// Everything of the span that one tuning shows.
detect::PlannedLook SweepRun::look_around(double center_hz, double dwell_s) const
{
    const double half = 0.5 * detect::usable_share * order_.wish.rate_hz;
    return {center_hz, std::max(order_.wish.low_hz, center_hz - half), std::min(order_.wish.high_hz, center_hz + half),
            dwell_s, false};
}

/// A look at another tuning than those that saw it; false where the sweep ends or the receiver cannot be tuned so.
bool SweepRun::second_look(std::uint64_t number, double dwell_s, const char* why)
{
    const detect::Sighted* sighted = sightings_.find(number);
    if (sighted == nullptr || over())
        return false;
    std::vector<double> earlier = sighted->tunings;
    earlier.push_back(sighted->first_tuning_hz);
    earlier.insert(earlier.end(), sighted->tried.begin(), sighted->tried.end());
    const auto center = detect::second_tuning(sighted->center_hz(), earlier, order_.wish);
    if (!center)
        return false;
    ++extra_;
    const auto shown = look(look_around(*center, dwell_s), why, false);
    if (!shown)
        return false;
    std::vector<std::uint64_t> inside;
    for (const auto& one : sightings_.all()) {
        if (one.standing == detect::Standing::once && one.center_hz() >= shown->looked.look.low_hz &&
            one.center_hz() < shown->looked.look.high_hz)
            inside.push_back(one.number);
    }
    for (const auto one : inside)
        sightings_.judge_second_look(one, shown->looked);
    return true;
}

/// Stays where a look showed something suspicious.
void SweepRun::look_closer(const Shown& shown)
{
    for (const std::uint64_t number : shown.numbers) {
        detect::Sighted* sighted = sightings_.find(number);
        if (sighted == nullptr || sighted->dwelt || extra_ >= most_extra || !suspicious(*sighted))
            continue;
        sighted->dwelt = true;
        static_cast<void>(second_look(number, closer_s, "dwell"));
    }
}

/// Listens to base stations where something stands that may be one: they say who they are in seconds, not in the
/// tenths of a second that a look lasts.
void SweepRun::search_cells(const Shown& shown, const detect::PlannedLook& planned)
{
    if (!order_.search_cells || planned.shifted || !shown.wide_carrier || over() || extra_ >= most_extra ||
        !downlink(plan_, planned.low_hz, planned.high_hz, *begun_))
        return;
    ++extra_;
    detect::PlannedLook longer = planned;
    longer.dwell_s = cells_s;
    static_cast<void>(look(longer, "cells", true));
}

/// Second looks at what only one tuning showed, and where that shows nothing of something steady, a third at the first
/// tuning again.
void SweepRun::second_looks()
{
    std::vector<std::uint64_t> waiting;
    for (const auto& one : sightings_.all()) {
        if (one.standing == detect::Standing::once && one.tried.empty() && one.last_round == round_)
            waiting.push_back(one.number);
    }
    for (const std::uint64_t number : waiting) {
        const detect::Sighted* one = sightings_.find(number);
        if (one == nullptr || one->standing != detect::Standing::once || !one->tried.empty())
            continue; // another's look settled it
        if (extra_ >= most_extra) {
            ++left_out_;
            continue;
        }
        const bool steady = one->steady;
        const double first_hz = one->first_tuning_hz;
        if (!second_look(number, steady ? second_s : closer_s, "second"))
            continue;
        one = sightings_.find(number);
        if (one == nullptr || one->standing != detect::Standing::once || !steady || over())
            continue;
        ++extra_;
        const auto again = look(look_around(first_hz, second_s), "second", false);
        if (again)
            sightings_.judge_second_look(number, again->looked);
    }
}

void SweepRun::round()
{
    extra_ = 0;
    for (const auto& planned : order_.round) {
        if (over())
            return;
        const auto shown = look(planned, "sweep", false);
        if (!shown)
            return;
        if (round_ == 0 && !planned.shifted)
            floors_.emplace_back(planned, shown->floor_db);
        look_closer(*shown);
        search_cells(*shown, planned);
        const Progress progress{done_s_, planned_s_, static_cast<std::uint64_t>(sightings_.all().size())};
        for (Sink* sink : sinks_)
            sink->progress(progress);
    }
    second_looks();
}

/// Says where the floor stands so much above that of its neighbours that something wider than a look may fill it.
void SweepRun::tell_raised()
{
    std::optional<std::pair<double, double>> stretch;
    double level_db = 0.0;
    const auto close = [&] {
        if (stretch)
            warn(Message("sweep.raised", {{"low", Quantity{stretch->first, Unit::frequency, 1e3}},
                                          {"high", Quantity{stretch->second, Unit::frequency, 1e3}},
                                          {"level", Quantity{level_db, Unit::db}}}));
        stretch.reset();
    };
    for (std::size_t i = 0; i < floors_.size(); ++i) {
        const std::size_t from = i - std::min(i, neighbours);
        const std::size_t to = std::min(floors_.size(), i + neighbours + 1);
        std::vector<double> around;
        for (std::size_t k = from; k < to; ++k)
            around.push_back(floors_[k].second);
        const auto quarter = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 4);
        std::nth_element(around.begin(), quarter, around.end());
        const double rise_db = floors_[i].second - *quarter;
        const auto& [look, floor_db] = floors_[i];
        const bool explained = std::ranges::any_of(sightings_.all(), [&, l = &look](const detect::Sighted& s) {
            const double half = 0.5 * s.best.bandwidth_hz;
            return s.center_hz() - half <= l->low_hz && s.center_hz() + half >= l->high_hz;
        });
        if (rise_db < raised_db || explained) {
            close();
            continue;
        }
        if (!stretch)
            stretch.emplace(look.low_hz, look.high_hz);
        stretch->second = look.high_hz;
        level_db = std::max(level_db, rise_db);
    }
    close();
}

End SweepRun::run(const Run& run, const std::vector<Message>& preface)
{
    tell([&](Sink& sink) { return sink.begin(run); });
    for (const Message& message : preface)
        warn(message);
    for (; (order_.rounds == 0 || round_ < order_.rounds) && !over(); ++round_) {
        round();
        sightings_.join_wide();
        sightings_.drop_skirts();
        if (round_ == 0)
            tell_raised();
        if (order_.rounds != 1)
            announce();
        if (round_ + 1 > silent_rounds)
            give_out(sightings_.take_older(round_ + 1 - silent_rounds));
    }
    if (left_out_ > 0)
        warn(Message("sweep.looks_left", {{"n", static_cast<std::int64_t>(left_out_)}}));
    give_out(sightings_.take_older(std::numeric_limits<unsigned>::max()));
    for (const Message& note : link_->take_notes())
        warn(note);
    if (failed_) {
        end_.complete = false;
        end_.why = *failed_;
    } else if (stop_.stop_requested()) {
        end_.complete = false;
        end_.interrupted = true;
        end_.why = Message("end.interrupted", {{"at", Quantity{due_s(), Unit::at}}});
    }
    end_.seconds = due_s();
    tell([&](Sink& sink) { return sink.end(end_); });
    return end_;
}

} // namespace gacsong::app
