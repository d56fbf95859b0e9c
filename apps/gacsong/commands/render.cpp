// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "report/picture/sheet.hpp"
#include "report/sinks/collector.hpp"
#include "sdr/files/atomic_write.hpp"
#include "sdr/inspection.hpp"
#include "sdr/stream.hpp"

#include <filesystem>

namespace gacsong::app {
namespace {

Status check(const Arguments& arguments)
{
    const std::string& input = arguments.words.front();
    if (arguments.output.empty())
        return failure("render.output", {}, Fault::usage);
    if (sdr::is_stream(input))
        return failure("render.stream", {{"file", input}}, Fault::usage);
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(arguments.output, error))
        return failure("render.exists", {{"file", arguments.output}}, Fault::output);
    return {};
}

/// Everything that a picture shows.
class Shown final : public Sink {
public:
    Status emission(const Emission& emission) override { return found.emission(emission); }
    Status begin(const Run& run) override { return found.begin(run); }
    Status noise(const NoiseLevel& level) override
    {
        floor.add(level);
        return {};
    }
    Collector found;
    picture::NoiseHistory floor;
};

picture::SheetStyle style_of(const Arguments& arguments)
{
    picture::SheetStyle style;
    if (arguments.size) {
        style.width = static_cast<int>(arguments.size->first);
        style.height = static_cast<int>(arguments.size->second);
    }
    if (arguments.theme == "dark")
        style.theme = paint::ThemeKind::dark;
    style.map = paint::parse_map(arguments.map);
    return style;
}

Status render(const Arguments& arguments, Session& session, const Comparison& comparison, const Interrupt& interrupt)
{
    const std::string& input = arguments.words.front();
    const auto inspection = sdr::inspect_recording(input, input_flags(arguments));
    if (!inspection)
        return tl::unexpected(inspection.error());
    auto opened = sdr::open_recording(input, input_flags(arguments));
    if (!opened)
        return tl::unexpected(opened.error());
    const StreamInfo& stream = opened->source->info();
    const auto context = context_at(comparison.context, stream);
    Shown shown;
    Sink* const sinks[] = {&shown};
    const auto end =
        run_line(*opened->source, *opened->history, Judge(context), line_settings(arguments), sinks, interrupt.token());
    if (!end)
        return tl::unexpected(end.error());
    if (interrupt.interrupted())
        return {};
    picture::SheetInput sheet;
    sheet.run = shown.found.run;
    sheet.end = *end;
    sheet.emissions = std::move(shown.found.emissions);
    sheet.noise = std::move(shown.floor);
    sheet.timeline = Timeline(inspection->segments, opened->history->end(), stream.sample_rate_hz);
    sheet.from_s = arguments.from_s;
    sheet.to_s = arguments.to_s;
    sheet.context = context.get();
    const auto png = picture::render_sheet(sheet, *opened->history, session.words(), style_of(arguments));
    if (!png)
        return tl::unexpected(png.error());
    return write_atomically(arguments.output, *png);
}

} // namespace

int run_render(const Arguments& arguments, Session& session)
{
    if (const Status usable = check(arguments); !usable)
        return session.fail(usable.error());
    const auto comparison = load_comparison(arguments.settings);
    if (!comparison)
        return session.fail(comparison.error());
    for (const Message& problem : comparison->problems)
        session.warn(problem);
    const Interrupt interrupt;
    if (const Status rendered = render(arguments, session, *comparison, interrupt); !rendered)
        return session.fail(rendered.error());
    return interrupt.interrupted() ? status::interrupted : status::done;
}

} // namespace gacsong::app
