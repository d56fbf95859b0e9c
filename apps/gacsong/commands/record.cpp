// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/commands/position_feed.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/recording/recording.hpp"

namespace gacsong::app {
namespace {

constexpr std::size_t read_at_once = 1U << 18U;

/// Copies until the source ends, the recording is full, or something goes wrong.
Status copy(SampleSource& source, sdr::Recorder& recorder, Session& session)
{
    for (;;) {
        auto next = source.next(read_at_once);
        for (const Message& note : source.take_notes())
            session.warn(note);
        if (!next)
            return tl::unexpected(next.error());
        if (!*next || recorder.full())
            return {};
        if (Status written = recorder.write(**next); !written)
            return written;
    }
}

/// What is found instead of everything: a scan whose result is not kept, with recordings beside it.
Arguments events_alone(const Arguments& arguments)
{
    Arguments scan = arguments;
    scan.command = "scan";
    scan.record = arguments.output.empty() ? "." : arguments.output;
    scan.output.clear();
    scan.no_store = true;
    return scan;
}

} // namespace

int run_record(const Arguments& arguments, Session& session)
{
    if (!arguments.trigger.empty())
        return run_scan(events_alone(arguments), session);
    Interrupt interrupt; // before the first thread
    auto input = open_input(arguments, arguments.words.front(), interrupt.token());
    if (!input)
        return interrupt.interrupted() ? status::interrupted : session.fail(input.error());
    SampleSource& source = *input->opened.source;
    const auto gpsd = gpsd_of(arguments);
    static_cast<void>(first_place(arguments, gpsd.get(), interrupt.token()));
    auto recorder =
        sdr::Recorder::create(source.info(), recorder_settings(arguments, source.info(), input->link.get(), gpsd));
    if (!recorder)
        return session.fail(recorder.error());
    int result = status::done;
    if (const Status copied = copy(source, **recorder, session); !copied)
        result = session.fail(copied.error());
    const auto end = (*recorder)->close();
    if (!end)
        return result == status::done ? session.fail(end.error()) : result;
    const double seconds = static_cast<double>(end->samples) / source.info().sample_rate_hz;
    const Message done("record.summary", {{"file", end->meta_path},
                                          {"duration", Quantity{seconds, Unit::seconds}},
                                          {"n", static_cast<std::int64_t>(end->gaps)}});
    const Status said = session.out().line(session.words().text(done)).and_then([&] { return session.out().flush(); });
    if (!said)
        result = worse(result, session.fail(said.error()));
    return interrupt.interrupted() ? status::interrupted : result;
}

} // namespace gacsong::app
