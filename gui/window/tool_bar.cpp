// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"
#include "report/picture/sheet.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <QFontMetrics>
#include <QVBoxLayout>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// A small name above a value.
QLabel* add_pair(QHBoxLayout& row, const QString& name, const Density& density, int value_px)
{
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    auto* label = new QLabel(name);
    label->setProperty("dim", true);
    label->setStyleSheet(QString("font-size: %1px").arg(density.label()));
    auto* value = new QLabel;
    value->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(value_px));
    value->setAccessibleName(name);
    column->addStretch(1);
    column->addWidget(label);
    column->addWidget(value);
    column->addStretch(1);
    row.addLayout(column);
    return value;
}

QFrame* upright()
{
    auto* frame = new QFrame;
    frame->setProperty("upright", true);
    return frame;
}

} // namespace

QToolButton* action_button(QAction& action, bool text, const Density& density)
{
    auto* button = new QToolButton;
    button->setDefaultAction(&action);
    button->setToolButtonStyle(text ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    button->setIconSize(QSize(density.scaled(density.car ? 24 : 18), density.scaled(density.car ? 24 : 18)));
    button->setProperty("flat", true);
    button->setAccessibleName(action.text());
    button->setFocusPolicy(Qt::TabFocus);
    if (density.car)
        button->setMinimumWidth(density.scaled(52));
    return button;
}

ToolBar::ToolBar(const Makings& makings, bool narrow, QWidget* parent) : QWidget(parent), with_(makings)
{
    setObjectName("tool_bar");
    setProperty("bar", true);
    setAttribute(Qt::WA_StyledBackground);
    const Density& density = with_.density;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 12, 5);
    row->setSpacing(narrow ? 8 : 12);
    source_ = new QToolButton;
    source_->setObjectName("source");
    source_->setIcon(icon("open", with_.theme));
    source_->setIconSize(QSize(20, 20));
    source_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    source_->setMinimumWidth(density.scaled(narrow ? 200 : 270));
    source_->setMinimumHeight(density.scaled(narrow ? 34 : 40));
    source_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    source_->setFocusPolicy(Qt::TabFocus);
    source_->setAccessibleName(with_.words("gui.tool.source"));
    connect(source_, &QToolButton::clicked, this,
            [this] { Q_EMIT source_wanted(source_->mapToGlobal(QPoint(0, source_->height()))); });
    row->addWidget(source_);
    row->addWidget(upright());
    centre_ = add_pair(*row, with_.words("gui.tool.center"), density, density.centre());
    span_ = add_pair(*row, with_.words("gui.tool.span"), density, density.title());
    resolution_ = add_pair(*row, with_.words("gui.tool.resolution"), density, density.title());
    row->addWidget(upright());
    if (!density.car) {
        for (const Act act : {Act::automatic_levels, Act::max_hold, Act::plan, Act::licences, Act::boxes})
            row->addWidget(action_button(with_.actions[act], !narrow, density));
    }
    row->addStretch(1);
    if (density.car)
        row->addWidget(action_button(with_.actions[Act::car], true, density));
    for (const Act act : {Act::waterfall_view, Act::cells_view})
        row->addWidget(action_button(with_.actions[act], !narrow, density));
    take_recording();
}

void ToolBar::take_recording()
{
    const auto& recording = with_.session.recording();
    const QFontMetrics metrics(picture::text_font(with_.density.text()));
    if (!recording) {
        source_->setText(with_.words("gui.tool.nothing_open"));
        for (QLabel* label : {centre_, span_, resolution_})
            label->setText(QString::fromUtf8("—"));
        return;
    }
    const StreamInfo& stream = recording->stream;
    const std::string name = printable(stream.input.substr(stream.input.find_last_of('/') + 1));
    const QString facts = qt(stream.format_name + " · " +
                             quantity_text({stream.sample_rate_hz, Unit::sample_rate}, with_.words.language()) + " · " +
                             quantity_text({recording->timeline.duration_s(), Unit::seconds}, with_.words.language()));
    const int room = source_->minimumWidth() - 56;
    source_->setText(" " + metrics.elidedText(qt(name), Qt::ElideMiddle, room) + "\n " +
                     metrics.elidedText(facts, Qt::ElideRight, room));
    source_->setToolTip(qt(printable(stream.input)) + "\n" + facts);
    centre_->setText(stream.center_hz ? qt(number_text(*stream.center_hz / 1e6, 3, with_.words.language())) +
                                            QString::fromUtf8("\u00A0MHz")
                                      : with_.words("gui.tool.no_center"));
}

void ToolBar::take_view(double span_hz, double resolution_hz)
{
    span_->setText(qt(quantity_text({span_hz, Unit::bandwidth}, with_.words.language())));
    resolution_->setText(qt(quantity_text({resolution_hz, Unit::bandwidth}, with_.words.language())));
}

} // namespace gacsong::gui
