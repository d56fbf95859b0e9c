// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/side/details_panel.hpp"

#include "gui/models/emission_columns.hpp"
#include "gui/session/levels.hpp"
#include "report/paint/marker.hpp"
#include "report/picture/sheet.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QFrame* line()
{
    auto* frame = new QFrame;
    frame->setProperty("line", true);
    return frame;
}

/// Full, half or hollow: good, fair, poor.
QString dot(Quality quality)
{
    return QString::fromUtf8(quality == Quality::good ? "●" : (quality == Quality::fair ? "◐" : "○"));
}

void clear(QGridLayout& layout)
{
    while (QLayoutItem* item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QPushButton* button(QAction& action, bool primary, const QIcon& mark)
{
    auto* made = new QPushButton(mark, " " + action.text());
    made->setProperty("primary", primary);
    made->setAccessibleName(action.text());
    made->setToolTip(action.toolTip());
    made->setEnabled(action.isEnabled());
    QObject::connect(made, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::enabledChanged, made, &QPushButton::setEnabled);
    return made;
}

} // namespace

DetailsPanel::DetailsPanel(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
                           const Actions& actions, QWidget* parent)
    : QScrollArea(parent), session_(session), words_(words), theme_(theme), density_(density)
{
    setObjectName("details");
    setAccessibleName(words("gui.details.name"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build(actions);
    show_emission(std::nullopt);
    connect(&session, &Session::plots_ready, this, [this](int row) {
        if (row_ == row)
            show_plots();
    });
}

void DetailsPanel::build(const Actions& actions)
{
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(10);
    empty_ = new QLabel(words_("gui.details.empty"));
    empty_->setProperty("dim", true);
    empty_->setWordWrap(true);
    column->addWidget(empty_);
    content_ = new QWidget;
    auto* body = new QVBoxLayout(content_);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(10);

    auto* head = new QHBoxLayout;
    back_ = new QToolButton;
    back_->setIcon(icon("back", theme_));
    back_->setText(words_("gui.details.back"));
    back_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back_->setAccessibleName(words_("gui.details.back"));
    connect(back_, &QToolButton::clicked, this, &DetailsPanel::back_wanted);
    marker_ = new QLabel;
    frequency_ = new QLabel;
    verdict_ = new QLabel;
    on_air_ = new QLabel;
    QFont large = picture::text_font(density_.details());
    large.setWeight(QFont::DemiBold);
    frequency_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density_.details()));
    verdict_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density_.title()));
    on_air_->setProperty("dim", true);
    head->addWidget(back_);
    head->addWidget(marker_);
    head->addWidget(frequency_);
    head->addWidget(verdict_);
    head->addStretch(1);
    head->addWidget(on_air_);
    body->addLayout(head);
    sentence_ = new QLabel;
    sentence_->setObjectName("sentence");
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::RichText);
    sentence_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(sentence_, &QLabel::linkActivated, this, [this] {
        if (row_)
            Q_EMIT why_wanted(*row_);
    });
    body->addWidget(sentence_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(button(*actions.report, true, icon("report", theme_.accent_ink, theme_.text3)));
    buttons->addWidget(button(*actions.save_clip, false, actions.save_clip->icon()));
    buttons->addWidget(button(*actions.ignore, false, actions.ignore->icon()));
    auto* more = new QToolButton;
    more->setIcon(icon("more", theme_));
    more->setAccessibleName(words_("gui.details.more"));
    more->setToolTip(words_("gui.details.more"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    menu->addAction(actions.add_to_register);
    menu->addAction(actions.copy);
    menu->addAction(actions.annotate);
    more->setMenu(menu);
    buttons->addWidget(more);
    buttons->addStretch(1);
    body->addLayout(buttons);
    body->addWidget(line());

    auto* measured = new QHBoxLayout;
    auto* title = new QLabel(words_("gui.details.measured"));
    title->setProperty("strong", true);
    auto* legend = new QLabel(words_("gui.details.quality"));
    legend->setProperty("dim", true);
    measured->addWidget(title);
    measured->addStretch(1);
    measured->addWidget(legend);
    body->addLayout(measured);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(16);
    values_ = new QGridLayout;
    values_->setHorizontalSpacing(10);
    values_->setVerticalSpacing(3);
    values_->setColumnStretch(2, 1);
    auto* left = new QVBoxLayout;
    left->addLayout(values_);
    left->addStretch(1);
    middle->addLayout(left, 3);
    auto* plots = new QVBoxLayout;
    spectrum_ = new SmallPlot(theme_, picture::text_font(density_.label()));
    level_ = new SmallPlot(theme_, picture::text_font(density_.label()));
    modulation_ = new SmallPlot(theme_, picture::text_font(density_.label()));
    for (SmallPlot* plot : {spectrum_, modulation_, level_})
        plots->addWidget(plot);
    middle->addLayout(plots, 2);
    body->addLayout(middle);
    body->addWidget(line());
    facts_ = new QGridLayout;
    facts_->setHorizontalSpacing(12);
    facts_->setVerticalSpacing(3);
    facts_->setColumnStretch(1, 1);
    body->addLayout(facts_);
    column->addWidget(content_);
    column->addStretch(1);
    setWidget(inside);
}

void DetailsPanel::set_back_visible(bool visible) { back_->setVisible(visible); }

void DetailsPanel::show_emission(std::optional<int> row)
{
    row_ = row;
    content_->setVisible(row.has_value());
    empty_->setVisible(!row.has_value());
    if (!row)
        return;
    fill(session_.emissions()[static_cast<std::size_t>(*row)]);
    spectrum_->show_curve(words_("gui.details.plot_reading"), {}, std::nullopt, {});
    level_->show_curve(words_("gui.details.plot_reading"), {}, std::nullopt, {});
    modulation_->hide();
    session_.request_plots(*row);
}

void DetailsPanel::fill(const Emission& e)
{
    const int size = density_.scaled(30);
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(static_cast<int>(size * ratio), static_cast<int>(size * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint::draw_marker(painter, {0.5 * size, 0.5 * size}, 0.92 * size, paint::marker_style(e.verdict, words_.wording()),
                       theme_, theme_.panel);
    painter.end();
    marker_->setPixmap(pixmap);
    const Language language = words_.language();
    frequency_->setText(e.center_hz ? qt(number_text(*e.center_hz / 1e6, 3, language)) + QString::fromUtf8("\u00A0MHz")
                                    : qt(number_text(e.offset_hz / 1e3, 1, language)) + QString::fromUtf8("\u00A0kHz"));
    verdict_->setText(words_(fmt::format("verdict.{}.short", code(e.verdict))));
    on_air_->setText(
        words_(Message("gui.details.on_air", {{"duration", Quantity{e.end_s - e.start_s, Unit::seconds}}})));
    QString text;
    for (const Reason& reason : e.reasons)
        text += (text.isEmpty() ? "" : " ") + words_(reason.message);
    if (text.isEmpty())
        text = words_("gui.details.no_reason");
    sentence_->setText(QString("%1 <a href=\"why\" style=\"color:%2\">%3</a>")
                           .arg(text.toHtmlEscaped(), theme_.accent.name(), words_("gui.details.why")));
    fill_measured(e);
    fill_facts(e);
}

void DetailsPanel::add_value(const QString& name, const QString& value, const QString& uncertainty,
                             std::optional<Quality> quality)
{
    const int row = values_->rowCount();
    auto* label = new QLabel(name);
    label->setProperty("dim", true);
    auto* shown = new QLabel(value);
    shown->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* spread = new QLabel(uncertainty);
    spread->setProperty("dim", true);
    values_->addWidget(label, row, 0);
    values_->addWidget(shown, row, 1);
    values_->addWidget(spread, row, 2);
    if (quality) {
        auto* mark = new QLabel(dot(*quality));
        mark->setAccessibleName(words_(fmt::format("gui.quality.{}", code(*quality))));
        mark->setToolTip(mark->accessibleName());
        values_->addWidget(mark, row, 3);
    }
}

void DetailsPanel::fill_measured(const Emission& e)
{
    clear(*values_);
    const Language language = words_.language();
    const auto quantity = [&](double value, Unit unit, double resolution = 0.0) {
        return qt(quantity_text({value, unit, resolution}, language));
    };
    const auto spread = [&](double value, Unit unit) {
        return value > 0.0 ? QString::fromUtf8("± ") + qt(uncertainty_text({value, unit}, language)) : QString();
    };
    const double frequency = e.center_hz.value_or(e.offset_hz);
    add_value(words_(e.center_hz ? "gui.value.center" : "gui.value.offset"),
              quantity(frequency, Unit::frequency, e.uncertainty.center_hz),
              spread(e.uncertainty.center_hz, Unit::bandwidth), e.quality);
    const Quality width_quality = e.bandwidth_estimate ? std::min(e.quality, Quality::fair) : e.quality;
    add_value(words_("gui.value.bandwidth"),
              (e.bandwidth_estimate ? QString::fromUtf8("≈ ") : QString()) +
                  quantity(e.bandwidth_hz, Unit::bandwidth, e.uncertainty.bandwidth_hz),
              spread(e.uncertainty.bandwidth_hz, Unit::bandwidth), width_quality);
    const QString level_note =
        e.power_dbm ? spread(e.uncertainty.level_db.value_or(0.0), Unit::db) : words_("gui.value.not_calibrated");
    add_value(words_("gui.value.level"), qt(quantity_text(shown_level(e), language)), level_note,
              e.clipped ? Quality::poor : std::min(e.quality, Quality::fair));
    add_value(words_("gui.value.snr"), quantity(e.snr_db, Unit::db), spread(e.uncertainty.power_db, Unit::db),
              e.quality);
    if (e.modulation.name != "unknown")
        add_value(words_("gui.value.modulation"), qt(words_.wording().term(e.modulation.name)),
                  words_(Message("gui.value.confidence",
                                 {{"confidence", Quantity{e.modulation.confidence, Unit::none, 0.01}}})));
    if (e.modulation.symbol_rate_hz)
        add_value(words_("gui.value.symbol_rate"), quantity(*e.modulation.symbol_rate_hz, Unit::bandwidth), {});
    if (e.modulation.deviation_hz)
        add_value(words_("gui.value.deviation"), quantity(*e.modulation.deviation_hz, Unit::bandwidth), {});
    if (e.bursts > 1)
        add_value(words_("gui.value.bursts"), qt(number_text(static_cast<std::int64_t>(e.bursts), language)),
                  words_(Message("gui.value.duty", {{"duty", Quantity{e.duty, Unit::parts, 0.01}}})));
    if (e.period_s)
        add_value(words_("gui.value.period"), quantity(*e.period_s, Unit::seconds), {});
}

void DetailsPanel::add_fact(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    const int row = facts_->rowCount();
    auto* label = new QLabel(name);
    label->setProperty("dim", true);
    auto* shown = new QLabel(value);
    shown->setWordWrap(true);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    facts_->addWidget(label, row, 0, Qt::AlignTop);
    facts_->addWidget(shown, row, 1);
}

void DetailsPanel::fill_facts(const Emission& e)
{
    clear(*facts_);
    add_fact(words_("gui.fact.identified"), identified(e, words_));
    for (const auto& [key, value] : e.system.identity)
        add_fact(words_(fmt::format("identity.{}", key)), qt(printable(value)));
    fill_licence(e);
    add_fact(words_("gui.fact.designator"), qt(printable(e.designator)));
    if (!e.service.empty())
        add_fact(words_("gui.fact.service"), qt(words_.wording().term(e.service)));
    QStringList rules;
    for (const Finding& finding : session_.findings_of(e.id))
        rules << QString("%1 (%2)").arg(qt(finding.rule), words_(fmt::format("severity.{}", code(finding.severity))));
    add_fact(words_("gui.fact.rules"), rules.join(", "));
    QStringList doubts;
    for (const Message& doubt : e.quality_reasons)
        doubts << words_(doubt);
    add_fact(words_("gui.fact.doubts"), doubts.join("; "));
    // Filled in when the store has answered; without a store there is no such line.
    past_ = nullptr;
    if (session_.has_store() && e.center_hz) {
        add_fact(words_("gui.fact.past"), words_("gui.past.asking"));
        past_ = qobject_cast<QLabel*>(facts_->itemAtPosition(facts_->rowCount() - 1, 1)->widget());
        past_->setObjectName("past");
    }
}

/// One row of the register: what is licensed, where and until when.
QString DetailsPanel::licence_text(const Licence& licence) const
{
    const Language language = words_.language();
    QStringList parts{qt(printable(licence.id))};
    if (!licence.holder.empty())
        parts << qt(printable(licence.holder));
    parts << qt(quantity_text({licence.center_hz, Unit::frequency}, language));
    if (licence.bandwidth_hz)
        parts << qt(quantity_text({*licence.bandwidth_hz, Unit::bandwidth}, language));
    if (!licence.designator.empty())
        parts << qt(printable(licence.designator));
    if (licence.power_w)
        parts << qt(number_text_trimmed(*licence.power_w, 3, language)) + QString::fromUtf8("\u00A0W");
    if (licence.place)
        parts << QString("%1; %2").arg(qt(number_text(licence.place->latitude, 4, language)),
                                       qt(number_text(licence.place->longitude, 4, language)));
    if (licence.validity.until)
        parts << words_(Message("gui.entry.until", {{"until", *licence.validity.until}}));
    if (!licence.note.empty())
        parts << qt(printable(licence.note));
    return parts.join(QString::fromUtf8(" · "));
}

void DetailsPanel::fill_licence(const Emission& e)
{
    if (!session_.recording() || !session_.recording()->context->licences) {
        if (e.licence)
            add_fact(words_("gui.fact.licence"), qt(printable(e.licence->id + " · " + e.licence->holder)));
        return;
    }
    const LicenceRegister& all = *session_.recording()->context->licences;
    if (e.licence) {
        const auto row = std::ranges::find(all.licences(), e.licence->id, &Licence::id);
        add_fact(words_("gui.fact.licence"), row != all.licences().end()
                                                 ? licence_text(*row)
                                                 : qt(printable(e.licence->id + " · " + e.licence->holder)));
    } else if (const Licence* near = e.center_hz ? all.nearest(*e.center_hz) : nullptr) {
        add_fact(words_("gui.fact.nearest"), licence_text(*near));
    }
}

void DetailsPanel::show_past(const Past& past)
{
    if (past_ == nullptr)
        return;
    if (past.times == 0)
        return past_->setText(words_("gui.past.none"));
    QString text = words_(Message("gui.past.heard", {{"n", past.runs}, {"times", past.times}}));
    if (past.first && past.last)
        text += " " + words_(Message("gui.past.times", {{"first", *past.first}, {"last", *past.last}}));
    QStringList places;
    for (const Past::Where& where : past.places) {
        const std::string name = where.latitude && where.longitude
                                     ? number_text(*where.latitude, 3, words_.language()) + "; " +
                                           number_text(*where.longitude, 3, words_.language())
                                     : words_.wording().text("gui.past.no_place");
        places << words_(Message("gui.past.place", {{"where", name}, {"n", where.runs}}));
    }
    past_->setText(text + " " + places.join("; ") + ".");
}

void DetailsPanel::show_plots()
{
    const picture::EmissionPlots& plots = session_.plots();
    const double half = 0.5 * (plots.high_hz - plots.low_hz);
    spectrum_->show_curve(words_(Message("gui.details.plot_spectrum", {{"half", Quantity{half, Unit::bandwidth}}})),
                          plots.spectrum_db, 26.0, QString::fromUtf8("\u221226\u00A0dB"));
    level_->show_curve(
        words_(Message("gui.details.plot_level", {{"duration", Quantity{plots.to_s - plots.from_s, Unit::seconds}}})),
        plots.level_db, std::nullopt, {});
    show_modulation(plots.modulation);
}

void DetailsPanel::show_modulation(const picture::ModulationView& view)
{
    using Kind = picture::ModulationView::Kind;
    modulation_->setVisible(view.kind != Kind::none);
    if (view.kind == Kind::symbols) {
        modulation_->show_points(words_("gui.details.plot_symbols"), view.points);
    } else if (view.kind != Kind::none) {
        const Quantity length{view.length_s, Unit::seconds};
        modulation_->show_trace(
            words_(Message(view.kind == Kind::frequency ? "gui.details.plot_frequency" : "gui.details.plot_strength",
                           {{"duration", length}})),
            view.trace);
    }
}

} // namespace gacsong::gui
