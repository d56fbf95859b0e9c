// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"
#include "report/paint/ticks.hpp"
#include "report/wording/value_text.hpp"

#include <QButtonGroup>
#include <array>

namespace gacsong::gui {

Transport::Transport(const Makings& makings, bool narrow, QWidget* parent)
    : QWidget(parent), with_(makings), narrow_(narrow)
{
    setObjectName("transport");
    setProperty("bar", true);
    setAttribute(Qt::WA_StyledBackground);
    const Density& density = with_.density;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 12, 5);
    row->setSpacing(narrow ? 6 : 10);
    row->addWidget(action_button(with_.actions[Act::step_back], false, density));
    play_ = new QToolButton;
    play_->setObjectName("play");
    play_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    play_->setMinimumWidth(density.scaled(density.car ? 150 : 110));
    play_->setMinimumHeight(density.car ? density.button() : 0);
    play_->setFocusPolicy(Qt::TabFocus);
    connect(play_, &QToolButton::clicked, &with_.actions[Act::play], &QAction::trigger);
    row->addWidget(play_);
    row->addWidget(action_button(with_.actions[Act::step_on], false, density));
    if (narrow) {
        auto* speeds = new QComboBox;
        speeds->setAccessibleName(with_.words("gui.transport.speed"));
        for (const auto& [name, speed] : std::array<std::pair<const char*, double>, 6>{
                 {{"¼×", 0.25}, {"½×", 0.5}, {"1×", 1.0}, {"2×", 2.0}, {"8×", 8.0}, {"", 0.0}}})
            speeds->addItem(speed > 0.0 ? QString::fromUtf8(name) : with_.words("gui.transport.fastest"), speed);
        speeds->setCurrentIndex(2);
        connect(speeds, &QComboBox::currentIndexChanged, this, [this, speeds] {
            speed_ = speeds->currentData().toDouble();
            Q_EMIT speed_chosen(speed_);
        });
        row->addWidget(speeds);
    } else {
        auto* group = new QButtonGroup(this);
        auto* together = new QHBoxLayout;
        together->setSpacing(2);
        for (const auto& [name, speed] : std::array<std::pair<const char*, double>, 6>{
                 {{"¼", 0.25}, {"½", 0.5}, {"1×", 1.0}, {"2×", 2.0}, {"8×", 8.0}, {"", 0.0}}}) {
            auto* button = new QToolButton;
            button->setText(speed > 0.0 ? QString::fromUtf8(name) : with_.words("gui.transport.fastest"));
            button->setAccessibleName(with_.words("gui.transport.speed") + " " + button->text());
            button->setCheckable(true);
            button->setChecked(speed == 1.0);
            button->setFocusPolicy(Qt::TabFocus);
            group->addButton(button);
            together->addWidget(button);
            connect(button, &QToolButton::clicked, this, [this, speed = speed] {
                speed_ = speed;
                Q_EMIT speed_chosen(speed);
            });
        }
        row->addLayout(together);
    }
    words_.push_back(action_button(with_.actions[Act::loop], !narrow, density));
    row->addWidget(words_.back());
    clock_ = new QLabel;
    clock_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density.title() + 2));
    clock_->setAccessibleName(with_.words("gui.transport.clock"));
    zone_ = new QLabel;
    zone_->setProperty("dim", true);
    row->addSpacing(8);
    row->addWidget(clock_);
    row->addWidget(zone_);
    row->addStretch(1);
    for (const Act act : {Act::previous, Act::next}) {
        words_.push_back(action_button(with_.actions[act], act == Act::next || !narrow, density));
        row->addWidget(words_.back());
    }
    take_position(0.0, false);
}

/// Where there is no room the date and the lengths give way, then the words of buttons with an icon.
void Transport::fit()
{
    zone_->setVisible(true);
    for (QToolButton* button : words_)
        button->setToolButtonStyle(button == words_.back() || !narrow_ ? Qt::ToolButtonTextBesideIcon
                                                                       : Qt::ToolButtonIconOnly);
    if (layout()->minimumSize().width() > width())
        zone_->setVisible(false);
    for (QToolButton* button : words_)
        if (layout()->minimumSize().width() > width())
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

void Transport::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void Transport::take_position(double at_s, bool playing)
{
    play_->setText(" " + with_.words(playing ? "gui.transport.pause" : "gui.transport.play"));
    play_->setAccessibleName(play_->text().trimmed());
    play_->setIcon(icon(playing ? "pause" : "play", with_.theme));
    const auto& recording = with_.session.recording();
    setEnabled(recording.has_value());
    if (!recording) {
        clock_->setText(QString::fromUtf8("—"));
        zone_->clear();
        return;
    }
    const Language language = with_.words.language();
    const double duration = recording->timeline.duration_s();
    const int decimals = duration < 2.0 ? 3 : 1;
    const auto relative = [&](double s) {
        return QString::fromStdString(paint::clock_label(s, std::nullopt, decimals, true, language));
    };
    clock_->setText(
        QString::fromStdString(paint::clock_label(at_s, recording->stream.start, decimals, true, language)));
    QString rest = relative(at_s) + " / " + relative(duration);
    if (recording->stream.start && !narrow_)
        rest = QString::fromStdString(date_text(*recording->stream.start, language)) +
               QString::fromUtf8(" · UTC+7 · ") + rest;
    const bool other_length = rest.size() != zone_->text().size();
    zone_->setText(rest);
    if (other_length)
        fit();
}

} // namespace gacsong::gui
