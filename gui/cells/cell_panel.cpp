// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cells/cell_panel.hpp"

#include "gui/cells/cell_text.hpp"
#include "report/picture/sheet.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

constexpr int observed = 2; ///< column of the ledger that takes what is left

/// A line may end after each underscore of a parameter's name.
QString breakable(QString text) { return text.replace("_", QString("_") + QChar(0x200B)); }

QPushButton* button(QAction& action, bool primary, const QIcon& mark)
{
    auto* made = new QPushButton(mark, " " + action.text());
    made->setProperty("primary", primary);
    made->setAccessibleName(action.text());
    QObject::connect(made, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::enabledChanged, made, &QPushButton::setEnabled);
    made->setEnabled(action.isEnabled());
    return made;
}

QLabel* text_label(bool dim)
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setProperty("dim", dim);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A broadcast value as it is read: names of standards stay as they are.
QString value_text(const BroadcastValue& value, const Words& words)
{
    if (const auto* flag = std::get_if<bool>(&value))
        return words(*flag ? "gui.cells.yes" : "gui.cells.no");
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return QString::number(*number); // identities: never in groups of thousands
    if (const auto* text = std::get_if<std::string>(&value))
        return qt(printable(*text));
    const auto& list = std::get<std::vector<std::int64_t>>(value);
    QStringList shown;
    for (const std::int64_t one : list)
        shown << QString::number(one);
    return list.empty() ? words("gui.cells.empty_list") : shown.join(' ');
}

} // namespace

CellPanel::CellPanel(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
                     const Actions& actions, QWidget* parent)
    : QScrollArea(parent), session_(session), words_(words), theme_(theme), density_(density)
{
    setObjectName("cell_panel");
    setAccessibleName(words("gui.cells.details"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build(actions);
    show_cell(std::nullopt);
}

void CellPanel::build_ledger()
{
    ledger_ = new QTableWidget(0, 5);
    ledger_->setObjectName("ledger");
    ledger_->setAccessibleName(words_("gui.cells.ledger"));
    ledger_->setHorizontalHeaderLabels({words_("gui.cells.column.group"), words_("gui.cells.column.code"),
                                        words_("gui.cells.column.observed"), words_("gui.cells.column.points"),
                                        words_("gui.cells.column.group_points")});
    ledger_->verticalHeader()->hide();
    ledger_->setShowGrid(false);
    ledger_->setWordWrap(true);
    ledger_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    ledger_->setSelectionBehavior(QAbstractItemView::SelectRows);
    ledger_->setTabKeyNavigation(false);
    ledger_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    ledger_->horizontalHeader()->setHighlightSections(false);
    ledger_->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    ledger_->horizontalHeader()->setSectionResizeMode(observed, QHeaderView::Stretch);
    ledger_->setTextElideMode(Qt::ElideNone);
    ledger_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(ledger_->horizontalHeader(), &QHeaderView::sectionResized, this, &CellPanel::fit_ledger,
            Qt::QueuedConnection);
}

void CellPanel::build(const Actions& actions)
{
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(16, 12, 16, 12);
    empty_ = text_label(true);
    empty_->setText(words_("gui.cells.nothing_selected"));
    column->addWidget(empty_);
    content_ = new QWidget;
    auto* body = new QVBoxLayout(content_);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(8);
    auto* head = new QHBoxLayout;
    marker_ = new QLabel;
    title_ = new QLabel;
    title_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density_.details()));
    verdict_ = new QLabel;
    verdict_->setProperty("strong", true);
    verdict_->setWordWrap(true);
    score_ = new QLabel;
    score_->setObjectName("score");
    score_->setStyleSheet(QString("font-size: %1px; font-weight: 600").arg(density_.scaled(30)));
    head->addWidget(marker_);
    head->addWidget(title_);
    head->addWidget(verdict_, 1);
    head->addWidget(score_);
    body->addLayout(head);
    sentence_ = text_label(false);
    sentence_->setObjectName("cell_sentence");
    body->addWidget(sentence_);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(button(actions[Act::add_to_report], true, icon("report", theme_.accent_ink, theme_.text3)));
    buttons->addWidget(button(actions[Act::copy], false, actions[Act::copy].icon()));
    buttons->addStretch(1);
    body->addLayout(buttons);
    bar_ = new ScoreBar(words_, theme_, picture::text_font(density_.label()));
    body->addWidget(bar_);
    build_ledger();
    body->addWidget(ledger_);
    sum_ = text_label(false);
    sum_->setObjectName("sum");
    body->addWidget(sum_);
    left_out_ = text_label(true);
    left_out_->setObjectName("left_out");
    body->addWidget(left_out_);
    auto* information = new QHBoxLayout;
    auto* title = new QLabel(words_("gui.cells.information"));
    title->setProperty("section", true);
    counts_ = new QLabel;
    counts_->setProperty("dim", true);
    odd_only_ = new QCheckBox(words_("gui.cells.odd_only"));
    odd_only_->setAccessibleName(words_("gui.cells.odd_only"));
    information->addWidget(title);
    information->addWidget(counts_, 1);
    information->addWidget(odd_only_);
    body->addLayout(information);
    tree_ = new QTreeWidget;
    tree_->setObjectName("information");
    tree_->setAccessibleName(words_("gui.cells.information"));
    tree_->setColumnCount(2);
    tree_->setHeaderLabels({words_("gui.cells.column.field"), words_("gui.cells.column.value")});
    tree_->setMinimumHeight(density_.scaled(200));
    tree_->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(odd_only_, &QCheckBox::toggled, this, [this] { show_cell(row_); });
    body->addWidget(tree_, 1);
    column->addWidget(content_, 1);
    column->addStretch(0);
    setWidget(inside);
}

void CellPanel::show_cell(std::optional<int> row)
{
    if (row && *row >= static_cast<int>(session_.cells().size()))
        row.reset();
    row_ = row;
    content_->setVisible(row.has_value());
    empty_->setVisible(!row.has_value());
    if (!row)
        return;
    const Cell& cell = session_.cells()[static_cast<std::size_t>(*row)];
    const int size = density_.scaled(30);
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(static_cast<int>(size * ratio), static_cast<int>(size * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint::draw_marker(painter, {0.5 * size, 0.5 * size}, 0.92 * size, cell_marker(cell, words_), theme_, theme_.panel);
    painter.end();
    marker_->setPixmap(pixmap);
    title_->setText(cell_title(cell, words_));
    verdict_->setText(cell_verdict(cell, words_));
    score_->setText(cell.score ? QString::number(*cell.score) : QString());
    score_->setAccessibleName(words_("gui.cells.column.score"));
    sentence_->setText(cell.reason ? words_(*cell.reason) : words_("gui.cells.not_judged"));
    bar_->setVisible(cell.score.has_value());
    bar_->show_cell(cell);
    fill_ledger(cell);
    fill_tree(cell);
}

/// `18 × 1 = 18,0`, or with the factor of what is not the largest of its group.
QString CellPanel::arithmetic(const Cell& cell, const CellIndicator& one) const
{
    const bool largest = std::ranges::none_of(cell.indicators, [&](const CellIndicator& other) {
        return other.group == one.group && (other.points > one.points || (other.points == one.points && &other < &one));
    });
    const auto number = [&](double value, int decimals) { return qt(number_text(value, decimals, words_.language())); };
    constexpr double others = 0.3;
    QString text = QString::fromUtf8("%1 × %2").arg(number(one.weight, 0), number(one.q, one.q == 1.0 ? 0 : 1));
    if (!largest)
        text += QString::fromUtf8(" × ") + number(others, 1);
    return text + " = " + number(one.points * (largest ? 1.0 : others), 1);
}

/// As wide as its headings, as high as its rows: the panel scrolls, not the table in it.
void CellPanel::fit_ledger()
{
    for (int c = 0; c < ledger_->columnCount(); ++c) {
        constexpr int sides = 28; // the padding of the style, and what a heading keeps free for a sort mark
        const QString heading = ledger_->horizontalHeaderItem(c)->text();
        const int least = ledger_->horizontalHeader()->fontMetrics().horizontalAdvance(heading) + sides;
        if (c != observed)
            ledger_->setColumnWidth(c, std::max(least, static_cast<QAbstractItemView*>(ledger_)->sizeHintForColumn(c)));
    }
    ledger_->resizeRowsToContents();
    int height = ledger_->horizontalHeader()->sizeHint().height() + 8;
    for (int r = 0; r < ledger_->rowCount(); ++r)
        height += ledger_->rowHeight(r);
    ledger_->setFixedHeight(height);
}

void CellPanel::fill_ledger(const Cell& cell)
{
    std::vector<const CellIndicator*> sorted;
    for (const CellIndicator& one : cell.indicators)
        sorted.push_back(&one);
    const auto place = [&](const CellIndicator* one) {
        return std::ranges::find(cell.groups, one->group, &CellGroup::group) - cell.groups.begin();
    };
    std::ranges::stable_sort(sorted, [&](const auto* a, const auto* b) {
        return place(a) != place(b) ? place(a) < place(b) : a->points > b->points;
    });
    ledger_->setRowCount(static_cast<int>(sorted.size()));
    std::string group;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const CellIndicator& one = *sorted[i];
        const bool first = one.group != group;
        group = one.group;
        const auto sum = std::ranges::find(cell.groups, group, &CellGroup::group);
        const QString points =
            first && sum != cell.groups.end() ? qt(number_text(sum->points, 1, words_.language())) : QString();
        const QString code = (one.core ? QString::fromUtf8("★ ") : QString()) + qt(one.code);
        const QString name = words_(fmt::format("indicator.{}.name", one.code));
        const QStringList texts{first ? words_(fmt::format("gui.cells.group.{}", group)) : QString(), code,
                                breakable(name + ": " + words_(one.reason)), arithmetic(cell, one), points};
        for (int c = 0; c < texts.size(); ++c) {
            auto* item = new QTableWidgetItem(texts[c]);
            item->setTextAlignment((c >= 3 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
            ledger_->setItem(static_cast<int>(i), c, item);
        }
    }
    ledger_->setVisible(!sorted.empty());
    fit_ledger();
    const double sum = sum_of_groups(cell);
    sum_->setVisible(cell.score.has_value());
    if (cell.score) {
        const bool changed = std::abs(sum - static_cast<double>(*cell.score)) > 0.5;
        sum_->setText(
            words_(Message(changed ? "gui.cells.sum_ladder" : "gui.cells.sum",
                           {{"sum", number_text(sum, 1, words_.language())}, {"score", std::to_string(*cell.score)}})));
    }
    // Many are left out for one reason: it is said once.
    std::vector<std::pair<QString, QStringList>> reasons;
    for (const CellLeftOut& one : cell.left_out) {
        const QString why = words_(one.reason);
        auto known = std::ranges::find(reasons, why, &std::pair<QString, QStringList>::first);
        if (known == reasons.end())
            known = reasons.insert(reasons.end(), {why, {}});
        known->second << qt(one.code);
    }
    QStringList left;
    for (const auto& [why, codes] : reasons)
        left << codes.join(", ") + ": " + why;
    left_out_->setVisible(!left.isEmpty());
    left_out_->setText(words_("gui.cells.left_out") + "\n" + left.join('\n'));
}

void CellPanel::fill_tree(const Cell& cell)
{
    tree_->clear();
    QStringList counts;
    const QFont mono("Noto Sans Mono");
    for (const CellMessage& message : cell.messages) {
        counts << qt(message.name) + QString::fromUtf8(" ×") + QString::number(message.count);
        auto* top = new QTreeWidgetItem({qt(message.name), qt(message.hex)});
        top->setFont(1, mono);
        top->setToolTip(1, qt(message.hex));
        bool any_odd = false;
        for (const auto& [field, value] : message.contents) {
            const bool odd = field_is_odd(cell, field);
            any_odd = any_odd || odd;
            if (odd_only_->isChecked() && !odd)
                continue;
            const QString shown = value_text(value, words_);
            auto* item = new QTreeWidgetItem({qt(field), (odd ? QString::fromUtf8("◆ ") : QString()) + shown});
            item->setToolTip(1, odd ? words_("gui.cells.odd") : QString());
            if (odd)
                item->setForeground(1, theme_.serious);
            item->setData(1, Qt::AccessibleTextRole, odd ? words_("gui.cells.odd") + ": " + shown : shown);
            top->addChild(item);
        }
        if (odd_only_->isChecked() && !any_odd) {
            delete top;
            continue;
        }
        tree_->addTopLevelItem(top);
        top->setExpanded(any_odd);
    }
    if (!cell.neighbours.empty() && !odd_only_->isChecked()) {
        auto* top = new QTreeWidgetItem({words_("gui.cells.neighbours"), QString::number(cell.neighbours.size())});
        for (const Neighbour& one : cell.neighbours)
            top->addChild(new QTreeWidgetItem({qt(one.technology).toUpper(), QString::number(one.channel)}));
        tree_->addTopLevelItem(top);
    }
    counts_->setText(counts.join(' '));
}

} // namespace gacsong::gui
