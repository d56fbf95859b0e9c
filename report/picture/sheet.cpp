// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/picture/sheet.hpp"

#include "report/paint/ticks.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QBuffer>
#include <QFontMetrics>
#include <QGuiApplication>
#include <algorithm>
#include <cmath>
#include <map>

namespace gacsong::picture {
namespace {

constexpr int margin = 12;
constexpr int header = 62;
constexpr int footer = 42;
constexpr std::size_t store_bytes = std::size_t{512} << 20U;

QString qt(const std::string& text) { return QString::fromStdString(text); }

paint::View view_of(const SheetInput& input)
{
    const double rate = input.run.stream.sample_rate_hz;
    paint::View view{-0.5 * rate, 0.5 * rate, std::max(0.0, input.from_s.value_or(0.0)),
                     std::min(input.timeline.duration_s(), input.to_s.value_or(input.timeline.duration_s()))};
    if (!(view.span_s() > 0.0))
        view.to_s = view.from_s + 1.0 / rate;
    return view;
}

/// Fills the tiles of a view with whole rows.
bool fill(TileStore& store, const SheetInput& input, const History& history, const paint::View& view, TileGrid grid)
{
    TileMaker maker(history, input.timeline);
    const double rate = input.timeline.sample_rate_hz();
    const auto last = static_cast<std::int64_t>(view.to_s * rate);
    for (TileKey key = tile_at(grid, static_cast<std::int64_t>(view.from_s * rate));
         (key.index * static_cast<std::int64_t>(Tile::rows) << key.level) <= last; ++key.index) {
        auto tile = std::make_shared<Tile>(key);
        for (std::size_t row = 0; row < Tile::rows; ++row) {
            if (!maker.whole_row(*tile, row, {}))
                return false;
        }
        store.put(std::move(tile));
    }
    return true;
}

/// The sheet around the picture: what it shows, how it was made, and what the marks mean.
class Sheet {
public:
    Sheet(const SheetInput& input, const Wording& words, const SheetStyle& style)
        : input_(input), words_(words), style_(style), theme_(paint::theme(style.theme)),
          map_(style.map.value_or(paint::default_map(style.theme)), false, theme_)
    {
    }

    Result<QImage> paint(const History& history);

private:
    [[nodiscard]] std::string title_facts() const;
    [[nodiscard]] std::string settings() const;
    [[nodiscard]] std::string origin() const;
    void paint_header(QPainter& painter) const;
    void paint_counts(QPainter& painter, int right) const;
    void paint_footer(QPainter& painter) const;
    void fill_scene(TileGrid grid);

    const SheetInput& input_;
    const Wording& words_;
    SheetStyle style_;
    const paint::Theme& theme_;
    paint::ColourMap map_;
    TileStore store_{store_bytes};
    paint::WaterfallImage waterfall_;
    Scene scene_;
    double bin_hz_ = 0.0;
};

std::string Sheet::title_facts() const
{
    const StreamInfo& stream = input_.run.stream;
    std::vector<Message> parts;
    if (stream.center_hz)
        parts.emplace_back("picture.center",
                           std::vector<Argument>{{"center", Quantity{*stream.center_hz, Unit::frequency}}});
    else
        parts.emplace_back("picture.no_center");
    parts.emplace_back("picture.rate",
                       std::vector<Argument>{{"rate", Quantity{stream.sample_rate_hz, Unit::sample_rate}},
                                             {"format", stream.format_name}});
    parts.emplace_back("picture.resolution", std::vector<Argument>{{"bw", Quantity{bin_hz_, Unit::bandwidth}}});
    if (stream.start)
        parts.emplace_back("picture.start", std::vector<Argument>{{"start", *stream.start}});
    else
        parts.emplace_back("picture.no_start");
    std::string text;
    for (const Message& part : parts)
        text += (text.empty() ? "" : " · ") + words_.text(part);
    return text;
}

std::string Sheet::settings() const
{
    const std::string levels = fmt::format("{} … {} dBFS", number_text(scene_.levels.low_db, 0, words_.language()),
                                           number_text(scene_.levels.high_db, 0, words_.language()));
    const auto map = style_.map.value_or(paint::default_map(style_.theme));
    std::string text = words_.text(Message(
        "picture.settings", {{"levels", levels}, {"map", words_.text(fmt::format("picture.map.{}", code(map)))}}));
    text += " · " + words_.text(Message("picture.plan_name", {{"plan", input_.run.plan}}));
    text += " · " + (input_.run.register_name.empty()
                         ? words_.text("picture.no_register")
                         : words_.text(Message("picture.register_name", {{"register", input_.run.register_name}})));
    return text;
}

std::string Sheet::origin() const
{
    const StreamInfo& stream = input_.run.stream;
    std::string text = printable(input_.run.program);
    if (stream.latitude && stream.longitude) {
        const bool vi = words_.language() == Language::vi;
        const auto part = [&](double degrees, const char* positive, const char* negative) {
            return number_text(std::abs(degrees), 5, words_.language()) + "°\u00A0" +
                   (degrees < 0 ? negative : positive);
        };
        text += " · " + part(*stream.latitude, vi ? "B" : "N", vi ? "N" : "S") + (vi ? "; " : ", ") +
                part(*stream.longitude, vi ? "Đ" : "E", vi ? "T" : "W");
    } else {
        text += " · " + words_.text("picture.no_place");
    }
    return text;
}

void Sheet::paint_counts(QPainter& painter, int right) const
{
    std::map<std::pair<paint::Gravity, Verdict>, int> counts;
    for (const Mark& mark : scene_.marks)
        ++counts[{mark.style.gravity, mark.verdict}];
    const QFontMetrics metrics(painter.font());
    int x = right;
    for (auto count = counts.rbegin(); count != counts.rend(); ++count) {
        const Verdict verdict = count->first.second;
        const QString text =
            qt(fmt::format("{} {}", count->second, words_.text(fmt::format("verdict.{}.short", code(verdict)))));
        const int width = metrics.horizontalAdvance(text);
        x -= width;
        painter.setPen(theme_.text);
        painter.drawText(QRect(x, margin, width + 2, 20), Qt::AlignVCenter, text);
        x -= 22;
        paint::draw_marker(painter, QPointF(x + 8.0, margin + 10.0), 16.0, paint::marker_style(verdict, words_), theme_,
                           theme_.panel);
        x -= 14;
    }
}

void Sheet::paint_header(QPainter& painter) const
{
    painter.fillRect(0, 0, style_.width, header, theme_.panel);
    painter.setFont(text_font(13));
    paint_counts(painter, style_.width - margin);
    QFont bold = text_font(16);
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme_.text);
    const std::string input = input_.run.stream.input;
    const std::string name = input.substr(input.find_last_of('/') + 1);
    painter.drawText(QRect(margin, 8, style_.width / 2, 24), Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(qt(printable(name)), Qt::ElideMiddle, style_.width / 2));
    painter.setFont(text_font(13));
    painter.setPen(theme_.text2);
    painter.drawText(QRect(margin, 34, style_.width - 2 * margin, 20), Qt::AlignVCenter, qt(title_facts()));
}

void Sheet::paint_footer(QPainter& painter) const
{
    const QRect row(0, style_.height - footer, style_.width, footer);
    painter.fillRect(row, theme_.panel);
    painter.fillRect(row.left(), row.top(), row.width(), 1, theme_.line);
    painter.setFont(text_font(12));
    painter.setPen(theme_.text2);
    const QFontMetrics metrics(painter.font());
    const int width = style_.width - 2 * margin;
    painter.drawText(QRect(margin, row.top() + 4, width, 17), Qt::AlignVCenter,
                     metrics.elidedText(qt(settings()), Qt::ElideRight, width));
    painter.drawText(QRect(margin, row.top() + 21, width, 17), Qt::AlignVCenter,
                     metrics.elidedText(qt(origin()), Qt::ElideRight, width));
}

void Sheet::fill_scene(TileGrid grid)
{
    const StreamInfo& stream = input_.run.stream;
    scene_.theme = &theme_;
    scene_.words = &words_;
    scene_.map = &map_;
    scene_.waterfall = &waterfall_;
    scene_.font = text_font(12);
    scene_.center_hz = stream.center_hz;
    scene_.start = stream.start;
    scene_.sample_rate_hz = stream.sample_rate_hz;
    scene_.gaps = input_.timeline.gaps();
    for (const Emission& emission : input_.emissions)
        scene_.marks.push_back(make_mark(emission, words_));
    std::ranges::sort(scene_.marks, graver);
    paint::TraceMaker traces;
    scene_.traces = traces.make(store_, grid, input_.timeline, scene_.view.from_s, scene_.view.to_s);
    scene_.noise =
        input_.noise.lines(scene_.view.from_s, scene_.view.to_s, scene_.traces.mean.size(), scene_.sample_rate_hz);
    scene_.levels = automatic_levels(scene_.traces);
    if (stream.center_hz && input_.context != nullptr) {
        const double low = *stream.center_hz + scene_.view.low_hz;
        const double high = *stream.center_hz + scene_.view.high_hz;
        const Instant when = stream.start.value_or(input_.context->today);
        scene_.plan = plan_strips(input_.context->plan, *stream.center_hz, low, high, when, words_);
        if (input_.context->licences)
            scene_.licences = licence_strips(*input_.context->licences, *stream.center_hz, low, high, words_);
    }
}

Result<QImage> Sheet::paint(const History& history)
{
    scene_.view = view_of(input_);
    LayoutSizes sizes;
    sizes.plan = input_.context != nullptr;
    sizes.licences = input_.context != nullptr && input_.context->licences.has_value();
    const Layout layout = make_layout(QRect(0, header, style_.width - margin, style_.height - header - footer), sizes);
    const TileGrid grid = choose_grid(input_.timeline, scene_.view.span_s(), layout.waterfall.height(),
                                      scene_.view.span_hz(), layout.waterfall.width());
    bin_hz_ = input_.timeline.sample_rate_hz() / static_cast<double>(std::size_t{1} << grid.log2_bins);
    if (!fill(store_, input_, history, scene_.view, grid))
        return failure("render.read", {{"file", printable(input_.run.stream.input)}});
    fill_scene(grid);
    static_cast<void>(waterfall_.update({.view = scene_.view,
                                         .size = layout.waterfall.size(),
                                         .grid = grid,
                                         .levels = scene_.levels,
                                         .map_version = 1,
                                         .sample_rate_hz = scene_.sample_rate_hz,
                                         .plot = theme_.plot.rgb(),
                                         .outside = theme_.background.rgb(),
                                         .hatch = theme_.raised.rgb(),
                                         .hatch_ground = theme_.background.rgb()},
                                        map_, store_));
    QImage image(style_.width, style_.height, QImage::Format_RGB32);
    image.fill(theme_.panel);
    QPainter painter(&image);
    paint_header(painter);
    paint_picture(painter, scene_, layout);
    paint_footer(painter);
    painter.end();
    image.setText("Software", qt(printable(input_.run.program)));
    image.setText("Source", qt(printable(input_.run.stream.input)));
    return image;
}

} // namespace

Result<std::string> render_sheet(const SheetInput& input, const History& history, const Wording& words,
                                 const SheetStyle& style)
{
    prepare_painting();
    const auto image = Sheet(input, words, style).paint(history);
    if (!image)
        return tl::unexpected(image.error());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image->save(&buffer, "PNG"))
        return failure("render.failed", {}, Fault::output);
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

void prepare_painting()
{
    if (QCoreApplication::instance() != nullptr)
        return;
    static int count = 1;
    static char name[] = "gacsong";
    static char* words[] = {name, nullptr};
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // What Qt says of a missing desktop is no concern of somebody who asked for a file.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    // Never destroyed: fonts and images may be asked for until the very end of the program, and what other libraries
    // hold of them goes in an order that nobody decides.
    static const auto* const application = new QGuiApplication(count, words);
    static_cast<void>(application);
}

QFont text_font(int pixels)
{
    QFont font;
    font.setFamilies({"Noto Sans", "DejaVu Sans", "Noto Sans Math", "Sans Serif"});
    font.setPixelSize(pixels);
    return font;
}

} // namespace gacsong::picture
