// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/scan_sinks.hpp"

#include "apps/gacsong/commands/service_notices.hpp"
#include "report/annotate/annotations_sink.hpp"
#include "report/gsmtap/gsmtap_sink.hpp"
#include "report/sinks/json_lines.hpp"
#include "report/sinks/notes.hpp"
#include "report/sinks/terminal_table.hpp"
#include "report/store/store_sink.hpp"

namespace gacsong::app {
namespace {

using MadeSink = std::unique_ptr<Sink>;

MadeSink make_notes(const SinkContext& c)
{
    const Notes::Settings settings{c.arguments.quiet, c.arguments.verbose, c.session.err().terminal(),
                                   c.session.error_width()};
    return std::make_unique<Notes>(c.session.err(), c.session.words(), settings);
}

MadeSink make_json(const SinkContext& c)
{
    if (!c.arguments.json)
        return nullptr;
    return std::make_unique<JsonLines>(c.session.out(), Wordings{c.en, c.vi}, c.arguments.verbose_bursts);
}

MadeSink make_table(const SinkContext& c)
{
    if (c.arguments.json)
        return nullptr;
    const bool hint = c.session.out().terminal() && c.store && !c.arguments.quiet;
    return std::make_unique<TerminalTable>(c.session.out(), c.session.words(), c.session.style(), hint);
}

MadeSink make_annotations(const SinkContext& c)
{
    return c.arguments.annotate ? std::make_unique<AnnotationsSink>(c.session.words()) : nullptr;
}

MadeSink make_gsmtap(const SinkContext& c)
{
    return c.arguments.gsmtap ? std::make_unique<GsmtapSink>(*c.arguments.gsmtap, c.arguments.force) : nullptr;
}

MadeSink make_store(const SinkContext& c)
{
    if (!c.store)
        return nullptr;
    auto sink = std::make_unique<StoreSink>(*c.store);
    sink->set_compared_with(c.compared_with);
    return sink;
}

MadeSink make_service(const SinkContext& c) { return ServiceNotices::make(c.arguments.of_a_mission); }

/// Notes come first: they clear the line of progress before the result is written to the same terminal.
constexpr MadeSink (*makers[])(const SinkContext&){make_notes,  make_json,  make_table,  make_annotations,
                                                   make_gsmtap, make_store, make_service};

} // namespace

Status WatchedSink::begin(const Run& run)
{
    Status status = watched(inner_->begin(run));
    for (const Message& message : preface_)
        if (status)
            status = watched(inner_->warning(message));
    return status;
}

std::vector<std::unique_ptr<WatchedSink>> make_sinks(const SinkContext& context, const std::vector<Message>& preface)
{
    std::vector<std::unique_ptr<WatchedSink>> sinks;
    for (const auto make : makers) {
        if (auto sink = make(context))
            sinks.push_back(std::make_unique<WatchedSink>(std::move(sink), preface));
    }
    return sinks;
}

} // namespace gacsong::app
