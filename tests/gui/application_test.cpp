// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/application.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QMessageBox>
#include <QTimer>

namespace gacsong::gui {
namespace {

TEST(Application, TellsInAWindowOfItsOwn)
{
    QString text;
    auto icon = QMessageBox::NoIcon;
    QTimer::singleShot(0, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        ASSERT_NE(box, nullptr);
        text = box->text();
        icon = box->icon();
        box->close();
    });
    Application::tell("package.gacsong.zip", "Gói <b>bị thay đổi</b>.", false);
    EXPECT_EQ(text, "Gói <b>bị thay đổi</b>.");
    EXPECT_EQ(icon, QMessageBox::Warning);
}

} // namespace
} // namespace gacsong::gui
