// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/window.hpp"

#include "gui/window/dialogs.hpp"
#include "report/picture/sheet.hpp"

#include <QApplication>
#include <QCloseEvent>
#include <QMenuBar>
#include <QMimeData>
#include <QVBoxLayout>

namespace gacsong::gui {
namespace {

constexpr int frame_ms = 33;

/// Words of the language that is set, or of the system's; there is always one that can be read.
std::unique_ptr<Words> words_for(const Settings& settings)
{
    const Language language = settings.language.value_or(Language::vi);
    auto words = load_words(language);
    if (!words)
        return std::make_unique<Words>(Wording(language));
    return std::make_unique<Words>(std::move(*words));
}

} // namespace

Window::Window(WindowStart start)
    : settings_(start.settings), file_(start.settings_path), start_(std::move(start)), session_(start_.load)
{
    setObjectName("window");
    setAcceptDrops(true);
    setMinimumSize(800, 560);
    resize(1280, 720);
    session_.set_files(start_.files);
    session_.set_calibration(start_.calibration);
    session_.set_levels(start_.levels);
    session_.set_store(start_.store);
    archive_.set_store(start_.store);
    clock_.setInterval(frame_ms);
    clock_.setTimerType(Qt::PreciseTimer);
    connect(&clock_, &QTimer::timeout, this, &Window::advance);
    constexpr int remember_after_ms = 1'500;
    remember_.setSingleShot(true);
    remember_.setInterval(remember_after_ms);
    connect(&remember_, &QTimer::timeout, this, &Window::remember_view);
    if (!settings_.geometry.isEmpty())
        restoreGeometry(settings_.geometry);
    build();
    connect_session();
    connect_office();
    connect_live();
    connect_notes();
    offer_last();
}

Window::~Window()
{
    for (QObject* one : std::initializer_list<QObject*>{&session_, &archive_, &recorder_, &notes_})
        one->disconnect(this);
    notes_.finish();
    listener_.stop();
    recorder_.stop();
    session_.stop();
    archive_.finish();
    delete centre_;
}

void Window::build()
{
    building_ = true;
    const std::optional<paint::View> view =
        picture_ != nullptr && session_.recording() ? std::optional(picture_->view()) : std::nullopt;
    // The old parts go first: they hold on to words and theme.
    delete centre_;
    picture_ = nullptr;
    delete std::exchange(note_list_, nullptr);
    words_ = words_for(settings_);
    theme_ = &paint::theme(theme_kind(settings_.theme));
    class_ = size_class();
    const Density density = settings_.density();
    QApplication::setFont(picture::text_font(density.text()));
    qApp->setPalette(gui::palette(*theme_));
    setStyleSheet(style_sheet(*theme_, density));
    for (QMenu* menu : menuBar()->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
        menu->deleteLater();
    menuBar()->clear();
    for (QAction* action : actions())
        removeAction(action);
    if (actions_)
        for (const ActionSpec& spec : action_specs())
            (*actions_)[spec.act].deleteLater();
    actions_ = std::make_unique<Actions>(this, *words_, *theme_);
    build_menus();
    build_centre();
    connect_actions();
    connect_note_actions();
    connect_parts();
    QWidget* const places[] = {picture_, &table_->view(), &cells_->table()};
    actions_->bind(*this, places, settings_.single_keys);
    if (session_.recording()) {
        picture_->take_emissions();
        if (view)
            picture_->set_view(*view);
    }
    select(selected_, false);
    show_notes();
    show_state();
    building_ = false;
    request_rows();
}

void Window::build_menus()
{
    menuBar()->setVisible(!settings_.car);
    struct Menu {
        Group group;
        const char* title;
    };
    for (const Menu& menu : {Menu{Group::file, "gui.menu.file"}, Menu{Group::picture, "gui.menu.picture"},
                             Menu{Group::findings, "gui.menu.findings"}, Menu{Group::replay, "gui.menu.replay"},
                             Menu{Group::view, "gui.menu.view"}, Menu{Group::help, "gui.menu.help"}}) {
        QMenu* made = menuBar()->addMenu((*words_)(menu.title));
        for (const ActionSpec& spec : action_specs()) {
            if (spec.group == menu.group)
                made->addAction(&(*actions_)[spec.act]);
        }
    }
}

void Window::build_centre()
{
    const Density density = settings_.density();
    const Makings makings{session_, *words_, *theme_, density, *actions_};
    const bool narrow = class_ != SizeClass::large;
    centre_ = new QWidget;
    auto* column = new QVBoxLayout(centre_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    tools_ = new ToolBar(makings, narrow);
    banners_ = new Banners(*words_, *theme_, density);
    pages_ = new QStackedWidget;
    pages_->addWidget(new Welcome(makings));
    across_ = new QSplitter(class_ == SizeClass::half ? Qt::Vertical : Qt::Horizontal);
    across_->setHandleWidth(1);
    across_->setChildrenCollapsible(false);
    auto* left = new QWidget;
    auto* left_column = new QVBoxLayout(left);
    left_column->setContentsMargins(0, 0, 0, 0);
    left_column->setSpacing(0);
    picture_ = new PictureView(session_, *words_, *theme_, settings_);
    picture_->set_sizes(picture_sizes());
    overview_ = new Overview(session_, *words_, *theme_, picture::text_font(density.label()), picture_sizes().gutter);
    const int least = 3 * QFontMetrics(overview_->font()).height() + 12; // its name may take two lines
    overview_->setFixedHeight(std::max(least, density.scaled(class_ == SizeClass::large ? 84 : 60)));
    overview_->setVisible(room_for_overview());
    left_column->addWidget(picture_, 1);
    left_column->addWidget(overview_);
    side_ = new QSplitter(Qt::Vertical);
    side_->setHandleWidth(1);
    side_->setChildrenCollapsible(false);
    table_ = new EmissionTable(session_, *words_, *theme_, density, class_ == SizeClass::small);
    details_ =
        new DetailsPanel(session_, *words_, *theme_, density,
                         {&(*actions_)[Act::add_to_report], &(*actions_)[Act::save_clip], &(*actions_)[Act::ignore],
                          &(*actions_)[Act::add_to_register], &(*actions_)[Act::copy], &(*actions_)[Act::remark]});
    card_ = new CarCard(session_, *words_, *theme_, density);
    auto* list = new QWidget;
    auto* list_column = new QVBoxLayout(list);
    list_column->setContentsMargins(settings_.car ? 10 : 0, settings_.car ? 10 : 0, settings_.car ? 10 : 0, 0);
    list_column->addWidget(card_);
    list_column->addWidget(table_, 1);
    side_->addWidget(list);
    side_->addWidget(details_);
    across_->addWidget(left);
    across_->addWidget(side_);
    pages_->addWidget(across_);
    using Room = CellsView::Room;
    const Room room = class_ == SizeClass::large ? Room::large : (class_ == SizeClass::half ? Room::half : Room::small);
    cells_ = new CellsView(session_, *words_, *theme_, density, *actions_, room);
    pages_->addWidget(cells_);
    transport_ = new Transport(makings, narrow);
    car_ = new CarButtons(makings);
    health_ = new HealthLine(makings);
    for (QWidget* part : std::initializer_list<QWidget*>{tools_, banners_, pages_, transport_, car_, health_})
        column->addWidget(part, part == pages_ ? 1 : 0);
    setCentralWidget(centre_);
    apply_size_class();
}

void Window::connect_parts()
{
    connect(picture_, &PictureView::picked, this,
            [this](int row) { select(row < 0 ? std::nullopt : std::optional(row), false); });
    connect(picture_, &PictureView::details_wanted, this, &Window::show_details);
    connect(picture_, &PictureView::menu_wanted, this, &Window::show_menu);
    connect(picture_, &PictureView::view_changed, this, [this] {
        show_state();
        request_rows();
        // While it plays that would be a file a second; where it stands still it is worth one.
        if (!playing_)
            remember_.start();
    });
    connect(picture_, &PictureView::grid_changed, this, &Window::request_rows);
    picture_->step = [this](bool forward) {
        const auto row = table_->step(forward, false);
        if (row)
            select(row, true);
        return row.has_value();
    };
    connect(overview_, &Overview::jump, this,
            [this](double middle_s) { move_to(middle_s + 0.5 * picture_->view().span_s()); });
    connect(overview_, &Overview::zoom, picture_, &PictureView::zoom_time);
    connect(table_, &EmissionTable::picked, this,
            [this](int row) { select(row < 0 ? std::nullopt : std::optional(row), true); });
    connect(table_, &EmissionTable::details_wanted, this, &Window::show_details);
    connect(table_, &EmissionTable::menu_wanted, this, &Window::show_menu);
    connect(table_, &EmissionTable::since_wanted, this, &Window::show_new_since);
    table_->set_memory(start_.store.has_value());
    connect(details_, &DetailsPanel::why_wanted, this, &Window::show_why);
    connect(details_, &DetailsPanel::back_wanted, this, [this] {
        details_->hide();
        table_->parentWidget()->show();
        table_->show();
        if (settings_.car)
            card_->refresh(selected_, picture_->view().to_s);
        table_->view().setFocus();
    });
    connect(tools_, &ToolBar::source_wanted, this, &Window::show_source_menu);
    connect(health_, &HealthLine::cancel_wanted, &session_, &Session::stop);
    connect(health_, &HealthLine::cancel_wanted, this, &Window::show_state);
}

void Window::change_settings(const Settings& settings)
{
    const bool other_files =
        settings.register_file != settings_.register_file || settings.ignore_file != settings_.ignore_file;
    settings_ = settings;
    save_settings();
    if (other_files) {
        ComparisonFiles files = session_.files();
        files.register_file = settings.register_file.toStdString();
        files.ignore_file = settings.ignore_file.toStdString();
        session_.set_files(files);
    }
    build();
    if (!other_files || !session_.recording())
        return;
    if (session_.recording()->live() && receiver_)
        listen(ReceiverChoice(*receiver_));
    else if (!session_.recording()->live())
        open({session_.recording()->path, session_.recording()->flags, opened_ ? opened_->ppm : start_.ppm});
}

void Window::save_settings()
{
    settings_.geometry = saveGeometry();
    if (across_ != nullptr)
        settings_.layouts[QString::number(static_cast<int>(class_))] = across_->saveState();
    file_.save(settings_);
}

void Window::closeEvent(QCloseEvent* event)
{
    if (!session_.recording() || session_.recording()->live())
        settings_.session_file.clear();
    settings_.session_live = session_.recording() && session_.recording()->live();
    settings_.session_view = picture_->view_text();
    save_settings();
    if (recorder_.running() && !ask_yes(this, *words_, (*words_)("gui.record.leave"),
                                        (*words_)("gui.record.leave_line"), (*words_)("gui.record.leave_yes"))) {
        event->ignore();
        return;
    }
    notes_.finish();
    if (notes_.unsaved() && !ask_yes(this, *words_, (*words_)("gui.note.leave"), (*words_)("gui.note.leave_line"),
                                     (*words_)("gui.note.leave_yes"))) {
        event->ignore();
        return;
    }
    clock_.stop();
    listener_.stop();
    recorder_.stop();
    session_.stop();
    event->accept();
}

void Window::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (building_ || picture_ == nullptr)
        return;
    if (size_class() != class_)
        return build();
    overview_->setVisible(room_for_overview());
}

void Window::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void Window::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) {
            open(url.toLocalFile().toStdString(), {});
            event->acceptProposedAction();
            return;
        }
    }
}

} // namespace gacsong::gui
