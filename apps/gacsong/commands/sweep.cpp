// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/clock.hpp"
#include "apps/gacsong/commands/compared_files.hpp"
#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/commands/position_feed.hpp"
#include "apps/gacsong/commands/receivers.hpp"
#include "apps/gacsong/commands/scan_sinks.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/level/levels.hpp"
#include "apps/gacsong/sweep/sweep_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace gacsong::app {
namespace {

constexpr double burst_s = 0.05; ///< of a remote control or a sensor
constexpr double over_s = 2.0;   ///< of speech

Instant now()
{
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()};
}

/// A receiver that cannot be tuned to the middle of the span does not reach the span.
Error out_of_reach(Error error)
{
    if (error.message.key == "receiver.range")
        error.message.key = "sweep.range";
    return error;
}

/// What is to be swept through this receiver. Error: sweep.range.
Result<SweepOrder> make_order(const Arguments& arguments, const sdr::ReceiverFacts& facts, const Plan& plan)
{
    SweepOrder order;
    order.wish.low_hz = arguments.span->low_hz;
    order.wish.high_hz = arguments.span->high_hz;
    order.wish.rate_hz = facts.rate_hz;
    order.wish.dwell_s = arguments.dwell_s;
    if (facts.high_hz > 0.0) {
        order.wish.tunable_low_hz = facts.low_hz;
        order.wish.tunable_high_hz = facts.high_hz;
    }
    if (order.wish.low_hz < order.wish.reach_low_hz() - 1.0 || order.wish.high_hz > order.wish.reach_high_hz() + 1.0)
        return failure("sweep.range",
                       {{"device", facts.name},
                        {"low", Quantity{std::max(order.wish.reach_low_hz(), 0.0), Unit::frequency, 1e3}},
                        {"high", Quantity{order.wish.reach_high_hz(), Unit::frequency, 1e3}}},
                       Fault::usage);
    order.step_hz = std::min(arguments.span->step_hz.value_or(order.step_hz), facts.rate_hz / 8.0);
    order.step_hz = std::max(1.0, std::floor(order.step_hz));
    order.round = detect::plan_looks(order.wish, plan, now());
    order.stop_after_s = arguments.stop_after_s;
    order.rounds = arguments.rounds.value_or(arguments.stop_after_s ? 0U : 1U);
    order.search_cells = arguments.only != "emissions";
    return order;
}

Run make_run(const SweepOrder& order, const std::string& input, const sdr::ReceiverFacts& facts, const Judge& judge)
{
    Run run;
    run.program = "gacsong " GACSONG_VERSION;
    run.plan = judge.plan_edition();
    run.register_name = judge.register_name();
    run.low_hz = order.wish.low_hz;
    run.high_hz = order.wish.high_hz;
    StreamInfo& stream = run.stream;
    stream.input = input;
    stream.format = facts.format;
    stream.format_name = facts.format.name();
    stream.sample_rate_hz = facts.rate_hz;
    stream.center_hz = 0.5 * (order.wish.low_hz + order.wish.high_hz);
    stream.start = now();
    stream.format_origin = stream.rate_origin = stream.center_origin = stream.start_origin = Origin::header;
    stream.receiver = facts.name + (facts.hardware.empty() ? "" : " (" + facts.hardware + ")");
    stream.container = "sweep";
    if (order.rounds > 0) {
        double dwell_s = 0.0;
        for (const auto& look : order.round)
            dwell_s += look.dwell_s * order.rounds;
        stream.length = static_cast<std::uint64_t>(dwell_s * facts.rate_hz);
    }
    const double revisit = detect::revisit_s(order.round, facts.settle_s);
    const auto [least, most] = std::ranges::minmax(order.round, {}, &detect::PlannedLook::dwell_s);
    run.settings = {fmt::format("sweep_looks={}", order.round.size()),
                    fmt::format("sweep_rounds={}", order.rounds),
                    fmt::format("sweep_dwell_least_s={:.4g}", least.dwell_s),
                    fmt::format("sweep_dwell_most_s={:.4g}", most.dwell_s),
                    fmt::format("sweep_settle_s={:.4g}", facts.settle_s),
                    fmt::format("sweep_revisit_s={:.4g}", revisit),
                    fmt::format("sweep_intercept_burst={:.4g}", detect::intercept(burst_s, least.dwell_s, revisit)),
                    fmt::format("sweep_intercept_over={:.4g}", detect::intercept(over_s, least.dwell_s, revisit))};
    return run;
}

/// `38 looks of 0.1 s to 0.5 s; each frequency again after about 6 s. …`
Message plan_sentence(const SweepOrder& order, const sdr::ReceiverFacts& facts)
{
    const double revisit = detect::revisit_s(order.round, facts.settle_s);
    const auto [least, most] = std::ranges::minmax(order.round, {}, &detect::PlannedLook::dwell_s);
    const auto percent = [&](double length_s, double dwell_s) {
        return Quantity{100.0 * detect::intercept(length_s, dwell_s, revisit), Unit::percent};
    };
    return Message("sweep.plan", {{"n", static_cast<std::int64_t>(order.round.size())},
                                  {"least", Quantity{least.dwell_s, Unit::seconds}},
                                  {"most", Quantity{most.dwell_s, Unit::seconds}},
                                  {"revisit", Quantity{revisit, Unit::seconds}},
                                  {"burst", Quantity{burst_s, Unit::seconds}},
                                  {"burst_share", percent(burst_s, least.dwell_s)},
                                  {"over", Quantity{over_s, Unit::seconds}},
                                  {"over_share", percent(over_s, least.dwell_s)}});
}

std::vector<Message> preface(const Judge& judge, const Run& run, const LineSettings& settings,
                             const std::vector<Message>& problems)
{
    std::vector<Message> notes = problems;
    for (auto& note : judge.begin(run.stream))
        notes.push_back(std::move(note));
    if (!settings.clock_known)
        notes.push_back(
            Message("warn.clock", {{"ppm", Quantity{settings.clock_ppm, Unit::none}},
                                   {"u_center", Quantity{*run.high_hz * settings.clock_ppm * 1e-6, Unit::bandwidth}},
                                   {"center", Quantity{*run.high_hz, Unit::frequency, 1e3}}}));
    return notes;
}

/// One sweep through one receiver, with everything that it needs at hand.
class Sweep {
public:
    Sweep(const Arguments& arguments, Session& session, const Comparison& comparison, const SinkContext& sinks)
        : arguments_(arguments), session_(session), comparison_(comparison), none_(), gpsd_(gpsd_of(arguments)),
          sinks_(make_sinks(sinks, none_))
    {
        session_.out().when_closed([this] { interrupt_.stop(); });
    }
    ~Sweep() { session_.out().when_closed({}); }
    Sweep(const Sweep&) = delete;
    Sweep& operator=(const Sweep&) = delete;

    int run(const std::string& input)
    {
        Arguments wish = arguments_;
        // Opened at a frequency that lies in the span in any case.
        wish.center_hz = 0.5 * (arguments_.span->low_hz + arguments_.span->high_hz);
        auto settings = receiver_settings(wish, input);
        if (!settings)
            return session_.fail(settings.error());
        settings->hops = true;
        auto link = sdr::ReceiverLink::open(*settings);
        if (!link)
            return interrupt_.interrupted() ? status::interrupted : session_.fail(out_of_reach(link.error()));
        const sdr::ReceiverFacts& facts = (*link)->facts();
        auto order = make_order(arguments_, facts, comparison_.context->plan);
        if (!order)
            return session_.fail(order.error());
        std::unique_ptr<PowerFile> power;
        if (!arguments_.output.empty()) {
            auto made = PowerFile::create(arguments_.output, arguments_.force);
            if (!made)
                return session_.fail(made.error());
            power = std::move(*made);
        }
        return sweep(*link, *order, input, power.get());
    }

private:
    int sweep(const std::shared_ptr<sdr::ReceiverLink>& link, const SweepOrder& order, const std::string& input,
              PowerFile* power)
    {
        const sdr::ReceiverFacts& facts = link->facts();
        const auto track = gpsd_ ? std::make_shared<ReceiverTrack>() : nullptr;
        auto context = std::make_shared<JudgeContext>(*comparison_.context);
        if (!context->place)
            context->track = track;
        const Judge judge(context);
        const Run run = make_run(order, input, facts, judge);
        LineSettings settings = line_settings(arguments_);
        settings.to_s.reset(); // -T is for the sweep, not for a look
        std::vector<Message> notes;
        if (const auto said = use_calibration(facts, *run.stream.start, settings))
            notes.push_back(*said);
        KnownLevels levels = known_levels(facts);
        if (levels.note)
            notes.push_back(*levels.note);
        LevelledSinks levelled(std::move(levels.calibration));
        for (auto& note : preface(judge, run, settings, comparison_.problems))
            notes.push_back(std::move(note));
        if (!arguments_.quiet)
            static_cast<void>(session_.err().line(session_.words().text(plan_sentence(order, facts))));
        std::vector<Sink*> views;
        for (const auto& sink : sinks_)
            views.push_back(sink.get());
        PositionFeed feed(gpsd_, views, track);
        if (gpsd_)
            views.push_back(&feed);
        SweepRun work(link, judge, comparison_.context->plan, settings, order, levelled.before(views), power,
                      interrupt_.token());
        const End end = work.run(run, notes);
        int result = status::done;
        if (power != nullptr) {
            if (const Status whole = power->finish(); !whole)
                result = session_.fail(whole.error());
        }
        if (!end.complete && !end.interrupted)
            result = worse(result, session_.fail({end.why.value_or(Message("end.partial")), Fault::input}));
        for (const auto& sink : sinks_)
            if (sink->failed())
                result = worse(result, status::failed);
        if (interrupt_.interrupted())
            return status::interrupted;
        return worse(result, end.findings > 0 && arguments_.fail_on_findings ? status::findings : status::done);
    }

    const Arguments& arguments_;
    Session& session_;
    Interrupt interrupt_; // before the first thread
    const Comparison& comparison_;
    std::vector<Message> none_;
    const std::shared_ptr<sdr::GpsdClient> gpsd_;
    std::vector<std::unique_ptr<WatchedSink>> sinks_;
};

} // namespace

int run_sweep(const Arguments& arguments, Session& session)
{
    if (!arguments.span)
        return session.fail({Message("sweep.no_span"), Fault::usage});
    const auto comparison = load_comparison(arguments.settings);
    if (!comparison)
        return session.fail(comparison.error());
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return session.fail(vi ? en.error() : vi.error());
    std::string input = arguments.words.empty() ? "" : arguments.words.front();
    if (input.empty()) {
        const auto only = only_receiver();
        if (!only)
            return session.fail(only.error());
        input = *only;
    }
    int result = status::done;
    auto store = usable_store(arguments, session, result);
    if (result == status::usage)
        return result;
    const Comparison with_memory = remembering(*comparison, store);
    Sweep sweep(
        arguments, session, with_memory,
        {arguments, session, *vi, *en, std::move(store), compared_files(arguments.settings, *with_memory.context)});
    return worse(result, sweep.run(input));
}

} // namespace gacsong::app
