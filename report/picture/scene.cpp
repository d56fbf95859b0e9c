// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/scene.hpp"

#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gacsong::picture {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

std::string range_text(double low_hz, double high_hz, const Wording& words)
{
    return words.text(Message(
        "picture.range", {{"low", Quantity{low_hz, Unit::frequency}}, {"high", Quantity{high_hz, Unit::frequency}}}));
}

float percentile(std::vector<float> values, double share)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, at);
    return *at;
}

} // namespace

Mark make_mark(const Emission& emission, const Wording& words)
{
    Mark mark;
    mark.id = emission.id;
    mark.verdict = emission.verdict;
    mark.style = paint::marker_style(emission.verdict, words);
    mark.center_hz = emission.offset_hz;
    const double half = 0.5 * emission.bandwidth_hz;
    mark.low_hz = emission.offset_hz - half;
    mark.high_hz = emission.offset_hz + half;
    if (emission.center_hz && emission.low_hz && emission.high_hz) {
        mark.low_hz = emission.offset_hz + (*emission.low_hz - *emission.center_hz);
        mark.high_hz = emission.offset_hz + (*emission.high_hz - *emission.center_hz);
    }
    mark.start_s = emission.start_s;
    mark.end_s = emission.end_s;
    mark.power_dbfs = emission.power_dbfs;
    // Two decimals of a megahertz tell stations apart; where the channel is narrower, more of them.
    const double unit = emission.center_hz ? 1e6 : 1e3;
    const int decimals = emission.center_hz ? (emission.bandwidth_hz < 25e3 ? 3 : 2) : 1;
    mark.frequency =
        qt(number_text(emission.center_hz.value_or(emission.offset_hz) / unit, decimals, words.language()));
    return mark;
}

bool graver(const Mark& a, const Mark& b)
{
    return a.style.gravity != b.style.gravity ? a.style.gravity < b.style.gravity : a.power_dbfs > b.power_dbfs;
}

std::vector<Strip> plan_strips(const Plan& plan, double center_hz, double low_hz, double high_hz, Instant when,
                               const Wording& words)
{
    std::vector<Strip> strips;
    for (const Band& band : plan.bands) {
        if (band.row.high_hz <= low_hz || band.row.low_hz >= high_hz || !band.row.validity.holds(when))
            continue;
        const std::string service = words.term(band.service);
        const std::string range = range_text(band.row.low_hz, band.row.high_hz, words);
        const std::string text = fmt::format("{} · {}", range, service);
        std::string detail = text;
        if (!band.row.reference.empty())
            detail += "\n" + printable(band.row.reference);
        if (!band.row.note.empty())
            detail += "\n" + printable(band.row.note);
        strips.push_back({band.row.low_hz - center_hz, band.row.high_hz - center_hz, qt(text), qt(detail)});
    }
    std::ranges::sort(strips, {}, &Strip::low_hz);
    return strips;
}

std::vector<Strip> licence_strips(const LicenceRegister& licences, double center_hz, double low_hz, double high_hz,
                                  const Wording& words)
{
    std::vector<Strip> strips;
    for (const Licence* licence : licences.meeting(low_hz, high_hz)) {
        const std::string name = printable(licence->holder.empty() ? licence->id : licence->holder);
        std::string detail = fmt::format("{} · {}", printable(licence->id), name);
        detail += "\n" + quantity_text({licence->center_hz, Unit::frequency}, words.language());
        if (licence->bandwidth_hz)
            detail += " · " + quantity_text({*licence->bandwidth_hz, Unit::bandwidth}, words.language());
        strips.push_back({licence->low_hz() - center_hz, licence->high_hz() - center_hz, qt(name), qt(detail)});
    }
    return strips;
}

Layout make_layout(QRect area, LayoutSizes sizes)
{
    const auto fixed = [&] {
        return sizes.lane + sizes.axis + (sizes.plan ? sizes.strip : 0) + (sizes.licences ? sizes.strip : 0);
    };
    const auto waterfall = [&] { return area.height() - fixed() - sizes.spectrum; };
    if (waterfall() < sizes.least_waterfall)
        sizes.licences = false;
    if (waterfall() < sizes.least_waterfall)
        sizes.plan = false;
    constexpr int least_spectrum = 80;
    if (const int missing = sizes.least_waterfall - waterfall(); missing > 0)
        sizes.spectrum = std::max(std::min(least_spectrum, sizes.spectrum), sizes.spectrum - missing);
    Layout layout;
    layout.gutter = sizes.gutter;
    int y = area.top();
    const auto take = [&](int height) {
        const QRect part(area.left() + sizes.gutter, y, std::max(1, area.width() - sizes.gutter), std::max(0, height));
        y += part.height();
        return part;
    };
    layout.lane = take(sizes.lane);
    layout.spectrum = take(sizes.spectrum);
    layout.axis = take(sizes.axis);
    layout.plan = take(sizes.plan ? sizes.strip : 0);
    layout.licences = take(sizes.licences ? sizes.strip : 0);
    layout.waterfall = take(std::max(1, area.bottom() + 1 - y));
    return layout;
}

paint::Levels automatic_levels(const paint::BinTraces& traces)
{
    if (traces.empty())
        return {};
    std::vector<float> known;
    std::ranges::copy_if(traces.mean, std::back_inserter(known), [](float level) { return level > -250.0F; });
    if (known.empty())
        return {};
    const double low = std::floor(static_cast<double>(percentile(known, 0.25))) - 3.0;
    const double high = std::ceil(static_cast<double>(percentile(traces.maximum, 0.999))) + 3.0;
    return {low, low + std::clamp(high - low, 40.0, 100.0)};
}

double peak_level(const Scene& scene, const Mark& mark)
{
    const auto& levels = scene.traces.mean;
    if (levels.empty())
        return mark.power_dbfs;
    const double bin_hz = scene.sample_rate_hz / static_cast<double>(levels.size());
    const auto bin = [&](double hz) {
        const double at = (hz + 0.5 * scene.sample_rate_hz) / bin_hz + 0.5;
        return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(levels.size() - 1)));
    };
    const auto from = levels.begin() + static_cast<std::ptrdiff_t>(bin(mark.low_hz));
    const auto to = levels.begin() + static_cast<std::ptrdiff_t>(bin(mark.high_hz)) + 1;
    return static_cast<double>(*std::max_element(from, to));
}

QRectF mark_box(const Mark& mark, const paint::View& view, const Layout& layout)
{
    constexpr double least_width = 6.0;
    constexpr double least_height = 4.0;
    const paint::Scale x = layout.frequency_scale(view);
    const paint::Scale y = layout.time_scale(view);
    QRectF box(QPointF(x.pixel(mark.low_hz), y.pixel(mark.end_s)),
               QPointF(x.pixel(mark.high_hz), y.pixel(mark.start_s)));
    if (box.width() < least_width)
        box.adjust(0.5 * (box.width() - least_width), 0.0, 0.5 * (least_width - box.width()), 0.0);
    if (box.height() < least_height)
        box.setTop(box.bottom() - least_height);
    return box;
}

void paint_picture(QPainter& painter, const Scene& scene, const Layout& layout)
{
    paint_spectrum(painter, scene, layout);
    paint_lane(painter, scene, layout);
    paint_frequency_axis(painter, scene, layout);
    paint_strips(painter, scene, layout);
    paint_waterfall(painter, scene, layout);
}

} // namespace gacsong::picture
