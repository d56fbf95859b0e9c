// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/side/car_card.hpp"

#include "gui/models/emission_columns.hpp"
#include "gui/session/levels.hpp"
#include "report/paint/marker.hpp"
#include "report/records/codes.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace gacsong::gui {
namespace {

constexpr int shown_s = 30;
constexpr int recent_s = 6;
constexpr double dead_zone_db = 2.0;
constexpr int looks_a_second = 4;

QString qt(const std::string& text) { return QString::fromStdString(text); }

std::optional<double> mean_of(const std::vector<std::optional<double>>& levels, std::size_t from, std::size_t to)
{
    double sum = 0.0;
    int count = 0;
    for (std::size_t i = from; i < to; ++i) {
        if (levels[i]) {
            sum += *levels[i];
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

} // namespace

Movement movement(const std::vector<std::optional<double>>& levels)
{
    if (levels.size() <= recent_s)
        return {};
    const std::size_t seam = levels.size() - recent_s;
    const auto before = mean_of(levels, 0, seam);
    const auto now = mean_of(levels, seam, levels.size());
    if (!before || !now)
        return {};
    const double change = *now - *before;
    if (std::abs(change) < dead_zone_db)
        return {Trend::steady, change};
    return {change > 0.0 ? Trend::closer : Trend::away, change};
}

std::vector<std::optional<double>> levels_of(const Session& session, double low_hz, double high_hz, double to_s,
                                             int seconds)
{
    std::vector<std::optional<double>> levels(static_cast<std::size_t>(seconds));
    if (!session.recording())
        return levels;
    for (int i = 0; i < seconds; ++i) {
        double power = 0.0;
        int looks = 0;
        for (int part = 0; part < looks_a_second; ++part) {
            const double at = to_s - seconds + i + (part + 0.5) / looks_a_second;
            if (const auto one = at >= 0.0 ? power_at(session, low_hz, high_hz, at) : std::nullopt) {
                power += *one;
                ++looks;
            }
        }
        if (looks > 0 && power > 0.0)
            levels[static_cast<std::size_t>(i)] = 10.0 * std::log10(power / looks);
    }
    return levels;
}

LevelBars::LevelBars(const paint::Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setMinimumSize(160, 48);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelBars::show_levels(std::vector<std::optional<double>> levels)
{
    levels_ = std::move(levels);
    update();
}

void LevelBars::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    double low = 0.0;
    double high = -300.0;
    for (const auto& level : levels_) {
        if (level) {
            low = std::min(low, *level);
            high = std::max(high, *level);
        }
    }
    const double bottom = std::min(low - 3.0, high - 12.0);
    const double step = static_cast<double>(width()) / std::max<double>(1.0, static_cast<double>(levels_.size()));
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        if (!levels_[i])
            continue;
        const double share = (*levels_[i] - bottom) / std::max(1.0, high - bottom);
        const int tall = std::max(2, static_cast<int>(share * height()));
        const bool recent = i + recent_s >= levels_.size();
        painter.fillRect(static_cast<int>(static_cast<double>(i) * step), height() - tall,
                         std::max(2, static_cast<int>(step) - 2), tall, recent ? theme_.text : theme_.text3);
    }
}

Sentence::Sentence(QWidget* parent) : QLabel(parent)
{
    setWordWrap(true);
    setAlignment(Qt::AlignTop | Qt::AlignLeft);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void Sentence::say(const QString& text)
{
    if (text == whole_)
        return;
    whole_ = text;
    setAccessibleName(whole_);
    setToolTip(whole_);
    updateGeometry();
    fit();
}

QSize Sentence::sizeHint() const
{
    const QRect all = fontMetrics().boundingRect(QRect(0, 0, std::max(1, width()), 100'000), Qt::TextWordWrap, whole_);
    return {200, all.height()};
}

QSize Sentence::minimumSizeHint() const { return {100, fontMetrics().height()}; }

void Sentence::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    if (event->oldSize().width() != width())
        updateGeometry();
    fit();
}

/// Words are left out from the end until the rest has room.
void Sentence::fit()
{
    const auto fits = [this](const QString& text) {
        return fontMetrics()
                   .boundingRect(QRect(0, 0, std::max(1, width()), 100'000), Qt::TextWordWrap, text)
                   .height() <= height();
    };
    QString shown = whole_;
    for (qsizetype end = shown.size(); end > 0 && !fits(shown);) {
        end = whole_.lastIndexOf(' ', end - 1);
        shown = whole_.left(std::max<qsizetype>(0, end)) + QString::fromUtf8("…");
    }
    setText(shown);
}

CarCard::CarCard(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
                 QWidget* parent)
    : QFrame(parent), session_(session), words_(words), theme_(theme), density_(density)
{
    setObjectName("car_card");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    marker_ = new QLabel;
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    title_ = new QLabel;
    title_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density.details()));
    where_ = new QLabel;
    names->addWidget(title_);
    names->addWidget(where_);
    head->addWidget(marker_);
    head->addLayout(names, 1);
    column->addLayout(head);
    why_ = new Sentence;
    column->addWidget(why_);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    level_ = new QLabel;
    level_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density.scaled(28)));
    bars_ = new LevelBars(theme);
    row->addWidget(level_);
    row->addWidget(bars_, 1);
    column->addLayout(row);
    trend_ = new QLabel;
    trend_->setObjectName("trend");
    trend_->setProperty("strong", true);
    column->addWidget(trend_);
    hide();
}

void CarCard::fill(const Emission& emission)
{
    const auto style = paint::marker_style(emission.verdict, words_.wording());
    const int size = density_.scaled(42);
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(static_cast<int>(size * ratio), static_cast<int>(size * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint::draw_marker(painter, {0.5 * size, 0.5 * size}, 0.92 * size, style, theme_, theme_.panel);
    painter.end();
    marker_->setPixmap(pixmap);
    title_->setText(words_(fmt::format("verdict.{}.short", code(emission.verdict))));
    const Quantity where{emission.center_hz.value_or(emission.offset_hz), Unit::frequency, 1e3};
    where_->setText(qt(quantity_text(where, words_.language())) + QString::fromUtf8(" · ") +
                    identified(emission, words_));
    why_->say(emission.reasons.empty() ? words_("gui.details.no_reason") : words_(emission.reasons.front().message));
    setStyleSheet(QString("QFrame#car_card { border: 2px solid %1; border-radius: 8px; }")
                      .arg(paint::line_colour(theme_, style.gravity).name()));
}

void CarCard::refresh(std::optional<int> row, double to_s)
{
    const auto& all = session_.emissions();
    if (!row && !all.empty()) {
        const auto first = std::ranges::min_element(all, {}, [](const Emission& e) { return urgency(e); });
        row = static_cast<int>(first - all.begin());
    }
    if (row && *row >= static_cast<int>(all.size()))
        row.reset();
    shown_ = row;
    setVisible(row.has_value());
    if (!row)
        return;
    const Emission& emission = all[static_cast<std::size_t>(*row)];
    fill(emission);
    const double half = 0.5 * emission.bandwidth_hz;
    auto levels = levels_of(session_, emission.offset_hz - half, emission.offset_hz + half, to_s, shown_s);
    const auto latest = std::ranges::find_if(levels.rbegin(), levels.rend(), [](const auto& l) { return bool(l); });
    const double level = latest != levels.rend() ? **latest : emission.power_dbfs;
    Quantity said = shown_level(session_, emission.offset_hz, level);
    said.resolution = 1.0;
    level_->setText(qt(quantity_text(said, words_.language())));
    const Movement now = movement(levels);
    constexpr std::array keys{"gui.car.unknown", "gui.car.closer", "gui.car.steady", "gui.car.away"};
    trend_->setText(words_(Message(keys.at(static_cast<std::size_t>(now.trend)),
                                   {{"change", Quantity{std::abs(now.change_db), Unit::db, 1.0}}})));
    bars_->show_levels(std::move(levels));
    setAccessibleName(title_->text() + ". " + where_->text() + ". " + level_->text() + ". " + trend_->text());
}

} // namespace gacsong::gui
