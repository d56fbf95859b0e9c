// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/application.hpp"

#include "gui/picture/picture_view.hpp"

#include <QApplication>
#include <QIcon>
#include <QMessageBox>
#include <QStyleFactory>

namespace gacsong::gui {

struct Application::Inside {
    Inside(int& count, char** words) : application(count, words) {}
    QApplication application;
};

Application::Application(int& count, char** words) : inside_(std::make_unique<Inside>(count, words))
{
    QApplication::setApplicationName("gacsong");
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gác Sóng"));
    // What desktops find launcher and icon by.
    QGuiApplication::setDesktopFileName("gacsong");
    QApplication::setWindowIcon(QIcon::fromTheme("gacsong"));
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    install_picture_access();
}

Application::~Application() = default;

void Application::tell(const std::string& title, const std::string& text, bool well)
{
    QMessageBox box(well ? QMessageBox::Information : QMessageBox::Warning, QString::fromStdString(title),
                    QString::fromStdString(text), QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box.exec();
}

int Application::run() { return QApplication::exec(); }

} // namespace gacsong::gui
