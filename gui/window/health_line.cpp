// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/parts.hpp"
#include "report/records/codes.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QStorageInfo>
#include <cmath>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

HealthLine::HealthLine(const Makings& makings, QWidget* parent) : QWidget(parent), with_(makings)
{
    setObjectName("health");
    setProperty("ground", true);
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(with_.words("gui.health.name"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 12, 3);
    row->setSpacing(18);
    state_ = add(*row, "play");
    gaps_ = add(*row, "gap");
    overload_ = add(*row, "clip");
    floor_ = add(*row, "floor");
    clock_ = add(*row, "clock");
    position_ = add(*row, "position");
    disk_ = add(*row, "disk");
    row->addStretch(1);
    analysed_ = add(*row, "check");
    cancel_ = new QPushButton(with_.words("gui.health.cancel"));
    cancel_->setProperty("flat", true);
    cancel_->setStyleSheet(QString("min-height: %1px; padding: 0 8px").arg(with_.density.car ? 48 : 18));
    cancel_->hide();
    connect(cancel_, &QPushButton::clicked, this, &HealthLine::cancel_wanted);
    row->addWidget(cancel_);
    refresh(false);
}

HealthLine::Item HealthLine::add(QHBoxLayout& row, const QString& name)
{
    Item item;
    item.box = new QWidget;
    auto* inner = new QHBoxLayout(item.box);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(6);
    item.icon = new QLabel;
    item.icon->setPixmap(
        icon(name, with_.theme.text2, with_.theme.text3).pixmap(with_.density.scaled(16), with_.density.scaled(16)));
    item.name = new QLabel;
    item.value = new QLabel;
    item.value->setProperty("dim", true);
    for (QLabel* label : {item.name, item.value})
        label->setStyleSheet(QString("font-size: %1px").arg(with_.density.label()));
    inner->addWidget(item.icon);
    inner->addWidget(item.name);
    inner->addWidget(item.value);
    item.box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row.addWidget(item.box);
    return item;
}

void HealthLine::set(Item& item, const QString& icon_name, const QString& name, const QString& value, bool wrong)
{
    const QColor colour = wrong ? with_.theme.danger : with_.theme.text2;
    item.icon->setPixmap(icon(icon_name, colour, colour).pixmap(with_.density.scaled(16), with_.density.scaled(16)));
    item.name->setText(name);
    item.value->setText(value);
    QPalette palette = item.name->palette();
    palette.setColor(QPalette::WindowText, wrong ? with_.theme.danger : with_.theme.text);
    item.name->setPalette(palette);
    item.said = !name.isEmpty();
    item.wrong = wrong;
    item.box->setVisible(item.said);
}

/// Where there is no room for all, whole items give way from the right; none that is wrong does.
void HealthLine::fit()
{
    const QMargins margins = layout()->contentsMargins();
    const auto width_of = [this](const QWidget* part) { return part->sizeHint().width() + layout()->spacing(); };
    int needed = cancel_->isHidden() ? 0 : width_of(cancel_);
    for (const Item* item : {&state_, &gaps_, &overload_, &floor_, &clock_, &position_, &disk_, &analysed_})
        if (!item->box->isHidden() || item->said)
            needed += width_of(item->box);
    for (Item* item : {&disk_, &position_, &clock_, &floor_}) {
        const bool room = item->wrong || needed <= width() - margins.left() - margins.right();
        item->box->setVisible(item->said && room);
        if (item->said && !room)
            needed -= width_of(item->box);
    }
}

void HealthLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

QString HealthLine::disk_left() const
{
    const QStorageInfo disk(QStorageInfo::root());
    return disk.isValid() ? QString("%1 GB").arg(disk.bytesAvailable() / 1'000'000'000) : QString::fromUtf8("—");
}

void HealthLine::refresh(bool playing)
{
    const Session& session = with_.session;
    const Words& words = with_.words;
    const auto& recording = session.recording();
    set(disk_, "disk", words("gui.health.disk"), disk_left(), false);
    if (!recording) {
        set(state_, "information",
            words(session.phase() == Session::Phase::opening ? "gui.health.opening" : "gui.health.nothing"), {}, false);
        for (Item* item : {&gaps_, &overload_, &floor_, &clock_, &position_, &analysed_})
            set(*item, "check", {}, {}, false);
        cancel_->hide();
        fit();
        return;
    }
    const bool scanning = session.phase() == Session::Phase::scanning;
    if (recording->live())
        set(state_, scanning ? "record" : "stop", words(scanning ? "gui.health.receiving" : "gui.health.stopped"),
            words(playing ? "gui.health.following" : "gui.health.paused"), false);
    else
        set(state_, playing ? "play" : "pause", words(playing ? "gui.health.playing" : "gui.health.paused"), {}, false);
    const auto gaps = static_cast<std::int64_t>(session.gaps().size());
    QString last;
    if (gaps > 0) {
        const std::string key = fmt::format("picture.gap.{}", session.gaps().back().why);
        last = words(words.wording().find(key) ? key : "picture.gap.unknown");
    }
    set(gaps_, "gap", words(Message("gui.health.gaps", {{"n", gaps}})), last, gaps > 0);
    std::optional<double> clipping;
    for (const Message& warning : session.warnings()) {
        if (warning.key == "warn.clipping" && !warning.arguments.empty())
            if (const auto* share = std::get_if<Quantity>(&warning.arguments.front().value))
                clipping = share->value;
    }
    set(overload_, "clip", words("gui.health.overload"),
        clipping ? qt(quantity_text({*clipping, Unit::percent}, words.language())) : QString("0%"),
        clipping.has_value());
    const StreamInfo& stream = recording->stream;
    // Of the middle of the band over the last seconds, in one hertz: it does not depend on what the picture shows.
    const double now = recording->timeline.duration_s();
    const auto noise = session.noise().lines(now - 5.0, now, 1, 1.0);
    set(floor_, "floor", noise.empty() ? QString() : words("gui.health.floor"),
        noise.empty() ? QString()
                      : qt(number_text(static_cast<double>(noise.floor.front()), 1, words.language())) + " dBFS/Hz",
        false);
    set(clock_, "clock", words(stream.start ? "gui.health.clock" : "gui.health.no_clock"),
        stream.start ? words(fmt::format("gui.origin.{}", code(stream.start_origin))) : QString(), false);
    const bool placed = stream.latitude && stream.longitude;
    QString position = words("gui.health.no_position");
    if (placed) {
        const bool vi = words.language() == Language::vi;
        position = qt(number_text(std::abs(*stream.latitude), 3, words.language())) +
                   (*stream.latitude < 0 ? (vi ? " N" : " S") : (vi ? " B" : " N")) + "  " +
                   qt(number_text(std::abs(*stream.longitude), 3, words.language())) +
                   (*stream.longitude < 0 ? (vi ? " T" : " W") : (vi ? QString::fromUtf8(" Đ") : QString(" E")));
    }
    set(position_, "position", position, placed ? words("gui.health.from_file") : QString(), false);
    const bool done = session.phase() == Session::Phase::done;
    const double share = std::floor(100.0 * session.analysed());
    set(analysed_, done ? "check" : "clock",
        words(Message("gui.health.analysed", {{"percent", Quantity{share, Unit::percent}}})), {}, false);
    analysed_.said = !recording->live();
    analysed_.box->setVisible(analysed_.said);
    cancel_->setVisible(!done && !recording->live());
    fit();
}

} // namespace gacsong::gui
