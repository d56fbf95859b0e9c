// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/application.hpp"

#include "gui/picture/picture_view.hpp"

#include <QApplication>
#include <QStyleFactory>

namespace gacsong::gui {

struct Application::Inside {
    Inside(int& count, char** words) : application(count, words) {}
    QApplication application;
};

Application::Application(int& count, char** words) : inside_(std::make_unique<Inside>(count, words))
{
    QApplication::setApplicationName("gacsong");
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    install_picture_access();
}

Application::~Application() = default;

int Application::run() { return QApplication::exec(); }

} // namespace gacsong::gui
