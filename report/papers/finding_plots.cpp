// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/finding_plots.hpp"

#include "report/explain/explain.hpp"
#include "report/figures/waterfall_figure.hpp"
#include "report/papers/spectrum_figure.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <cmath>

namespace gacsong::papers {
namespace {

constexpr double spectrum_mm = 78.0;
constexpr double waterfall_mm = 72.0;
constexpr double low_spectrum_mm = 66.0;
constexpr double low_waterfall_mm = 56.0;

/// Lines below the axis: file, time, place, settings, program.
std::vector<std::string> burnt_in(const Builder& b, const RunMaterial& run, const Emission& e, double bin_hz,
                                  const Message& transforms)
{
    const StreamInfo& stream = run.stored.run.stream;
    const std::string file = stream.input.substr(stream.input.find_last_of('/') + 1);
    std::string first = printable(file);
    if (e.start)
        first += " · " + moment_text(*e.start, b.language());
    if (stream.latitude && stream.longitude)
        first += " · " + coordinates_text(*stream.latitude, *stream.longitude, b.language());
    const double rbw = 2.0 * bin_hz; // of the window: Blackman–Harris, equivalent noise bandwidth 2.0 bins
    Message settings = transforms;
    settings.arguments.push_back({"bw", Quantity{rbw, Unit::bandwidth}});
    std::string second = b.words.text(settings);
    const std::string third =
        b.text("figure.origin", {{"program", printable(run.stored.run.program)}, {"plan", run.stored.run.plan}});
    return {first, second, third};
}

/// What figures need of a base station's carrier; nothing where it was heard for no time.
std::optional<Emission> carrier_of(const Cell& cell)
{
    constexpr double gsm_channel_hz = 200e3; // 3GPP TS 45.005 §2
    constexpr double block_hz = 180e3;       // 3GPP TS 36.211 §6.2.3
    if (cell.last_s <= cell.first_s)
        return std::nullopt;
    Emission e;
    e.offset_hz = cell.baseband_hz;
    e.center_hz = cell.carrier_hz;
    e.bandwidth_hz =
        cell.technology == "gsm" ? gsm_channel_hz : block_hz * static_cast<double>(cell.resource_blocks.value_or(6));
    e.start_s = cell.first_s;
    e.end_s = cell.last_s;
    e.start = cell.start;
    return e;
}

/// What is drawn of a subject.
std::optional<Emission> drawn(const Subject& subject)
{
    return subject.emission ? subject.emission : subject.cell ? carrier_of(*subject.cell) : std::nullopt;
}

/// The caption of a figure, by what it shows.
std::string caption_of(const Builder& b, const Subject& subject, const std::string& kind)
{
    if (!subject.emission)
        return b.text("figure." + kind + "_cell", {{"name", name_of(b, subject)}});
    return b.text("figure." + kind, {{"center", frequency_of(*subject.emission, b.words)}});
}

std::string alternative_of(const Builder& b, const Subject& subject)
{
    return subject.emission ? emission_sentence(*subject.emission, b.words) : name_of(b, subject);
}

SpectrumFigureInput figure_input(const Builder& b, const RunMaterial& run, const Subject& subject, const Emission& e,
                                 SpectrumData data)
{
    SpectrumFigureInput figure;
    figure.settings = burnt_in(b, run, e, data.bin_hz,
                               Message("figure.settings", {{"points", static_cast<std::int64_t>(data.bins)},
                                                           {"averages", static_cast<std::int64_t>(data.frames)}}));
    figure.center_hz = run.stored.run.stream.center_hz;
    if (e.bandwidth_hz > 0.0 && subject.emission)
        figure.floor_db = e.power_dbfs - e.snr_db - 10.0 * std::log10(e.bandwidth_hz / data.bin_hz);
    figure.data = std::move(data);
    const double half = 0.5 * e.bandwidth_hz;
    const Quantity width{e.bandwidth_hz, Unit::bandwidth, e.uncertainty.bandwidth_hz};
    std::vector<Argument> measured{{"bw", width}};
    if (!e.bandwidth_estimate && e.uncertainty.bandwidth_hz > 0.0)
        measured.push_back({"u_bw", Quantity{e.uncertainty.bandwidth_hz, Unit::bandwidth}});
    const double low = e.low_hz && figure.center_hz ? *e.low_hz - *figure.center_hz : e.offset_hz - half;
    figure.channel = !subject.emission.has_value();
    figure.measured = Edges{low, low + e.bandwidth_hz,
                            b.text(subject.emission ? "figure.measured_width" : "figure.channel_width", measured)};
    const Limits limits = subject.emission ? limits_of(subject) : Limits{};
    if (limits.bandwidth && limits.bandwidth->value > 0.0) {
        figure.hatch = limits.excess.has_value();
        const double middle =
            limits.carrier && figure.center_hz ? limits.carrier->value - *figure.center_hz : e.offset_hz;
        figure.limits = Edges{middle - 0.5 * limits.bandwidth->value, middle + 0.5 * limits.bandwidth->value,
                              b.text("figure.limit_width", {{"bw", *limits.bandwidth}})};
    } else if (limits.carrier && figure.center_hz && limits.tolerance) {
        const double middle = limits.carrier->value - *figure.center_hz;
        figure.limits = Edges{middle - limits.tolerance->value, middle + limits.tolerance->value,
                              b.text("figure.limit_frequency", {{"carrier", *limits.carrier}})};
    }
    return figure;
}

} // namespace

const Result<Reopened>& FindingPlots::open(const Subject& subject)
{
    auto found = opened_.find(subject.run);
    if (found == opened_.end())
        found = opened_.emplace(subject.run, reopen(runs_.at(subject.run))).first;
    return found->second;
}

void FindingPlots::add(const Subject& subject)
{
    if (const auto& opened = open(subject); !opened) {
        b_.paragraph(b_.text("papers.no_figure", {{"why", std::vector<Message>{opened.error().message}}}), true);
        return;
    }
    if (auto figure = spectrum(subject))
        b_.add(std::move(*figure));
    else
        b_.paragraph(b_.text("papers.no_figure_short"), true);
    if (auto figure = waterfall(subject)) // where it is too short for one the spectrum shows it
        b_.add(std::move(*figure));
}

std::optional<typeset::Figure> FindingPlots::spectrum(const Subject& subject)
{
    const auto& opened = open(subject);
    const auto e = drawn(subject);
    if (!opened || !e)
        return std::nullopt;
    auto data = measure_spectrum(*e, *opened->opened.history, opened->timeline);
    if (!data)
        return std::nullopt;
    typeset::Figure figure;
    SpectrumFigureInput input = figure_input(b_, runs_.at(subject.run), subject, *e, std::move(*data));
    const bool beyond = input.limits.has_value();
    figure.drawing = spectrum_figure(std::move(input), b_.words);
    figure.height_mm = low_ ? low_spectrum_mm : spectrum_mm;
    figure.caption = b_.figure_caption(caption_of(b_, subject, beyond ? "caption_limits" : "caption"));
    figure.alternative = alternative_of(b_, subject);
    return figure;
}

std::optional<typeset::Figure> FindingPlots::waterfall(const Subject& subject)
{
    const auto& opened = open(subject);
    const auto shown = drawn(subject);
    if (!opened || !shown)
        return std::nullopt;
    const Emission& e = *shown;
    const RunMaterial& run = runs_.at(subject.run);
    auto data = figures::measure_waterfall(e, *opened->opened.history, opened->timeline);
    if (!data)
        return std::nullopt;
    figures::WaterfallFigureInput input;
    input.settings = burnt_in(b_, run, e, data->bin_hz,
                              Message("figure.settings_rows", {{"points", static_cast<std::int64_t>(data->bins)},
                                                               {"rows", static_cast<std::int64_t>(data->rows)}}));
    input.center_hz = run.stored.run.stream.center_hz;
    input.start = run.stored.run.stream.start;
    input.left_hz = e.low_hz && input.center_hz ? *e.low_hz - *input.center_hz : e.offset_hz - 0.5 * e.bandwidth_hz;
    input.right_hz = input.left_hz + e.bandwidth_hz;
    input.data = std::move(*data);
    typeset::Figure figure;
    figure.drawing = figures::waterfall_figure(std::move(input), b_.words);
    figure.height_mm = low_ ? low_waterfall_mm : waterfall_mm;
    figure.caption = b_.figure_caption(caption_of(b_, subject, "caption_time"));
    figure.alternative = alternative_of(b_, subject);
    return figure;
}

} // namespace gacsong::papers
