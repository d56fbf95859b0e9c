// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"
#include "report/picture/sheet.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <QFontMetrics>
#include <QMenu>
#include <QVBoxLayout>
#include <array>
#include <functional>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// A small name above a value; both go into `pair`.
QLabel* add_pair(QHBoxLayout& row, const QString& name, const Density& density, int value_px,
                 std::vector<QWidget*>* pair = nullptr)
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
    if (pair != nullptr)
        *pair = {label, value};
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

ToolBar::ToolBar(const Makings& makings, bool narrow, QWidget* parent)
    : QWidget(parent), with_(makings), narrow_(narrow)
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
    source_->setIconSize(QSize(density.scaled(20), density.scaled(20)));
    source_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    source_->setFixedWidth(density.scaled(narrow ? 200 : 270));
    source_->setMinimumHeight(density.scaled(narrow ? 34 : 40));
    source_->setFocusPolicy(Qt::TabFocus);
    source_->setAccessibleName(with_.words("gui.tool.source"));
    connect(source_, &QToolButton::clicked, this,
            [this] { Q_EMIT source_wanted(source_->mapToGlobal(QPoint(0, source_->height()))); });
    row->addWidget(source_);
    row->addWidget(upright());
    centre_ = add_pair(*row, with_.words("gui.tool.center"), density, density.centre());
    span_ = add_pair(*row, with_.words("gui.tool.span"), density, density.title(), &span_pair_);
    resolution_ = add_pair(*row, with_.words("gui.tool.resolution"), density, density.title(), &resolution_pair_);
    row->addWidget(upright());
    if (!density.car)
        build_switches(*row);
    row->addStretch(1);
    if (density.car)
        row->addWidget(action_button(with_.actions[Act::car], true, density));
    for (const Act act : {Act::waterfall_view, Act::cells_view}) {
        views_.push_back(action_button(with_.actions[act], !narrow, density));
        row->addWidget(views_.back());
    }
    take_recording();
}

void ToolBar::build_switches(QHBoxLayout& row)
{
    more_ = new QToolButton;
    more_->setIcon(icon("more", with_.theme));
    more_->setAccessibleName(with_.words("gui.tool.switches"));
    more_->setToolTip(more_->accessibleName());
    more_->setProperty("flat", true);
    more_->setFocusPolicy(Qt::TabFocus);
    more_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more_);
    for (const Act act : {Act::automatic_levels, Act::max_hold, Act::plan, Act::licences, Act::boxes}) {
        switches_.push_back(action_button(with_.actions[act], !narrow_, with_.density));
        row.addWidget(switches_.back());
        menu->addAction(&with_.actions[act]);
    }
    more_->setMenu(menu);
    more_->hide();
    row.addWidget(more_);
}

/// What gives way where there is no room, one after the other: words of the switches, the switches (into a menu),
/// resolution, span, words of the views, at last the name of the source.
void ToolBar::fit()
{
    const auto words = [](const std::vector<QToolButton*>& buttons, bool shown) {
        for (QToolButton* button : buttons)
            button->setToolButtonStyle(shown ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    };
    const auto show = [](const auto& parts, bool shown) {
        for (QWidget* part : parts)
            part->setVisible(shown);
    };
    const auto switches = [&](bool shown) {
        show(switches_, shown);
        if (more_ != nullptr)
            more_->setVisible(!shown);
    };
    words(switches_, !narrow_);
    words(views_, !narrow_);
    switches(true);
    show(span_pair_, true);
    show(resolution_pair_, true);
    source_->setFixedWidth(with_.density.scaled(narrow_ ? 200 : 270));
    const std::array<std::function<void()>, 6> steps{
        [&] { words(switches_, false); },       [&] { switches(false); },
        [&] { show(resolution_pair_, false); }, [&] { show(span_pair_, false); },
        [&] { words(views_, false); },          [&] { source_->setFixedWidth(with_.density.scaled(150)); }};
    for (const auto& step : steps) {
        if (layout()->minimumSize().width() <= width())
            break;
        step();
    }
    name_source();
}

void ToolBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ToolBar::take_recording()
{
    const auto& recording = with_.session.recording();
    if (!recording) {
        source_->setText(with_.words("gui.tool.nothing_open"));
        for (QLabel* label : {centre_, span_, resolution_})
            label->setText(QString::fromUtf8("—"));
        return;
    }
    const StreamInfo& stream = recording->stream;
    centre_->setText(stream.center_hz ? qt(number_text(*stream.center_hz / 1e6, 3, with_.words.language())) +
                                            QString::fromUtf8("\u00A0MHz")
                                      : with_.words("gui.tool.no_center"));
    fit();
}

/// The name of a file is shortened in its middle; of its facts the last go whole.
void ToolBar::name_source()
{
    const auto& recording = with_.session.recording();
    if (!recording)
        return;
    const StreamInfo& stream = recording->stream;
    const std::string name = printable(stream.input.substr(stream.input.find_last_of('/') + 1));
    const QStringList facts{
        qt(printable(stream.format_name)),
        qt(quantity_text({stream.sample_rate_hz, Unit::sample_rate}, with_.words.language())),
        qt(quantity_text({recording->timeline.duration_s(), Unit::seconds}, with_.words.language()))};
    const QString between = QString::fromUtf8(" · ");
    const QFontMetrics metrics(picture::text_font(with_.density.text()));
    const int room = source_->width() - 56;
    QString shown = facts.front();
    for (qsizetype i = 1; i < facts.size(); ++i) {
        const QString longer = shown + between + facts[i];
        if (metrics.horizontalAdvance(longer) > room)
            break;
        shown = longer;
    }
    source_->setText(" " + metrics.elidedText(qt(name), Qt::ElideMiddle, room) + "\n " + shown);
    source_->setToolTip(qt(printable(stream.input)) + "\n" + facts.join(between));
}

void ToolBar::take_view(double span_hz, double resolution_hz)
{
    span_->setText(qt(quantity_text({span_hz, Unit::bandwidth}, with_.words.language())));
    resolution_->setText(qt(quantity_text({resolution_hz, Unit::bandwidth}, with_.words.language())));
    if (layout()->minimumSize().width() > width())
        fit();
}

} // namespace gacsong::gui
