// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "detect/plan/tables/licences.hpp"
#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"
#include "report/paint/marker.hpp"
#include "report/paint/traces.hpp"
#include "report/paint/view.hpp"
#include "report/paint/waterfall_image.hpp"
#include "report/picture/noise_history.hpp"

#include <QFont>
#include <QPainter>
#include <QRect>
#include <QString>
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::picture {

/// An emission as a picture needs it: hertz from the centre of the recording, seconds from its start.
struct Mark {
    std::string id;
    Verdict verdict = Verdict::unknown;
    paint::MarkerStyle style;
    double center_hz = 0.0;
    double low_hz = 0.0;
    double high_hz = 0.0;
    double start_s = 0.0;
    double end_s = 0.0;
    double power_dbfs = 0.0;
    QString frequency; ///< short, without its unit: `98,71`
};

[[nodiscard]] Mark make_mark(const Emission& emission, const Wording& words);

/// Whether `a` comes before `b`: graver first, then the stronger.
[[nodiscard]] bool graver(const Mark& a, const Mark& b);

/// A piece of the plan or of the register below the axis, hertz from the centre of the recording.
struct Strip {
    double low_hz = 0.0;
    double high_hz = 0.0;
    QString text;
    QString detail; ///< all that is known, for a tooltip
};

/// Bands of a plan that meet low … high (absolute, hertz) at `when`.
[[nodiscard]] std::vector<Strip> plan_strips(const Plan& plan, double center_hz, double low_hz, double high_hz,
                                             Instant when, const Wording& words);
[[nodiscard]] std::vector<Strip> licence_strips(const LicenceRegister& licences, double center_hz, double low_hz,
                                                double high_hz, const Wording& words);

/// Everything that one picture shows. What it points to must outlive it.
struct Scene {
    const paint::Theme* theme = nullptr;
    const Wording* words = nullptr;
    const paint::ColourMap* map = nullptr;
    const paint::WaterfallImage* waterfall = nullptr;
    QFont font; ///< of axes and labels
    std::optional<double> center_hz;
    std::optional<Instant> start;
    double sample_rate_hz = 1.0;
    paint::View view;
    paint::Levels levels;
    std::vector<Mark> marks; ///< gravest first
    std::optional<std::size_t> selected;
    paint::BinTraces traces;
    paint::BinTraces hold; ///< largest levels of everything received so far; empty: not shown
    NoiseLines noise;      ///< for each bin of `traces`; empty: not known
    bool show_minimum = true;
    bool show_markers = true;
    std::vector<Strip> plan;
    std::vector<Strip> licences;
    std::vector<Gap> gaps;
    bool car = false; ///< larger markers, no minor labels

    /// A length given for labels of their usual size: markers grow with the text.
    [[nodiscard]] double scaled(double pixels) const
    {
        const double usual = car ? 14.0 : 12.0;
        return pixels * std::max(1.0, font.pixelSize() / usual);
    }
    [[nodiscard]] Language language() const { return words->language(); }
    [[nodiscard]] QString text(std::string_view key) const { return QString::fromStdString(words->text(key)); }
    [[nodiscard]] bool relative() const { return !center_hz.has_value(); }
};

/// Where the parts of a picture stand. A part without a place is empty.
struct Layout {
    QRect lane;
    QRect spectrum;
    QRect axis;
    QRect plan;
    QRect licences;
    QRect waterfall;
    int gutter = 64; ///< left of all parts: levels and times

    [[nodiscard]] paint::Scale frequency_scale(const paint::View& view) const
    {
        return {view.low_hz, view.high_hz, static_cast<double>(waterfall.left()),
                static_cast<double>(waterfall.width())};
    }
    [[nodiscard]] paint::Scale time_scale(const paint::View& view) const
    {
        return {view.to_s, view.from_s, static_cast<double>(waterfall.top()), static_cast<double>(waterfall.height())};
    }
    [[nodiscard]] paint::Scale level_scale(const paint::Levels& levels) const
    {
        return {levels.high_db, levels.low_db, static_cast<double>(spectrum.top()),
                static_cast<double>(spectrum.height())};
    }
};

/// Heights of the parts in pixels for 13 px text, and which are there.
struct LayoutSizes {
    int gutter = 64;
    int lane = 30;
    int spectrum = 190;
    int axis = 26;
    int strip = 18;
    bool plan = true;
    bool licences = true;
    int least_waterfall = 200;
};

/// Divides `area`. What does not fit gives way in this order: licences, plan, spectrum down to 80 px.
[[nodiscard]] Layout make_layout(QRect area, LayoutSizes sizes);

void paint_spectrum(QPainter& painter, const Scene& scene, const Layout& layout);
void paint_lane(QPainter& painter, const Scene& scene, const Layout& layout);
void paint_frequency_axis(QPainter& painter, const Scene& scene, const Layout& layout);
void paint_strips(QPainter& painter, const Scene& scene, const Layout& layout);
/// The rows, with gaps, the time axis, and boxes around the emissions.
void paint_waterfall(QPainter& painter, const Scene& scene, const Layout& layout);
/// All of the above.
void paint_picture(QPainter& painter, const Scene& scene, const Layout& layout);

/// The level of a mark's peak in the traces, dBFS; its own power where there are none.
[[nodiscard]] double peak_level(const Scene& scene, const Mark& mark);

/// Levels for which the noise floor is nearly black and the strongest stays within: floor − 3 dB to the 99.9th
/// percentile + 3 dB, a span of 40 to 100 dB, whole decibels.
[[nodiscard]] paint::Levels automatic_levels(const paint::BinTraces& traces);

/// The rectangle of a mark in the waterfall, at least 6 px wide and 4 px high.
[[nodiscard]] QRectF mark_box(const Mark& mark, const paint::View& view, const Layout& layout);

} // namespace gacsong::picture
