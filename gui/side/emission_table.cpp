// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/side/emission_table.hpp"

#include "gui/look/row_delegate.hpp"
#include "gui/look/row_table.hpp"
#include "gui/look/search_field.hpp"
#include "report/paint/marker.hpp"
#include "report/records/codes.hpp"

#include <fmt/format.h>

#include <QAbstractItemView>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <map>

namespace gacsong::gui {
namespace {

QPixmap marker_pixmap(const paint::MarkerStyle& style, const paint::Theme& theme, int size, double ratio)
{
    QPixmap pixmap(static_cast<int>(size * ratio), static_cast<int>(size * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint::draw_marker(painter, {0.5 * size, 0.5 * size}, 0.94 * size, style, theme, theme.panel);
    return pixmap;
}

/// Poor rows are dimmed.
class EmissionRows final : public RowDelegate {
public:
    EmissionRows(const Words& words, const paint::Theme& theme, const Density& density, QObject* parent)
        : RowDelegate(theme, density.scaled(density.car ? 24 : 17), parent), words_(words), units_(density.car)
    {
    }

private:
    [[nodiscard]] RowLook look_of(const QModelIndex& index) const override
    {
        const auto* filter = static_cast<const EmissionFilter*>(index.model());
        const auto* model = static_cast<const EmissionsModel*>(filter->sourceModel());
        const Emission& emission = model->emission(filter->mapToSource(index).row());
        const bool number = emission_columns()[static_cast<std::size_t>(index.column())].number;
        const QString heading = units_ && number
                                    ? model->headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString()
                                    : QString();
        return {paint::marker_style(emission.verdict, words_.wording()), emission.quality == Quality::poor, number,
                heading.section(", ", 1)};
    }

    const Words& words_;
    bool units_; ///< in the cells: there are no headings
};

} // namespace

EmissionTable::EmissionTable(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
                             bool narrow, QWidget* parent)
    : QWidget(parent), session_(session), words_(words), theme_(theme), model_(session.emissions(), words)
{
    setObjectName("emission_panel");
    filter_.setSourceModel(&model_);
    build(density, narrow);
    filter_.sort(column_of("verdict"), Qt::AscendingOrder);
    reset();
}

void EmissionTable::build(const Density& density, bool narrow)
{
    pill_marker_ = density.scaled(16);
    car_ = density.car;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    head_ = new QWidget;
    auto* head = new QHBoxLayout(head_);
    head->setContentsMargins(16, 0, 12, 0);
    title_ = new QLabel(words_("gui.table.title"));
    title_->setProperty("section", true);
    count_ = new QLabel;
    count_->setProperty("dim", true);
    search_ = new SearchField(words_("gui.table.search"), words_("gui.search.short"), density);
    search_->setObjectName("search");
    head->addWidget(title_);
    head->addWidget(count_);
    head->addStretch(1);
    head->addWidget(search_, 2);
    column->addWidget(head_);
    filters_ = new QWidget;
    auto* filters = new QHBoxLayout(filters_);
    filters->setContentsMargins(12, 0, 12, 0);
    pills_ = new QHBoxLayout;
    pills_->setContentsMargins(0, 0, 0, 0);
    pills_->setSpacing(6);
    group_ = new QButtonGroup(this);
    filters->addLayout(pills_, 1);
    since_ = new QComboBox;
    since_->setObjectName("since");
    since_->setAccessibleName(words_("gui.since.name"));
    since_->view()->setAccessibleName(words_("gui.since.name"));
    since_->setToolTip(words_("gui.since.name"));
    since_->addItem(words_("gui.since.all"));
    for (const int days : {0, 1, 7, 30})
        since_->addItem(days == 0 ? words_("gui.since.ever")
                                  : words_(Message("gui.since.days", {{"n", static_cast<std::int64_t>(days)}})),
                        days);
    connect(since_, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant days = since_->currentData();
        Q_EMIT since_wanted(days.isValid() ? std::optional(days.toInt()) : std::nullopt);
    });
    filters->addWidget(since_);
    column->addWidget(filters_);
    table_ = new RowTable;
    table_->setObjectName("emissions");
    table_->setAccessibleName(words_("gui.table.name"));
    table_->setModel(&filter_);
    table_->setItemDelegate(new EmissionRows(words_, theme_, density, table_));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setShowGrid(false);
    table_->setSortingEnabled(true);
    table_->setWordWrap(false);
    table_->setTabKeyNavigation(false);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(density.row());
    table_->verticalHeader()->setMinimumSectionSize(density.row());
    QHeaderView* header = table_->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(40);
    header->setAccessibleName(words_("gui.table.columns"));
    const auto columns = emission_columns();
    for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
        const auto& one = columns[static_cast<std::size_t>(i)];
        const bool car_column =
            one.key == "verdict" || one.key == "frequency" || one.key == "identified" || one.key == "level";
        // In little room the name of what was found is worth more than its width and SNR.
        const bool shown =
            density.car ? car_column : one.at_first && !(narrow && (one.key == "width" || one.key == "snr"));
        table_->setColumnHidden(i, !shown);
        const bool rest = one.width == 0;
        header->setSectionResizeMode(i, rest ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!rest && density.car) // a marker, or a number with its unit
            table_->setColumnWidth(i, one.key == "verdict"
                                          ? density.scaled(40)
                                          : (one.key == "frequency" ? 122 : 112) * density.text() / 17);
        else if (!rest)
            table_->setColumnWidth(i, column_width(*table_, i, one.width * density.text() / 13));
    }
    header->setSortIndicator(column_of("verdict"), Qt::AscendingOrder);
    header->setVisible(!density.car);
    header->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (int i = 1; i < static_cast<int>(columns.size()); ++i) {
        auto* action = new QAction(model_.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString(), header);
        action->setCheckable(true);
        action->setChecked(!table_->isColumnHidden(i));
        connect(action, &QAction::toggled, table_, [this, i](bool shown) { table_->setColumnHidden(i, !shown); });
        header->addAction(action);
    }
    empty_ = new QLabel;
    empty_->setObjectName("table_state");
    empty_->setWordWrap(true);
    empty_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    empty_->setContentsMargins(16, 16, 16, 16);
    empty_->setProperty("dim", true);
    column->addWidget(empty_);
    column->addWidget(table_, 1);

    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) { filter_.set_search(text); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!telling_)
            Q_EMIT picked(now.isValid() ? filter_.mapToSource(now).row() : -1);
    });
    connect(table_, &QTableView::activated, this,
            [this](const QModelIndex& at) { Q_EMIT details_wanted(filter_.mapToSource(at).row()); });
    connect(table_, &QTableView::customContextMenuRequested, this, [this](QPoint where) {
        const QModelIndex at = table_->indexAt(where);
        Q_EMIT menu_wanted(table_->viewport()->mapToGlobal(where), at.isValid() ? filter_.mapToSource(at).row() : -1);
    });
}

/// The name of what was found keeps room for its heading: SNR and width give way to it.
void EmissionTable::fit_columns()
{
    for (const int column : given_way_)
        table_->setColumnHidden(column, false);
    given_way_.clear();
    const int rest = column_of("identified");
    const auto taken = [this, rest] {
        int width = 0;
        for (int i = 0; i < model_.columnCount(); ++i)
            width += i != rest && !table_->isColumnHidden(i) ? table_->columnWidth(i) : 0;
        return width;
    };
    for (const char* key : {"snr", "width"}) {
        const int column = column_of(key);
        if (table_->isColumnHidden(column) ||
            taken() + column_width(*table_, rest, 0) <= width() - table_->verticalScrollBar()->sizeHint().width())
            continue;
        table_->setColumnHidden(column, true);
        given_way_.push_back(column);
    }
}

/// In a car the rows come first: what searches and filters them gives way where not two of them have room below it.
void EmissionTable::fit_height()
{
    if (!car_)
        return;
    const int row = table_->verticalHeader()->defaultSectionSize();
    const int rows = 2 * row;
    const int filters = filters_->sizeHint().height() + layout()->spacing();
    const int head = head_->sizeHint().height() + layout()->spacing();
    const bool searching = search_ == window()->focusWidget() || !search_->text().isEmpty();
    const bool filtered = filter_.verdict().has_value() || searching;
    filters_->setVisible(filtered || height() >= rows + filters);
    head_->setVisible(filtered || height() >= rows + filters + head);
    table_->setVisible(!session_.emissions().empty() && height() >= row); // half a row says nothing
}

void EmissionTable::find()
{
    show();
    head_->show();
    search_->setFocus();
    search_->selectAll();
}

void EmissionTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit_columns();
    fit_height();
}

void EmissionTable::build_pills()
{
    while (QLayoutItem* item = pills_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    std::map<std::pair<paint::Gravity, Verdict>, int> counts;
    for (const Emission& emission : session_.emissions())
        ++counts[{paint::gravity(emission.verdict), emission.verdict}];
    const auto add = [&](const QString& text, std::optional<Verdict> verdict, const QString& name) {
        auto* pill = new QPushButton(text);
        pill->setCheckable(true);
        pill->setProperty("pill", true);
        pill->setChecked(filter_.verdict() == verdict);
        pill->setAccessibleName(name);
        pill->setToolTip(name);
        if (verdict) {
            pill->setText(" " + text);
            pill->setIcon(marker_pixmap(paint::marker_style(*verdict, words_.wording()), theme_, pill_marker_,
                                        devicePixelRatioF()));
            pill->setIconSize(QSize(pill_marker_, pill_marker_));
        }
        group_->addButton(pill);
        pills_->addWidget(pill);
        connect(pill, &QPushButton::clicked, this, [this, verdict] {
            filter_.set_verdict(verdict);
            say_state();
        });
    };
    const auto all = static_cast<std::int64_t>(session_.emissions().size());
    const QString every = words_(Message("gui.table.all", {{"n", all}}));
    add(every, std::nullopt, every);
    for (const auto& [key, count] : counts)
        add(QString::number(count), key.second,
            QString("%1: %2").arg(words_(fmt::format("verdict.{}.short", code(key.second)))).arg(count));
    pills_->addStretch(1);
}

void EmissionTable::update_counts()
{
    std::int64_t grave = 0;
    for (const Emission& emission : session_.emissions())
        grave += paint::gravity(emission.verdict) <= paint::Gravity::unknown ? 1 : 0;
    count_->setText(words_(Message("gui.table.count", {{"n", grave}})));
    build_pills();
    say_state();
}

void EmissionTable::say_state()
{
    const bool nothing = session_.emissions().empty();
    empty_->setVisible(nothing);
    table_->setVisible(!nothing);
    fit_height();
    for (int i = 0; i < pills_->count(); ++i) {
        if (QWidget* pill = pills_->itemAt(i)->widget())
            pill->setVisible(!nothing);
    }
    count_->setVisible(!nothing);
    if (session_.phase() == Session::Phase::done && session_.recording()) {
        const StreamInfo& stream = session_.recording()->stream;
        const double centre = stream.center_hz.value_or(0.0);
        empty_->setText(words_(Message(
            "gui.table.nothing", {{"duration", Quantity{session_.recording()->timeline.duration_s(), Unit::seconds}},
                                  {"low", Quantity{centre - 0.5 * stream.sample_rate_hz, Unit::frequency, 1e3}},
                                  {"high", Quantity{centre + 0.5 * stream.sample_rate_hz, Unit::frequency, 1e3}}})));
    } else {
        empty_->setText(words_("gui.table.empty"));
    }
}

void EmissionTable::set_memory(bool there) { since_->setVisible(there); }

void EmissionTable::reset()
{
    model_.replaced();
    if (car_) { // the one level that there is room for
        const bool calibrated = session_.recording() && session_.recording()->levels;
        table_->setColumnHidden(column_of("level"), calibrated);
        table_->setColumnHidden(column_of("level_dbm"), !calibrated);
    }
    update_counts();
}

void EmissionTable::take_emissions()
{
    model_.added();
    update_counts();
}

void EmissionTable::changed(int row)
{
    model_.changed(row);
    update_counts();
}

void EmissionTable::leaving(int row)
{
    telling_ = true;
    model_.leaving(row);
}

void EmissionTable::left()
{
    model_.left();
    telling_ = false;
    update_counts();
}

void EmissionTable::set_selected(std::optional<int> row)
{
    telling_ = true;
    const QModelIndex at = row ? filter_.mapFromSource(model_.index(*row, 0)) : QModelIndex();
    if (at.isValid()) {
        table_->setCurrentIndex(at);
        table_->scrollTo(at);
    } else {
        table_->selectionModel()->clear();
    }
    telling_ = false;
}

std::optional<int> EmissionTable::selected() const
{
    const QModelIndex at = table_->selectionModel()->currentIndex();
    return at.isValid() ? std::optional(filter_.mapToSource(at).row()) : std::nullopt;
}

std::optional<int> EmissionTable::step(bool forward, bool findings) const
{
    const QModelIndex now = table_->selectionModel()->currentIndex();
    const int rows = filter_.rowCount();
    const int step = forward ? 1 : -1;
    for (int at = now.isValid() ? now.row() + step : (forward ? 0 : rows - 1); at >= 0 && at < rows; at += step) {
        const int row = filter_.mapToSource(filter_.index(at, 0)).row();
        if (!findings || paint::gravity(model_.emission(row).verdict) <= paint::Gravity::serious)
            return row;
    }
    return std::nullopt;
}

QString EmissionTable::copied() const
{
    const auto row = selected();
    if (!row)
        return {};
    QStringList headings;
    QStringList cells;
    for (int i = 0; i < model_.columnCount(); ++i) {
        headings << model_.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString();
        QString cell = model_.index(*row, i).data().toString();
        // A pasted table takes a point and an ordinary minus.
        if (emission_columns()[static_cast<std::size_t>(i)].number)
            cell = words_.language() == Language::vi ? cell.remove('.').replace(',', '.') : cell.remove(',');
        cells << cell.replace(QString::fromUtf8("\u2212"), "-");
    }
    return headings.join('\t') + '\n' + cells.join('\t') + '\n';
}

} // namespace gacsong::gui
